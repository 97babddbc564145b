"""What the reader of steering chose, from the address: agency, patience, group, officer, step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from motcua.directory.queries import AgencyView
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import STUCK_AFTER_DAYS, Box, Filters, Nearness
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope
from motcua.oversight import queries
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.addresses import uuid_or_none

NOBODY = "chua-phan-cong"
SLUGS: Mapping[str, Nearness] = {
    "qua-han": Nearness.LATE,
    "hom-nay": Nearness.TODAY,
    "mot-ngay": Nearness.IN_1,
    "hai-ngay": Nearness.IN_2,
    "ba-ngay": Nearness.IN_3,
    "dung-lai": Nearness.STUCK,
    "cho": Nearness.WAITING,
}
#: Where dossiers got stuck on the way to people, by the key of `queries.troubles`.
TROUBLES: Mapping[str, str] = {
    "chua-tra": "unreturned",
    "chua-nhan-ban-giao": "unacknowledged",
    "thong-bao-loi": "untold",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """`agency` None: every agency the reader oversees. `group` None: all open dossiers."""

    actor: Actor
    agencies: Sequence[AgencyView]
    agency: AgencyView | None
    days: int
    group: Nearness | None
    trouble: str
    officer: UUID | None
    is_nobodys: bool
    step: str
    #: Whether figures of the past count former units in those that succeeded them.
    is_folded: bool = False

    @property
    def agency_id(self) -> UUID | None:
        return self.agency.id if self.agency else None

    def query(self, **more: str) -> str:
        """The selection as an address."""
        parts = {
            "don-vi": self.agency.code if self.agency else "",
            "ngay": str(self.days) if self.days != STUCK_AFTER_DAYS else "",
            "gop": "nay" if self.is_folded else "",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        return urlencode({name: value for name, value in parts.items() if value})


def choice_of(request: HttpRequest) -> Choice:
    """Read the selection. An agency the reader does not oversee does not exist for them: raises `OutOfScope`."""
    actor, asked = actor_of(request), request.GET
    agencies = queries.overseen_agencies(actor)
    code = asked.get("don-vi", "")
    agency = next((one for one in agencies if one.code == code), None)
    if code and agency is None:
        raise OutOfScope
    days = asked.get("ngay", "")
    officer = asked.get("can-bo", "")
    return Choice(
        actor=actor,
        agencies=agencies,
        agency=agency,
        days=int(days) if days.isdecimal() and len(days) <= 3 and 1 <= int(days) <= 365 else STUCK_AFTER_DAYS,
        group=SLUGS.get(asked.get("nhom", "")),
        trouble=TROUBLES.get(asked.get("nhom", ""), ""),
        officer=uuid_or_none(officer),
        is_nobodys=officer == NOBODY,
        step=asked.get("buoc", ""),
        is_folded=asked.get("gop") == "nay",
    )


def list_of(choice: Choice) -> tuple[Box, Filters]:
    """The list that was chosen: its box and its condition."""
    groups = dossiers.steering_filters(
        actor=choice.actor, agency_id=choice.agency_id, stuck_after_days=choice.days
    )
    held = groups[Nearness.LATE].agency_ids
    if choice.trouble:
        return queries.troubles(actor=choice.actor, agency_ids=held, days=choice.days)[choice.trouble]
    chosen = groups[choice.group] if choice.group else Filters(agency_ids=held)
    narrowed = replace(
        chosen, assignee_id=choice.officer, is_unassigned=choice.is_nobodys, step_name=choice.step
    )
    return Box.WORK, narrowed
