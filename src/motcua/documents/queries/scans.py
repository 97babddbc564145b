"""Reads of scanned batches: lists, one batch with its pages and papers, progress, the doubtful queue, pictures of pages."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Count, F, Prefetch, Q

from motcua.documents.models import ScanBatch, ScanField, ScanFile, ScanPage, ScanPaper
from motcua.documents.queries.scan_pictures import page_picture, page_tile, page_zoom
from motcua.documents.queries.scan_views import (
    BatchPage,
    BatchRow,
    DoubtfulPage,
    FieldView,
    PageCard,
    PaperCard,
    Progress,
    Rates,
    ScanFileView,
    Zoom,
)
from motcua.documents.rules.digitization.pages import Trouble
from motcua.documents.rules.scans import SETTLED, likely_component
from motcua.documents.words import BatchSource, FileState, ScanState
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope

__all__ = [
    "BatchPage",
    "BatchRow",
    "BatchSource",
    "DoubtfulPage",
    "FieldView",
    "PageCard",
    "PaperCard",
    "Progress",
    "Rates",
    "ScanFileView",
    "ScanState",
    "Trouble",
    "Zoom",
    "batch_page",
    "batches",
    "doubtful_pages",
    "likely_component",
    "page_picture",
    "page_tile",
    "page_zoom",
    "progress",
    "scan_field_batch",
    "scan_rates",
    "scanners",
]

_DOUBTFUL = Q(state__in=[ScanState.DOUBTFUL, ScanState.FAILED], checked_at=None)


def batches(*, actor: Actor, only_open: bool = True, limit: int = 50) -> Sequence[BatchRow]:
    """Batches of the actor's agencies, newest first, in one statement."""
    rows = ScanBatch.objects.visible_to(actor).order_by("-id")
    rows = rows.unbound() if only_open else rows
    counted = rows.annotate(
        pages_count=Count("pages"),
        unsettled=Count("pages", filter=~Q(pages__state__in=SETTLED)),
        doubtful=Count(
            "pages",
            filter=Q(pages__state__in=[ScanState.DOUBTFUL, ScanState.FAILED], pages__checked_at=None),
        ),
    )
    plain = ("id", "title", "source", "counter", "dossier_code", "dossier_id", "opened_by_name", "opened_at")
    found = counted.values(*plain, "bound_at", "pages_count", "unsettled", "doubtful")[:limit]
    return [
        BatchRow(
            **{name: row[name] for name in (*plain, "bound_at", "unsettled", "doubtful") if name != "source"},
            source=BatchSource(row["source"]),
            pages=row["pages_count"],
        )
        for row in found
    ]


def batch_page(*, actor: Actor, batch_id: UUID) -> BatchPage:
    """One batch of the actor's agencies. Raises `OutOfScope`."""
    batch = in_scope(ScanBatch.objects.visible_to(actor).filter(pk=batch_id).first())
    pages = list(batch.pages.order_by("order", "number"))
    fields = Prefetch("fields", ScanField.objects.order_by("order"))
    papers = list(batch.papers.order_by("order", "id").prefetch_related(fields))
    files = list(batch.files.select_related("file").order_by("order"))
    papers_bound = {paper.id for paper in papers if paper.bound_at is not None}
    by_paper: dict[UUID | None, list[PageCard]] = {}
    for page in pages:
        by_paper.setdefault(page.paper_id, []).append(_card(page))
    waiting = sum(file.state == FileState.WAITING for file in files)
    return BatchPage(
        id=batch.id,
        agency_id=batch.agency_id,
        title=batch.title,
        source=BatchSource(batch.source),
        counter=batch.counter,
        dossier_code=batch.dossier_code,
        dossier_id=batch.dossier_id,
        opened_by_name=batch.opened_by_name,
        opened_at=batch.opened_at,
        bound_at=batch.bound_at,
        seconds_at_desk=batch.seconds_at_desk,
        progress=_progress(
            [page.state for page in pages],
            waiting,
            batch,
            bound=sum(paper.bound_at is not None for paper in papers),
            turning=sum(_is_turning(page, papers_bound) for page in pages),
        ),
        files=tuple(
            ScanFileView(
                file.id,
                file.file.filename,
                file.state == FileState.WAITING,
                file.state == FileState.REFUSED,
                file.is_signed,
                _trouble(file),
                file.pages,
            )
            for file in files
        ),
        papers=tuple(_paper(paper, by_paper.get(paper.id, [])) for paper in papers),
        loose=tuple(by_paper.get(None, ())),
        found_codes=tuple(sorted({paper.dossier_code for paper in papers if paper.dossier_code})),
        may_undo=batch.bound_at is None and batch.steps.exists(),
    )


def scanners() -> dict[str, str]:
    """Network scanners of this installation: name → address."""
    pairs = (entry.partition("=") for entry in settings.MOTCUA_SCANNERS)
    return {name.strip(): url.strip() for name, sign, url in pairs if sign}


def progress(*, actor: Actor, batch_id: UUID) -> Progress:
    """How far the reading of a batch is, for a page that asks every second. Raises `OutOfScope`."""
    batch = in_scope(ScanBatch.objects.visible_to(actor).filter(pk=batch_id).first())
    states = list(batch.pages.values_list("state", flat=True))
    return _progress(
        states,
        batch.files.filter(state=FileState.WAITING).count(),
        batch,
        bound=batch.papers.exclude(bound_at=None).count() if batch.binding_asked_at else 0,
        turning=batch.pages.to_read_again().count(),
    )


def _is_turning(page: ScanPage, bound: set[UUID]) -> bool:
    """As `ScanPageQuerySet.to_read_again`, of a page at hand."""
    may = page.rotation != 0 and page.preview_sha256 != "" and not page.is_born_digital
    return may and page.state in SETTLED and page.paper_id not in bound


def _progress(
    states: Sequence[str], files_waiting: int, batch: ScanBatch, *, bound: int, turning: int
) -> Progress:
    is_binding = batch.binding_asked_at is not None and batch.bound_at is None
    count = {state: states.count(state) for state in ScanState}
    return Progress(
        pages=len(states),
        waiting=count[ScanState.WAITING],
        working=count[ScanState.WORKING],
        done=count[ScanState.DONE],
        doubtful=count[ScanState.DOUBTFUL],
        blank=count[ScanState.BLANK],
        failed=count[ScanState.FAILED],
        files_waiting=files_waiting,
        is_split=batch.split_at is not None,
        trouble=_trouble(batch),
        to_bind=len(batch.binding["papers"]) if is_binding else 0,
        bound=bound if is_binding else 0,
        turning=turning if batch.bound_at is None else 0,
    )


def scan_field_batch(*, actor: Actor, field_id: UUID) -> UUID:
    """The batch a field belongs to. Raises `OutOfScope`."""
    visible = ScanBatch.objects.visible_to(actor)
    found = ScanField.objects.filter(pk=field_id, paper__batch__in=visible)
    return in_scope(found.values_list("paper__batch_id", flat=True).first())


def _trouble(row: ScanBatch | ScanFile | ScanPage) -> Trouble | None:
    return Trouble(row.problem, row.problem_code, row.problem_params) if row.problem else None


def _card(page: ScanPage) -> PageCard:
    return PageCard(
        id=page.id,
        number=page.number,
        order=page.order,
        state=ScanState(page.state),
        role=page.role,
        rotation=page.rotation,
        is_dropped=page.is_dropped,
        is_checked=page.checked_at is not None,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        confidence=page.confidence,
        findings=page.findings,
        trouble=_trouble(page),
        has_picture=bool(page.preview_sha256),
    )


def _paper(paper: ScanPaper, pages: Sequence[PageCard]) -> PaperCard:
    return PaperCard(
        id=paper.id,
        order=paper.order,
        ground=paper.ground,
        confidence=paper.confidence,
        kind=paper.kind,
        kind_confidence=paper.kind_confidence,
        dossier_code=paper.dossier_code,
        component=paper.component,
        is_confirmed=paper.confirmed_at is not None,
        is_bound=paper.bound_at is not None,
        is_signed=paper.signed_at is not None,
        is_sealed=paper.sealed_at is not None,
        is_original_kept=paper.is_original_kept,
        code=paper.code,
        file_id=paper.file_id,
        paper_id=paper.paper_id,
        pages=tuple(pages),
        fields=tuple(_field(row) for row in paper.fields.all()),
    )


def _field(row: ScanField) -> FieldView:
    return FieldView(
        id=row.id,
        key=row.key,
        value=row.value,
        read_value=row.read_value,
        confidence=row.confidence,
        is_doubtful=row.is_doubtful,
        is_checked=row.checked_at is not None,
        page_id=row.page_id,
        box=(row.box[0], row.box[1], row.box[2], row.box[3]) if row.box else None,
    )


# -- the doubtful queue ------------------------------------------------------------------------------------------------


def doubtful_pages(*, actor: Actor, limit: int = 50) -> Sequence[DoubtfulPage]:
    """Pages of the actor's agencies that nobody has looked at yet although they want it, newest first, in one statement."""
    visible = ScanBatch.objects.visible_to(actor)
    rows = ScanPage.objects.filter(_DOUBTFUL, batch__in=visible).select_related("batch").order_by("-id")
    return [
        DoubtfulPage(_card(row), row.batch_id, row.batch.title, row.batch.dossier_code, row.batch.opened_at)
        for row in rows[:limit]
    ]


def scan_rates(*, actor: Actor, days: int = 30) -> Rates:
    """Measured over the batches of the actor's agencies opened in the last `days`."""
    since = clock.now() - timedelta(days=days)
    visible = ScanBatch.objects.visible_to(actor).filter(opened_at__gte=since)
    pages = ScanPage.objects.filter(batch__in=visible).aggregate(
        read=Count("id", filter=Q(state__in=SETTLED)),
        doubtful=Count("id", filter=Q(state=ScanState.DOUBTFUL)),
        failed=Count("id", filter=Q(state=ScanState.FAILED)),
    )
    changed = ~Q(value=F("read_value")) & ~Q(checked_at=None)
    fields = ScanField.objects.filter(paper__batch__in=visible).aggregate(
        all=Count("id"),
        doubtful=Count("id", filter=Q(is_doubtful=True)),
        corrected=Count("id", filter=changed & ~Q(read_value="")),
        keyed=Count("id", filter=changed),
    )
    bound = visible.exclude(bound_at=None)
    said = bound.aggregate(count=Count("id"), seconds=Avg("seconds_at_desk"))
    keyed = ScanField.objects.filter(changed, paper__batch__in=bound).count()
    return Rates(
        pages=pages["read"],
        doubtful=pages["doubtful"],
        failed=pages["failed"],
        fields=fields["all"],
        doubtful_fields=fields["doubtful"],
        corrected_fields=fields["corrected"],
        keyed_fields=fields["keyed"],
        batches=said["count"],
        seconds_per_dossier=said["seconds"],
        keyed_per_dossier=keyed / said["count"] if said["count"] else None,
        since=since,
    )
