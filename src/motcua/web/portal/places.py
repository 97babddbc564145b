"""The places people go to: where they are, when they are open, how to reach them; and which of them the visitor chose."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.directory.errors import AgencyCodeInvalid, AgencyUnknown
from motcua.kernel import clock
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.values import show_phone
from motcua.web.kit import when
from motcua.web.kit.house import hours_words
from motcua.web.portal import words

#: The cookie with the code of the place the visitor chose on this browser: nothing about the person.
CHOSEN = "noi_tiep_nhan"
_MAP = "https://www.openstreetmap.org/search"


@dataclass(frozen=True, slots=True)
class Desk:
    """An agency as the public finds it. `state` says whether it is open now and until (or from) when."""

    id: UUID
    code: str
    name: str
    is_translated: bool
    address: str
    phone: str
    phone_said: str
    email: str
    hours: tuple[str, ...]
    is_open: bool
    state: str
    map_url: str


def desks(text: str = "") -> list[Desk]:
    """Every place that takes dossiers in (with `text` in its name), the province's first."""
    found = directory.find_agencies(text, is_one_stop=True)
    first = {directory.AgencyLevel.PROVINCE: 0}
    return [desk_of(agency) for agency in sorted(found, key=lambda one: (first.get(one.level, 1), one.name))]


def chosen_desk(request: HttpRequest) -> Desk | None:
    """The place chosen on this browser; None where none was, or it is no longer one."""
    agency = desk_coded(request.COOKIES.get(CHOSEN, ""))
    return desk_of(agency) if agency else None


def desk_coded(code: str) -> directory.AgencyView | None:
    """The place of that code that takes dossiers in today, or None."""
    try:
        agency = directory.agency(code) if code else None
    except (AgencyUnknown, AgencyCodeInvalid):
        return None
    return agency if agency and agency.is_one_stop and agency.is_in_force(clock.today()) else None


def desk_of(agency: directory.AgencyView) -> Desk:
    """How the public finds an agency, as of now."""
    calendar = directory.calendar_of(agency.id)
    now = clock.now()
    is_open = calendar.is_open_at(now)
    name = words.name_of(agency)
    if is_open:
        state = gettext("Đang mở cửa, đến %(time)s") % {"time": _closing(calendar)}
    else:
        opening = calendar.local(calendar.next_opening(now))
        state = gettext("Đang đóng cửa, mở lại %(moment)s") % {"moment": when.moment(opening)}
    place = f"{agency.address}, {agency.territory_name}" if agency.address else agency.name
    return Desk(
        agency.id,
        agency.code,
        name,
        name != agency.name,
        agency.address,
        agency.phone,
        show_phone(agency.phone),
        agency.email,
        hours_words(calendar),
        is_open,
        state,
        f"{_MAP}?{urlencode({'query': place})}",
    )


def _closing(calendar: WorkingCalendar) -> str:
    """When the office that is open now closes, for lunch or for the day."""
    local = calendar.local(clock.now())
    return next(
        f"{end:%H:%M}" for begin, end in calendar.hours_on(local.date()) if begin <= local.time() < end
    )
