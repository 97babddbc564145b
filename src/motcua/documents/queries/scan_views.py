"""What reads of scanned batches answer with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.documents.rules.digitization.pages import Trouble
from motcua.documents.words import BatchSource, ScanState
from motcua.kernel import clock


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is. `is_over`: nothing more will happen by itself; `trouble`: why it stands still."""

    pages: int
    waiting: int
    working: int
    done: int
    doubtful: int
    blank: int
    failed: int
    files_waiting: int
    is_split: bool
    trouble: Trouble | None = None
    #: Papers to be bound and bound so far, while somebody's binding is being done.
    to_bind: int = 0
    bound: int = 0
    #: Turned pages that are being read again; nothing waits for them.
    turning: int = 0

    @property
    def settled(self) -> int:
        return self.pages - self.waiting - self.working

    @property
    def is_binding(self) -> bool:
        return self.to_bind > 0

    @property
    def is_over(self) -> bool:
        return self.is_read and not (self.is_binding or self.turning)

    @property
    def is_read(self) -> bool:
        """Every page was read and has its paper."""
        return not (self.waiting or self.working or self.files_waiting) and (self.is_split or not self.pages)


@dataclass(frozen=True, slots=True)
class BatchRow:
    id: UUID
    title: str
    source: BatchSource
    counter: str
    dossier_code: str
    dossier_id: UUID | None
    opened_by_name: str
    opened_at: datetime
    bound_at: datetime | None
    pages: int
    unsettled: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class ScanFileView:
    """A file of the batch; `trouble` says why it was refused."""

    id: UUID
    filename: str
    is_waiting: bool
    is_refused: bool
    is_signed: bool
    trouble: Trouble | None
    pages: int


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page as thumbnail. `rotation`: clockwise, on top of what the engine turned."""

    id: UUID
    number: int
    order: int
    state: ScanState
    role: str
    rotation: int
    is_dropped: bool
    is_checked: bool
    width: int
    height: int
    dpi: float
    confidence: float
    findings: dict[str, Any]
    trouble: Trouble | None
    has_picture: bool

    @property
    def is_blank(self) -> bool:
        return self.state is ScanState.BLANK

    @property
    def wants_eyes(self) -> bool:
        return self.state in (ScanState.DOUBTFUL, ScanState.FAILED) and not self.is_checked


@dataclass(frozen=True, slots=True)
class FieldView:
    """A value and where it stands: page and box (left, top, right, bottom in pixels of the upright sheet)."""

    id: UUID
    key: str
    value: str
    read_value: str
    confidence: float
    is_doubtful: bool
    is_checked: bool
    page_id: UUID | None
    box: tuple[int, int, int, int] | None

    @property
    def wants_eyes(self) -> bool:
        return self.is_doubtful and not self.is_checked


@dataclass(frozen=True, slots=True)
class PaperCard:
    id: UUID
    order: int
    ground: str
    confidence: float
    kind: str
    kind_confidence: float
    dossier_code: str
    component: str
    is_confirmed: bool
    is_bound: bool
    is_signed: bool
    is_sealed: bool
    is_original_kept: bool
    code: str
    file_id: UUID | None
    paper_id: UUID | None
    pages: tuple[PageCard, ...]
    fields: tuple[FieldView, ...]

    @property
    def doubtful_fields(self) -> tuple[FieldView, ...]:
        return tuple(field for field in self.fields if field.wants_eyes)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch with everything on it: a fixed number of statements, whatever its thickness."""

    id: UUID
    agency_id: UUID
    title: str
    source: BatchSource
    counter: str
    dossier_code: str
    dossier_id: UUID | None
    opened_by_name: str
    opened_at: datetime
    bound_at: datetime | None
    seconds_at_desk: int
    progress: Progress
    files: tuple[ScanFileView, ...]
    papers: tuple[PaperCard, ...]
    #: Pages in no paper: separators and what is not split yet.
    loose: tuple[PageCard, ...]
    found_codes: tuple[str, ...]
    may_undo: bool

    @property
    def is_bound(self) -> bool:
        return self.bound_at is not None

    @property
    def waits_for_signature(self) -> bool:
        """Only once every paper is bound: the batch knows its dossier when the last of them is done."""
        return self.is_bound and any(
            p.is_bound and not p.is_signed and not p.is_original_kept for p in self.papers
        )


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page that waits for somebody's eyes."""

    page: PageCard
    batch_id: UUID
    batch_title: str
    dossier_code: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Rates:
    """What the desk measured since a day. Rates are None where nothing was counted; seconds and fields are per bound batch."""

    pages: int
    doubtful: int
    failed: int
    fields: int
    doubtful_fields: int
    corrected_fields: int
    keyed_fields: int
    batches: int
    seconds_per_dossier: float | None
    keyed_per_dossier: float | None
    since: datetime = field(default_factory=clock.now)

    @property
    def doubtful_share(self) -> float | None:
        return (self.doubtful + self.failed) / self.pages if self.pages else None

    @property
    def corrected_share(self) -> float | None:
        return self.corrected_fields / self.fields if self.fields else None


@dataclass(frozen=True, slots=True)
class Zoom:
    """How a page can be looked into: `levels` + 1 levels, 0 the coarsest; tiles of `tile` pixels; finest size in pixels."""

    levels: int
    tile: int
    width: int
    height: int
