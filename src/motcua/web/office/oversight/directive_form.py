"""What was chosen and typed for a new directive: from the address first, from the form after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import Actor
from motcua.oversight import queries
from motcua.web.kit.officers.addresses import uuid_or_none

_USUAL_DAYS = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A directive not given yet; `people` are those of the agency who can be given it."""

    agency_id: UUID | None
    agency_name: str
    dossier_id: UUID | None
    dossier_code: str
    indicator: str
    period: str
    assignee_id: UUID | None
    days: int
    text: str
    people: Mapping[UUID, str]


def draft_of(request: HttpRequest, actor: Actor) -> Draft:
    """Read it. A dossier the reader does not see, or an agency they do not direct, does not exist: `OutOfScope`."""
    asked = request.POST if request.method == "POST" else request.GET
    dossier_id = uuid_or_none(asked.get("ho-so"))
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id) if dossier_id else None
    mine = [one for one in queries.overseen_agencies(actor) if actor.may("oversight.direct", one.id)]
    wanted = asked.get("don-vi", "")
    if page:
        chosen = next((one for one in mine if one.id == page.competent.id), None)
    else:
        chosen = next((one for one in mine if wanted in (one.code, str(one.id))), None)
    if chosen is None and len(mine) == 1 and not wanted and not page:
        chosen = mine[0]
    days = asked.get("days", str(_USUAL_DAYS))
    assignee = uuid_or_none(asked.get("assignee")) or (uuid_or_none(asked.get("can-bo")))
    return Draft(
        agency_id=chosen.id if chosen else page.competent.id if page else None,
        agency_name=chosen.name if chosen else "",
        dossier_id=page.id if page else None,
        dossier_code=(page.code or "") if page else "",
        indicator=asked.get("chi-tieu", ""),
        period=asked.get("ky", ""),
        assignee_id=assignee or (page.assignee_id if page else None),
        days=int(days) if days.isdecimal() and len(days) < 5 else 0,
        text=asked.get("text", ""),
        people=queries.assignable(chosen.id) if chosen else {},
    )
