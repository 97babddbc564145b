"""A whole life of a dossier as a value: what `load_lives` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from motcua.catalogue.queries import Channel, VersionSnapshot
from motcua.directory.queries import AgencyView
from motcua.dossiers.words import MoveKey, Reuse


class Who(NamedTuple):
    """Who acts: an account, or somebody without one."""

    account_id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class LifeMove:
    """One move: who, when, why; `detail` is what the service of that move would note."""

    key: MoveKey
    at: datetime
    by: Who
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LifePaper:
    """One line of the checklist as it stands at the end, by the place of its component in the case.

    `declared` is what a person said of it online; `seen_with` is the place of the move with which the line got its counts.
    """

    order: int
    originals: int = 1
    electronic: int = 0
    declared: Mapping[str, Any] | None = None
    seen_with: int = 0
    file_id: UUID | None = None
    paper_id: UUID | None = None
    exemption: str = ""
    digitization: int = Reuse.NONE


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier from its first move to its last. `result_number` is its place in the agency's book of results by signing.

    `sealed_file_id` is the electronic result, `scan_file_id` the scan of one signed on paper. `forms` are the contents of
    statutory forms to be kept, by code; those not named are not kept. `form_data` is what the e-form said.
    """

    version: VersionSnapshot
    channel: Channel
    receiving: AgencyView
    competent: AgencyView
    applicant_id: UUID
    applicant_name: str
    applicant_number: str
    moves: Sequence[LifeMove]
    papers: Sequence[LifePaper] = ()
    assignee: Who | None = None
    result_number: int | None = None
    sealed_file_id: UUID | None = None
    scan_file_id: UUID | None = None
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    form_data: Mapping[str, Any] = field(default_factory=dict)
