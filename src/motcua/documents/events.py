"""What the custody announces. Ids and plain values only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPaperBound(Event):
    """A paper of a scanned batch was recorded for a component of a dossier, or its signed copy took its place."""

    name: ClassVar[str] = "documents.ScanPaperBound"
    batch_id: UUID
    scan_paper_id: UUID
    paper_id: UUID
    dossier_id: UUID
    component_key: str
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeryReported(Event):
    """Somebody told of a paper they hold to be forged. What they said, and how they are reached, is not announced."""

    name: ClassVar[str] = "documents.ForgeryReported"
    report_id: UUID
    paper_id: UUID | None
    sha256: str
    basis: str
    finding: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeryReportClosed(Event):
    """Somebody said what was done about a report of a forged paper."""

    name: ClassVar[str] = "documents.ForgeryReportClosed"
    report_id: UUID
    actor_id: UUID
    at: datetime
