"""From which of their posts somebody works: in all agencies they serve at once, or in one they chose for now.

The choice only narrows: an actor who chose an agency has the rights they hold there and those they hold everywhere in the
province, and none of another agency. It is kept in the session of this browser.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.directory import queries as directory
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.web.kit.roles import role_words

_KEY = "seat"
#: Under which name a request keeps all the seats of its reader, also where the actor is narrowed to one.
KEPT_SEATS = "_motcua_seats"


@dataclass(frozen=True, slots=True)
class SeatShown:
    """An agency somebody serves in and what they are there; `is_current` when pages are of this one alone, `is_shown` when it
    is named in the line.
    """

    agency_id: UUID
    agency_name: str
    title: str
    is_current: bool
    is_shown: bool = False


def narrowed(request: HttpRequest, actor: Actor) -> Actor:
    """The actor as of the agency that was chosen; as they are where none was, or where they no longer serve."""
    setattr(request, KEPT_SEATS, actor.seats)
    chosen = chosen_seat(request)
    if chosen is None or not actor.is_officer or chosen not in actor.agency_ids or len(actor.agency_ids) < 2:
        return actor
    kept = {name: where & {chosen, EVERYWHERE} for name, where in actor.grants.items()}
    return replace(
        actor,
        agency_ids=frozenset({chosen}),
        grants=MappingProxyType({name: where for name, where in kept.items() if where}),
        seats=tuple(seat for seat in actor.seats if seat.agency_id == chosen),
    )


def chosen_seat(request: HttpRequest) -> UUID | None:
    """The agency that was chosen in this browser."""
    text = request.session.get(_KEY) if hasattr(request, "session") else None
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def seats_of(request: HttpRequest) -> Iterator[SeatShown]:
    """The agencies of the officer who reads, each once, with what they are there: a post where there is one, else the role."""
    chosen = chosen_seat(request)
    titles: dict[UUID, list[str]] = {}
    for seat in getattr(request, KEPT_SEATS, ()):
        said = seat.post or role_words(seat.role)
        if said not in titles.setdefault(seat.agency_id, []):
            titles[seat.agency_id].append(said)
    for agency_id, held in titles.items():
        agency = directory.agency(agency_id)
        yield SeatShown(agency_id, agency.name, ", ".join(held), agency_id == chosen)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Work from one agency (`agency`), or from all of them (empty)."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    request.session.pop(_KEY, None)
    with suppress(ValueError):  # none: all agencies
        request.session[_KEY] = str(UUID(request.POST.get("agency", "")))
    return HttpResponseRedirect(back)
