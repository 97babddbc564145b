"""From pages to papers: where one ends and the next begins, of which kind each is, what is written in it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Max

from motcua.directory import queries as directory
from motcua.documents.models import ScanBatch, ScanField, ScanPage, ScanPaper
from motcua.documents.rules.digitization.papers.extract import Field
from motcua.documents.rules.digitization.papers.reading import ReadPaper
from motcua.documents.rules.digitization.places import known_places, with_known_places
from motcua.documents.rules.digitization.split import Paper, Role
from motcua.documents.services.scans.page_readings import PageReadings, reads_outside
from motcua.documents.services.scans.scope import locked_batch
from motcua.documents.words import ScanState
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.ids import new_id

#: A paper of a known kind has its values on its first pages.
_READ_PAGES = 6


@reads_outside
def split_batch(readings: PageReadings, *, actor: Actor, batch_id: UUID) -> int:
    """Put every page that belongs to no paper yet into one, and read what the papers say; how many papers were made.

    Does nothing while pages are still being read, or when all is split. Papers somebody arranged stay as they are.
    """
    batch = locked_batch(actor, batch_id, is_open=False)
    pages = list(batch.pages.order_by("order", "number"))
    if batch.bound_at or any(page.state in (ScanState.WAITING, ScanState.WORKING) for page in pages):
        return 0
    loose = {
        page.number: page for page in pages if page.paper_id is None and not page.is_dropped and not page.role
    }
    parted = readings.parted(list(loose.values()))
    for number, role in parted.roles.items():
        loose[number].role = role.value
        loose[number].is_dropped = role in (Role.SEPARATOR, Role.SEPARATOR_BACK)
    made = _make_papers(batch, parted.papers, loose)
    ScanPage.objects.bulk_update(loose.values(), ["role", "is_dropped", "paper"], batch_size=500)
    read_fields(readings, made)
    codes = {paper.dossier_code for paper in made if paper.dossier_code}
    if not batch.dossier_code and len(codes) == 1:
        batch.dossier_code = codes.pop()
    if batch.split_at is None:
        batch.split_at, batch.problem, batch.problem_code, batch.problem_params = clock.now(), "", "", {}
    batch.save(update_fields=["dossier_code", "split_at", "problem", "problem_code", "problem_params"])
    return len(made)


def _make_papers(batch: ScanBatch, found: Sequence[Paper], pages: dict[int, ScanPage]) -> list[ScanPaper]:
    last = batch.papers.aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    made = ScanPaper.objects.bulk_create(
        ScanPaper(
            batch=batch,
            order=first + place,
            ground=one.ground.value,
            confidence=one.confidence,
            dossier_code=one.dossier_code,
            component=one.component,
        )
        for place, one in enumerate(found)
    )
    for paper, one in zip(made, found, strict=True):
        for number in one.pages:
            pages[number].paper = paper
    return made


def read_fields(readings: PageReadings, papers: Sequence[ScanPaper]) -> None:
    """Kind and fields of papers from their pages as they lie now, places by the names the directory knows; what a person
    has put in stays.
    """
    first = [
        list(paper.pages.filter(is_dropped=False).order_by("order", "number")[:_READ_PAGES])
        for paper in papers
    ]
    for paper, pages, read in zip(papers, first, readings.papers(first), strict=True):
        _write_fields(paper, pages, read)


def _write_fields(paper: ScanPaper, pages: Sequence[ScanPage], read: ReadPaper) -> None:
    paper.kind, paper.kind_confidence = (read.kind.value if read.kind else ""), read.kind_confidence
    paper.save(update_fields=["kind", "kind_confidence"])
    rows = {row.key: row for row in paper.fields.all()}
    kept = {key for key, row in rows.items() if row.checked_at is not None}
    by_number = {page.number: page for page in pages}
    found = with_known_places(_once(read.fields), known_places(directory.territory_names()))
    fresh = [field for field in found if field.key not in kept]
    paper.fields.filter(checked_at=None).exclude(key__in=[field.key for field in fresh]).delete()
    # A value somebody has before them keeps its row while the paper is read again.
    ScanField.objects.bulk_create(
        [
            ScanField(
                id=rows[field.key].id if field.key in rows else new_id(),
                paper=paper,
                order=len(kept) + place,
                key=field.key,
                read_value=field.text,
                value=field.text,
                confidence=field.confidence,
                is_doubtful=field.is_doubtful,
                page=by_number.get(field.page),
                box=_box(field),
            )
            for place, field in enumerate(fresh)
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["order", "read_value", "value", "confidence", "is_doubtful", "page", "box"],
    )


def _once(fields: Iterable[Field]) -> list[Field]:
    by_key: dict[str, Field] = {}
    for field in fields:
        if field.key not in by_key or field.confidence > by_key[field.key].confidence:
            by_key[field.key] = field
    return list(by_key.values())


def _box(field: Field) -> list[int] | None:
    box = field.box
    return [round(side) for side in (box.left, box.top, box.right, box.bottom)] if box else None
