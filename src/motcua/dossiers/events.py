"""What the dossier announces. Ids and plain values only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """Every passage, whatever the move: the stream statistics and synchronisation read."""

    name: ClassVar[str] = "dossiers.DossierMoved"
    dossier_id: UUID
    passage_id: UUID
    seq: int
    move: str
    from_state: str
    to_state: str
    national_before: int | None
    national_after: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDue(Event):
    """Something the person must be told: kind is received, supplement_asked, refused, extended, result_ready, …"""

    name: ClassVar[str] = "dossiers.NoticeDue"
    dossier_id: UUID
    passage_id: UUID
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIssued(Event):
    """A statutory form awaits typesetting."""

    name: ClassVar[str] = "dossiers.FormIssued"
    form_id: UUID
    dossier_id: UUID
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIssued(Event):
    """A request or a refusal at the door that opened no dossier awaits typesetting."""

    name: ClassVar[str] = "dossiers.SlipIssued"
    slip_id: UUID
    code: str
    agency_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAttached(Event):
    """A digitized paper came onto the checklist of an open dossier."""

    name: ClassVar[str] = "dossiers.PaperAttached"
    dossier_id: UUID
    line_id: UUID
    component_key: str
    paper_id: UUID
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperExempted(Event):
    """A component of the checklist need not be digitized, on a ground of `EXEMPT_GROUNDS`."""

    name: ClassVar[str] = "dossiers.PaperExempted"
    dossier_id: UUID
    line_id: UUID
    component_key: str
    ground: str
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySealed(Event):
    """What the record gained has a seal of this number."""

    name: ClassVar[str] = "dossiers.HistorySealed"
    number: int
