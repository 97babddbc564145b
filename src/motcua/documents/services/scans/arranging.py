"""Putting right what splitting got wrong. Every rearrangement keeps the one before it, so that it can be undone."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from motcua.documents.errors import (
    AlreadyFirstPage,
    NoPaperBefore,
    NothingToUndo,
    NotQuarterTurn,
    PageNotRead,
    PlaceElsewhere,
    ScanBound,
)
from motcua.documents.models import ScanBatch, ScanPage, ScanPaper, ScanStep
from motcua.documents.services.scans.page_readings import PageReadings, reads_outside
from motcua.documents.services.scans.reading_again import ask_reading_again
from motcua.documents.services.scans.scope import locked_batch, person
from motcua.documents.services.scans.splitting import read_fields
from motcua.documents.words import ScanState
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope


@reads_outside
def move_pages(
    readings: PageReadings,
    *,
    actor: Actor,
    batch_id: UUID,
    page_ids: Sequence[UUID],
    paper_id: UUID | None = None,
    before_page_id: UUID | None = None,
) -> None:
    """Put pages into a paper, before a page of it or at its end; without `paper_id` they become a new paper.

    Refuses: `OutOfScope`, `ScanBound` (a paper concerned is bound), `ScanBeingBound`, an `ArrangementImpossible`.
    """
    batch = locked_batch(actor, batch_id)
    pages = _pages(batch, page_ids)
    target = _paper(batch, paper_id) if paper_id else None
    _remember(batch, actor, "move")
    touched = {page.paper_id for page in pages}
    if target is None:
        target = _new_paper(batch)
    rest = [page for page in _in_order(batch) if page.id not in set(page_ids)]
    place = _place(rest, target, before_page_id)
    for page in pages:
        page.paper, page.is_dropped, page.role = target, False, page.role or "paper"
    _renumber(batch, [*rest[:place], *pages, *rest[place:]])
    _tidy(readings, batch, {*touched, target.id})


@reads_outside
def begin_paper_at(readings: PageReadings, *, actor: Actor, batch_id: UUID, page_id: UUID) -> None:
    """Cut: this page and those after it in its paper become a new one. Refuses: as `move_pages`."""
    batch = locked_batch(actor, batch_id)
    (page,) = _pages(batch, [page_id])
    old = _paper(batch, page.paper_id)
    members = [row for row in _in_order(batch) if row.paper_id == old.id]
    place = [row.id for row in members].index(page_id)
    if place == 0:
        raise AlreadyFirstPage
    _remember(batch, actor, "split")
    batch.papers.filter(order__gt=old.order).update(order=F("order") + 1)
    fresh = ScanPaper.objects.create(
        batch=batch, order=old.order + 1, ground="hand", confidence=1.0, dossier_code=old.dossier_code
    )
    ScanPage.objects.filter(pk__in=[row.id for row in members[place:]]).update(paper=fresh)
    _tidy(readings, batch, {old.id, fresh.id})


@reads_outside
def merge_with_previous(readings: PageReadings, *, actor: Actor, batch_id: UUID, paper_id: UUID) -> None:
    """The pages of a paper go to the end of the paper before it. Refuses: as `move_pages`."""
    batch = locked_batch(actor, batch_id)
    paper = _paper(batch, paper_id)
    papers = list(batch.papers.order_by("order", "id"))
    place = [row.id for row in papers].index(paper.id)
    if place == 0:
        raise NoPaperBefore
    before = _paper(batch, papers[place - 1].id)
    _remember(batch, actor, "merge")
    paper.pages.update(paper=before)
    ordered = _in_order(batch)
    members = [row for row in ordered if row.paper_id == before.id]
    others = [row for row in ordered if row.paper_id != before.id]
    first = min(ordered.index(row) for row in members)
    _renumber(batch, [*others[:first], *members, *others[first:]])
    _tidy(readings, batch, {paper.id, before.id})


@transaction.atomic
def rotate_pages(*, actor: Actor, batch_id: UUID, page_ids: Sequence[UUID], degrees: int) -> None:
    """Turn pages clockwise by 90, 180 or 270 degrees: shown at once, and read again that way up in the background.

    Refuses: as `move_pages`.
    """
    batch = locked_batch(actor, batch_id)
    pages = _pages(batch, page_ids)
    if degrees % 90:
        raise NotQuarterTurn
    _remember(batch, actor, "rotate")
    for page in pages:
        page.rotation = (page.rotation + degrees) % 360
    ScanPage.objects.bulk_update(pages, ["rotation"])
    ask_reading_again(batch.id)


@reads_outside
def drop_pages(
    readings: PageReadings, *, actor: Actor, batch_id: UUID, page_ids: Sequence[UUID], is_dropped: bool = True
) -> None:
    """Leave pages out of the bound papers (or take them back). They stay in the batch: nothing is deleted."""
    batch = locked_batch(actor, batch_id)
    pages = _pages(batch, page_ids)
    _remember(batch, actor, "drop" if is_dropped else "restore")
    ScanPage.objects.filter(pk__in=[page.id for page in pages]).update(is_dropped=is_dropped)
    _tidy(readings, batch, {page.paper_id for page in pages})


@reads_outside
def undo_step(readings: PageReadings, *, actor: Actor, batch_id: UUID) -> str:
    """Go back to the arrangement before the last rearrangement; answers which kind it was. Refuses: `NothingToUndo`."""
    batch = locked_batch(actor, batch_id)
    step = batch.steps.order_by("-id").first()
    if step is None:
        raise NothingToUndo
    before: dict[str, Any] = step.before
    there = {str(paper.id): paper for paper in batch.papers.all()}
    for key, said in before["papers"].items():
        if key not in there:
            there[key] = ScanPaper.objects.create(pk=UUID(key), batch=batch, **said)
        else:
            ScanPaper.objects.filter(pk=there[key].pk).update(order=said["order"])
    rows = {str(page.id): page for page in batch.pages.all()}
    touched: set[UUID | None] = set()
    for key, (paper, order, rotation, is_dropped) in before["pages"].items():
        page = rows[key]
        was = (str(page.paper_id) if page.paper_id else None, page.is_dropped)
        if was != (paper, is_dropped):
            touched |= {page.paper_id, UUID(paper) if paper else None}
        page.paper_id, page.order = (UUID(paper) if paper else None), order
        page.rotation, page.is_dropped = (rotation - page.turned) % 360, is_dropped
    ScanPage.objects.bulk_update(rows.values(), ["paper", "order", "rotation", "is_dropped"], batch_size=500)
    if any(page.rotation for page in rows.values()):
        ask_reading_again(batch.id)
    kind = step.kind
    step.delete()
    _tidy(readings, batch, touched)
    return kind


def _remember(batch: ScanBatch, actor: Actor, kind: str) -> None:
    papers = {
        str(paper.id): {
            "order": paper.order,
            "ground": paper.ground,
            "confidence": paper.confidence,
            "dossier_code": paper.dossier_code,
            "component": paper.component,
        }
        for paper in batch.papers.all()
    }
    pages = {
        str(page.id): [
            str(page.paper_id) if page.paper_id else None,
            page.order,
            (page.turned + page.rotation) % 360,
            page.is_dropped,
        ]
        for page in batch.pages.all()
    }
    before = {"papers": papers, "pages": pages}
    ScanStep.objects.create(batch=batch, kind=kind, before=before, at=clock.now(), by_id=person(actor))


def _pages(batch: ScanBatch, page_ids: Iterable[UUID]) -> list[ScanPage]:
    """Settled pages of this batch in the order they lie, none of a bound paper."""
    wanted = set(page_ids)
    pages = list(batch.pages.filter(pk__in=wanted).select_related("paper").order_by("order", "number"))
    in_scope(pages if pages and len(pages) == len(wanted) else None)
    if any(page.paper and page.paper.bound_at for page in pages):
        raise ScanBound
    if any(page.state in (ScanState.WAITING, ScanState.WORKING) for page in pages):
        raise PageNotRead
    return pages


def _paper(batch: ScanBatch, paper_id: UUID | None) -> ScanPaper:
    paper = in_scope(batch.papers.filter(pk=in_scope(paper_id)).first())
    if paper.bound_at:
        raise ScanBound
    return paper


def _in_order(batch: ScanBatch) -> list[ScanPage]:
    return list(batch.pages.order_by("order", "number"))


def _new_paper(batch: ScanBatch) -> ScanPaper:
    return ScanPaper.objects.create(batch=batch, order=_next_order(batch), ground="hand", confidence=1.0)


def _next_order(batch: ScanBatch) -> int:
    last = batch.papers.aggregate(last=Max("order"))["last"]
    return 0 if last is None else int(last) + 1


def _place(rest: Sequence[ScanPage], target: ScanPaper, before_page_id: UUID | None) -> int:
    """Where among the other pages the moved ones go."""
    if before_page_id is not None:
        place = next((at for at, row in enumerate(rest) if row.id == before_page_id), None)
        if place is None or rest[place].paper_id != target.id:
            raise PlaceElsewhere
        return place
    members = [at for at, row in enumerate(rest) if row.paper_id == target.id]
    return members[-1] + 1 if members else len(rest)


def _renumber(batch: ScanBatch, pages: Sequence[ScanPage]) -> None:
    for place, page in enumerate(pages, start=1):
        page.order = place
    ScanPage.objects.bulk_update(pages, ["order", "paper", "is_dropped", "role"], batch_size=500)


def _tidy(readings: PageReadings, batch: ScanBatch, touched: set[UUID | None]) -> None:
    """Empty papers go; what the touched ones say is read again; whoever had confirmed them looks once more."""
    batch.papers.filter(bound_at=None, pages__isnull=True).delete()
    papers = list(batch.papers.filter(pk__in=[key for key in touched if key], bound_at=None))
    for paper in papers:
        paper.confirmed_at, paper.confirmed_by_id = None, None
        paper.save(update_fields=["confirmed_at", "confirmed_by_id"])
    read_fields(readings, papers)
