"""The book of results of the clerk's agency: every number, what became of it, and no gap unexplained."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from motcua.directory import queries as directory
from motcua.dossiers import queries
from motcua.dossiers.queries import NumberStanding
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import OutOfScope
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Tab, Tone
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none

_WHO = "dossier.number_and_seal"
_SHOWN = 100
_WORDS: dict[NumberStanding, tuple[Promise | str, Tone]] = {
    NumberStanding.USED: (gettext_lazy("đã dùng"), Tone.DONE),
    NumberStanding.RESERVED: (gettext_lazy("đang giữ, chưa ký"), Tone.SOON),
    NumberStanding.VOID: (gettext_lazy("hủy"), Tone.QUIET),
    NumberStanding.MISSING: (gettext_lazy("không rõ"), Tone.LATE),
}


@officers_only(_WHO)
@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """The lines of one agency and year (`nam`), the last number first; `truoc` goes on below a number."""
    actor = actor_of(request)
    agency_id, agencies = _agency(request, actor)
    year = _number(request.GET.get("nam", "")) or clock.today().year
    before = _number(request.GET.get("truoc", ""))
    if not 2000 <= year <= 2200:
        raise OutOfScope
    lines = queries.results_book(actor=actor, agency_id=agency_id, year=year, before=before, limit=_SHOWN)
    here = {"co-quan": str(agency_id), "nam": str(year)}
    is_more = bool(lines) and lines[-1].number > 1
    context = {
        "year": year,
        "lines": [(line, *_WORDS[line.standing]) for line in lines],
        "agencies": [
            Tab(
                directory.agency(one).name,
                f"{reverse('office:book')}?{urlencode(here | {'co-quan': str(one)})}",
                one == agency_id,
            )
            for one in (agencies if len(agencies) > 1 else ())
        ],
        "years": [
            Tab(str(one), f"{reverse('office:book')}?{urlencode(here | {'nam': str(one)})}", one == year)
            for one in range(clock.today().year, clock.today().year - 3, -1)
        ],
        "more": f"?{urlencode(here | {'truoc': str(lines[-1].number)})}" if is_more else "",
    }
    return render(request, "office/book.html", context)


def _agency(request: HttpRequest, actor: Actor) -> tuple[UUID, list[UUID]]:
    held = sorted(actor.agencies_with(_WHO) - {EVERYWHERE})
    asked = uuid_or_none(request.GET.get("co-quan")) or next(iter(held), None)
    if asked is None or asked not in held:
        raise OutOfScope
    return asked, held


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 and int(text) else None
