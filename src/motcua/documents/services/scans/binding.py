"""Binding: pages become a PDF/A with a text layer, the file a recorded paper.

Circular 01/2023/TT-VPCP art. 7–11: copy, extract, assign the code, store. The link to the dossier's checklist is made by
the dossier when it hears `ScanPaperBound`: this package does not know dossiers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.documents.errors import FieldsUnchecked, ScanEmpty, ScanUnfinished
from motcua.documents.events import ScanPaperBound
from motcua.documents.models import FileRecord, ScanBatch, ScanField, ScanPage, ScanPaper
from motcua.documents.models.counters import next_of_kind
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.local import work_room
from motcua.documents.pipeline.options import PageRef
from motcua.documents.queries import PaperView, page_result, paper
from motcua.documents.rules.digitization.code import CodeParts, digitization_code, kind_part
from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.turning import turned_by_hand
from motcua.documents.services.files import keep_file
from motcua.documents.services.papers import record_paper
from motcua.documents.services.scans.scope import batch_of, locked_batch, person
from motcua.documents.services.scans.storing import page_ref
from motcua.documents.words import PaperSource, ScanState, TrustLevel
from motcua.kernel import clock, storage
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError
from motcua.kernel.events import announce

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a paper of the batch is in its dossier. `kind_code` of the catalogue; `title` where the paper says none."""

    scan_paper_id: UUID
    component_key: str
    kind_code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A paper of the batch as recorded. `refusal`: why it could not be signed (only `sign_copies` sets it)."""

    scan_paper_id: UUID
    component_key: str
    paper: PaperView
    refusal: DomainError | None = None


def bind_papers(
    *,
    actor: Actor,
    batch_id: UUID,
    dossier_id: UUID,
    dossier_code: str,
    procedure_code: str,
    owner_party_id: UUID,
    bindings: Sequence[Binding],
) -> list[Bound]:
    """Make a file of each named paper, record it and close the batch. Papers not named stay in the batch unrecorded.
    It takes its time with a thick record: pages ask for it by `ask_binding`.

    A paper that is a whole signed or born-digital PDF is kept as it is: its bytes are never rewritten. Asking again after a
    failure goes on with the papers that are missing. Announces `ScanPaperBound` for each. Refuses: `ScanUnfinished`,
    `FieldsUnchecked`, `ScanEmpty`, `OutOfScope`, what `keep_file` refuses.
    """
    batch = batch_of(actor, batch_id)
    check_ready(batch, [one.scan_paper_id for one in bindings])
    owner = directory.party(owner_party_id)
    for one in bindings:
        row = in_scope(batch.papers.filter(pk=one.scan_paper_id).first())
        if row.bound_at is None:
            made = _file_of(actor, row, one, owner_party_id)
            _record(actor, row, one, made, owner, procedure_code, _Dossier(dossier_id, dossier_code))
    with transaction.atomic():
        batch = locked_batch(actor, batch_id, is_open=False)
        batch.dossier_id, batch.dossier_code = dossier_id, dossier_code
        batch.bound_at, batch.bound_by_id = batch.bound_at or clock.now(), person(actor)
        batch.save(update_fields=["dossier_id", "dossier_code", "bound_at", "bound_by_id"])
    return [bound_view(row) for row in batch.papers.exclude(bound_at=None).order_by("order")]


def check_ready(batch: ScanBatch, paper_ids: Sequence[UUID]) -> None:
    """Refuses: `ScanUnfinished`, `ScanEmpty`, `FieldsUnchecked`."""
    waiting = batch.pages.filter(state__in=[ScanState.WAITING, ScanState.WORKING]).count()
    if waiting:
        raise ScanUnfinished(pages=waiting)
    if not paper_ids:
        raise ScanEmpty
    unchecked = ScanField.objects.filter(
        paper_id__in=paper_ids,
        paper__batch=batch,
        paper__confirmed_at=None,
        is_doubtful=True,
        checked_at=None,
    ).count()
    if unchecked:
        raise FieldsUnchecked(count=unchecked)


@dataclass(frozen=True, slots=True)
class _Dossier:
    id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class _Made:
    file_id: UUID
    is_original: bool


def _file_of(actor: Actor, row: ScanPaper, one: Binding, owner_party_id: UUID) -> _Made:
    pages = list(row.pages.filter(is_dropped=False).select_related("file__file").order_by("order", "number"))
    if not pages:
        raise ScanEmpty
    original = _original(pages)
    if original is not None:
        return _Made(original, is_original=True)
    from motcua.documents.pipeline.assemble import bind_pdf  # decoders: loaded by the worker that binds

    name = f"{one.component_key or row.kind or 'giay-to'}.pdf"
    with work_room() as room:
        target = room / "bound.pdf"
        folder = WorkFolder(room / "bound")
        folder.path.mkdir()
        refs = [_laid_out(page, number, folder, room) for number, page in enumerate(pages, start=1)]
        bind_pdf(target, one.title or name, refs, folder)
        with target.open("rb") as stream:
            kept = keep_file(
                actor=actor,
                stream=stream,
                filename=name,
                owner_party_id=owner_party_id,
                is_made_here=True,
            )
    return _Made(kept.id, is_original=False)


def _original(pages: Sequence[ScanPage]) -> UUID | None:
    """The file itself, where the paper is all of it, unturned and in order, and there is a reason not to rewrite it."""
    file = pages[0].file
    whole = [page.index for page in pages] == list(range(file.pages)) and {p.file_id for p in pages} == {
        file.id
    }
    as_it_was = not any(page.rotation for page in pages) and file.file.media_type == _PDF
    if whole and as_it_was and (file.is_signed or all(page.is_born_digital for page in pages)):
        return file.file_id
    return None


def _laid_out(page: ScanPage, number: int, folder: WorkFolder, room: Path) -> PageRef:
    """Put the page's result (and made picture) where the binder looks for it, under its number in the paper."""
    result: PageResult = turned_by_hand(page_result(page), page.rotation).numbered(number)
    if result.picture is not None and result.picture.made is not None:
        with storage.store().open(page.picture_sha256) as stream:
            made = folder.keep_picture(number, page.picture_ending, stream.read())
        result = replace(result, picture=replace(result.picture, made=made))
    folder.keep(result)
    source = page_ref(page, room)
    return PageRef(source.source, source.index, number)


@transaction.atomic
def _record(
    actor: Actor,
    row: ScanPaper,
    one: Binding,
    made: _Made,
    owner: directory.PartyView,
    procedure_code: str,
    dossier: _Dossier,
) -> None:
    said = {field.key: field.value for field in row.fields.all()}
    issued, until = _day(said.get("issued_on")), _day(said.get("expires_on"))
    recorded = record_paper(
        actor=actor,
        file_id=made.file_id,
        kind_code=one.kind_code or row.kind or "other",
        source=PaperSource.COUNTER_SCAN,
        trust=TrustLevel.COMPARED,
        owner_party_id=owner.id,
        title=said.get("title") or one.title,
        number=said.get("number") or said.get("book_number", ""),
        symbol=said.get("symbol", ""),
        issuer=said.get("issuer", ""),
        issued_on=issued,
        valid_until=until if issued is None or until is None or until >= issued else None,
        dossier_code=dossier.code,
    )
    row.file = FileRecord.objects.get(pk=made.file_id)
    row.paper_id, row.component = recorded.id, one.component_key
    row.is_original_kept, row.bound_at = made.is_original, clock.now()
    row.code = _code(owner.number or "", one, procedure_code)
    row.save()
    announce_bound(actor, row, dossier.id)


def announce_bound(actor: Actor, row: ScanPaper, dossier_id: UUID) -> None:
    """In the transaction of the act: the dossier puts the paper on its checklist."""
    announce(
        ScanPaperBound(
            batch_id=row.batch_id,
            scan_paper_id=row.id,
            paper_id=in_scope(row.paper_id),
            dossier_id=dossier_id,
            component_key=row.component,
            actor_id=person(actor),
            at=clock.now(),
        )
    )


def _code(owner: str, one: Binding, procedure_code: str) -> str:
    """Owner, kind and a running number of both (Circular 01/2023 art. 10); an owner without a known number is left blank."""
    result = one.kind_code if one.kind_code.startswith("KQ.") else None
    kind = kind_part(procedure_code, one.component_key, result)
    try:
        digitization_code(CodeParts(owner, kind, 1))
    except ValueError:
        owner = ""
    return digitization_code(CodeParts(owner, kind, next_of_kind(owner, kind)))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def bound_view(row: ScanPaper, refusal: DomainError | None = None) -> Bound:
    """The row as callers see it."""
    return Bound(row.id, row.component, paper(in_scope(row.paper_id)), refusal)
