"""What the page of a dossier shows, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.words import MoveKey
from motcua.kernel.deadline import Reckoning


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A passage as people read it."""

    seq: int
    move: str
    name: str
    at: datetime
    actor_name: str
    agency_name: str
    reason: str
    from_state: str
    to_state: str
    national_after: int
    due_before: datetime | None
    due_after: datetime | None
    form_code: str
    left_step: str
    left_step_due_at: datetime | None
    detail: Mapping[str, Any]
    passage_id: UUID


@dataclass(frozen=True, slots=True)
class PaperLine:
    id: UUID
    component_key: str
    name: str
    originals: int
    copies: int
    electronic: int
    is_presented: bool
    exemption: str
    paper_id: UUID | None
    file_id: UUID | None
    must_digitize: bool
    digitization: int
    declared: Mapping[str, Any] | None = None
    photocopies: int = 0

    @property
    def is_only_declared(self) -> bool:
        """Said by the person, not yet seen by the desk."""
        counted = self.originals or self.copies or self.photocopies or self.electronic
        return bool(self.declared) and not (counted or self.is_presented or self.exemption)


@dataclass(frozen=True, slots=True)
class ConsultationView:
    id: UUID
    dossier_id: UUID
    agency_id: UUID
    agency_name: str
    question: str
    asked_at: datetime
    due_at: datetime
    answer: str
    is_agreed: bool | None
    answered_at: datetime | None
    answered_by_name: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A statutory form; `file_id` as it was typeset, `signed_file_id` the same signed digitally."""

    id: UUID
    code: str
    issued_at: datetime
    file_id: UUID | None
    content: Mapping[str, Any]
    signed_file_id: UUID | None = None

    @property
    def best_file_id(self) -> UUID | None:
        """The signed one where there is one."""
        return self.signed_file_id or self.file_id


@dataclass(frozen=True, slots=True)
class ResultView:
    id: UUID
    title: str
    outcome: str
    symbol: str
    template: str
    content: Mapping[str, Any]
    draft_file_id: UUID | None
    signed_file_id: UUID | None
    sealed_file_id: UUID | None
    signed_at: datetime | None
    signed_by_name: str
    sealed_at: datetime | None
    issued_at: datetime | None
    handed_over_at: datetime | None
    handed_over_to: str
    replaces_id: UUID | None
    replaced_by_id: UUID | None
    paper_id: UUID | None


@dataclass(frozen=True, slots=True)
class MoveView:
    """An act open to this actor now."""

    key: MoveKey
    name: str
    needs_reason: bool
    form_code: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """The dossier, its people, papers, forms, results, timeline, and what this actor may do with it now."""

    id: UUID
    code: str | None
    version_id: UUID
    procedure_code: str
    procedure_title: str
    case_key: str
    channel: str
    state: str
    state_name: str
    national_status: int
    is_open: bool
    is_paused: bool
    outcome: str
    applicant: directory.PartyView
    submitter: directory.PartyView
    mandate: Mapping[str, Any]
    contact: Mapping[str, Any]
    receiving: directory.AgencyView
    competent: directory.AgencyView
    returning: directory.AgencyView
    helping: directory.AgencyView | None
    form_data: Mapping[str, Any]
    form: catalogue.Form | None
    submitted_at: datetime
    received_at: datetime | None
    promised_due_at: datetime | None
    extended_due_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    step_key: str
    step_name: str
    step_due_at: datetime | None
    assignee_id: UUID | None
    assignee_name: str
    supplements_asked: int
    extensions: int
    revision: int
    return_way: str
    sets: int
    ledger_number: int | None
    awaits_acknowledgement: bool
    papers: Sequence[PaperLine]
    timeline: Sequence[TimelineEntry]
    consultations: Sequence[ConsultationView]
    forms: Sequence[FormView]
    results: Sequence[ResultView]
    moves: Sequence[MoveView]
    reckoning: Reckoning | None
