"""Taking in: a batch is opened, files are added, their pages become rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_binary_file, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from motcua.documents.adapters.decoding import decode
from motcua.documents.errors import LetterUnreadable
from motcua.documents.models import FileRecord, ScanBatch, ScanFile, ScanPage
from motcua.documents.pipeline.local import local_file, work_room
from motcua.documents.pipeline.options import Options
from motcua.documents.pipeline.tasks import FILE_FACTS
from motcua.documents.rules.digitization.pages import plain_params
from motcua.documents.rules.digitization.refusals import TooManyPages
from motcua.documents.services.files import keep_file
from motcua.documents.services.scans.scope import authorise_scanning, batch_of, locked_batch, person
from motcua.documents.services.uploads import finished_letter
from motcua.documents.words import BatchSource, FileState, ScanState
from motcua.kernel import clock, storage
from motcua.kernel.authority import Actor, ActorKind, in_scope
from motcua.kernel.errors import DomainError, Kind, OutOfScope

TAKE_IN = "documents.take_in"
READ_PAGES = "documents.read_pages"
#: Pages a lane claims at a time, and the most lanes of one batch that are asked for at once.
CLAIM, LANES = 12, 4


@transaction.atomic
def begin_batch(
    *,
    actor: Actor,
    agency_id: UUID,
    source: BatchSource = BatchSource.BROWSER,
    title: str = "",
    counter: str = "",
    dossier_code: str = "",
) -> UUID:
    """Open a batch in an agency and answer with its id. Refuses: `PermissionRefused`."""
    authorise_scanning(actor, agency_id)
    batch = ScanBatch.objects.create(
        agency_id=agency_id,
        source=source.value,
        title=title.strip()[:200],
        counter=counter.strip()[:50],
        dossier_code=dossier_code.strip(),
        opened_by_id=person(actor),
        opened_by_name=actor.name,
        opened_at=clock.now(),
    )
    return batch.id


@transaction.atomic
def address_batch(*, actor: Actor, batch_id: UUID, dossier_code: str) -> None:
    """Say which dossier the batch belongs to (typed, or chosen among those found). Refuses: `ScanBound`, `OutOfScope`."""
    batch = locked_batch(actor, batch_id)
    batch.dossier_code = dossier_code.strip()
    batch.save(update_fields=["dossier_code"])


@dataclass(frozen=True, slots=True)
class Added:
    """`is_repeat`: the same bytes lie in this batch already, nothing was added. `elsewhere`: another batch holds them."""

    scan_file_id: UUID
    is_repeat: bool
    elsewhere: UUID | None


@transaction.atomic
def add_scan_file(*, actor: Actor, batch_id: UUID, file_id: UUID) -> Added:
    """Add a kept file to the batch; its pages are counted and read in the background.

    The same bytes twice in a batch are one file. Refuses: `OutOfScope` (batch, or a file somebody else kept), `ScanBound`.
    """
    batch = locked_batch(actor, batch_id)
    record = in_scope(FileRecord.objects.filter(pk=file_id).first())
    if actor.kind is not ActorKind.SYSTEM and record.kept_by_id != actor.account_id:
        raise OutOfScope
    there = batch.files.filter(sha256=record.sha256).first()
    if there is not None:
        return Added(there.id, is_repeat=True, elsewhere=None)
    visible = ScanBatch.objects.visible_to(actor).filter(files__sha256=record.sha256)
    elsewhere = visible.order_by("-id").values_list("id", flat=True).first()
    last = batch.files.aggregate(last=Max("order"))["last"]
    row = ScanFile.objects.create(
        batch=batch, file=record, sha256=record.sha256, order=0 if last is None else last + 1
    )
    app.configure_task(TAKE_IN).defer(batch_id=str(batch.id))
    return Added(row.id, is_repeat=False, elsewhere=elsewhere)


def add_letter(*, actor: Actor, batch_id: UUID, stream: IO[bytes], filename: str) -> list[Added]:
    """Add what is attached to a saved letter (`.eml`); attachments of kinds that are not accepted are left out.

    Refuses: `LetterUnreadable` (nothing usable is attached), `OutOfScope`, `ScanBound`.
    """
    batch_of(actor, batch_id)
    kept = keep_attachments(actor, stream, filename)
    return [add_scan_file(actor=actor, batch_id=batch_id, file_id=file_id) for file_id in kept]


def keep_attachments(actor: Actor, stream: IO[bytes], filename: str) -> list[UUID]:
    """Keep what is attached to a saved letter, without what is not accepted; the files. Refuses: `LetterUnreadable`, and what
    passes by itself (`DecodersBusy`, `MalwareScannerSilent`): the letter is taken later, whole. Private to the services of
    scanning.
    """
    kept = []
    for name, content in _attachments(message_from_binary_file(stream, policy=policy.default)):
        try:
            kept.append(keep_file(actor=actor, stream=BytesIO(content), filename=name).id)
        except DomainError as refusal:
            if refusal.kind is Kind.BUSY:
                raise
    if not kept:
        raise LetterUnreadable(filename=filename)
    return kept


def add_uploaded_letter(*, actor: Actor, batch_id: UUID, upload_id: UUID) -> list[Added]:
    """As `add_letter`, with a letter that came in pieces. Refuses also what `finish_upload` refuses of pieces."""
    with finished_letter(actor=actor, upload_id=upload_id) as (stream, filename):
        return add_letter(actor=actor, batch_id=batch_id, stream=stream, filename=filename)


def _attachments(letter: EmailMessage) -> list[tuple[str, bytes]]:
    found = []
    for part in letter.walk():
        content = part.get_payload(decode=True) if not part.is_multipart() else None
        if isinstance(content, bytes) and content and part.get_filename():
            found.append((str(part.get_filename()), content))
    return found


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a file turned out to be."""

    pages: int = 0
    readable_sha256: str = ""
    is_signed: bool = False
    refusal: DomainError | None = None


def take_in(*, actor: Actor, batch_id: UUID) -> int:
    """Open the files of the batch that wait, in their order, and make a row for each page; how many pages were added.

    A file that cannot be opened is marked with what is wrong with it; the others go on. Repeating it adds nothing twice.
    """
    waiting = ScanFile.objects.filter(batch_id=batch_id, state=FileState.WAITING).select_related("file")
    opened = {row.id: _open(row) for row in waiting}
    with transaction.atomic():
        batch = locked_batch(actor, batch_id, is_open=False)
        rows = list(batch.files.filter(pk__in=opened, state=FileState.WAITING).order_by("order"))
        added = sum(_lay_down(batch, row, opened[row.id]) for row in rows)
        if added:
            ScanBatch.objects.filter(pk=batch.id).update(split_at=None)
            ask_for_lanes(batch.id, added)
    return added


def ask_for_lanes(batch_id: UUID, pages: int) -> None:
    """Enqueue so many lanes that the pages are read side by side."""
    lanes = max(1, min(LANES, -(-pages // CLAIM)))
    jobs: list[dict[str, JSONValue]] = [{"batch_id": str(batch_id)} for _ in range(lanes)]
    app.configure_task(READ_PAGES).batch_defer(*jobs)


def _open(row: ScanFile) -> _Opened:
    """In a decoding process; an office document goes through its converter first. What passes by itself is raised."""
    from motcua.documents.pipeline.sources import (
        readable_form,  # decoders: loaded by the worker that opens files
    )

    with work_room() as room:
        try:
            path = local_file(row.sha256, row.file.filename, room)
            readable = readable_form(path, room / "pages")
            with readable.open("rb") as stream:
                limits = FILE_FACTS.limits.for_size(readable.stat().st_size)
                facts = decode(replace(FILE_FACTS, limits=limits), stream, name=path.name)
            most = Options().limits.pages
            if facts.pages > most:
                raise TooManyPages(name=path.name, pages=facts.pages, limit=most)
            return _Opened(facts.pages, _made_readable(path, readable), facts.is_signed)
        except DomainError as refusal:
            if refusal.kind is Kind.BUSY:
                raise
            return _Opened(refusal=refusal)


def _made_readable(path: Path, readable: Path) -> str:
    """Digest of the PDF made from an office document, empty where the file is read as it is."""
    if readable == path:
        return ""
    with readable.open("rb") as stream:
        return storage.store().put(stream).sha256


def _lay_down(batch: ScanBatch, row: ScanFile, found: _Opened) -> int:
    if found.refusal is not None:
        row.state, row.problem = FileState.REFUSED, found.refusal.sentence()
        row.problem_code, row.problem_params = found.refusal.code, plain_params(found.refusal)
        row.save(update_fields=["state", "problem", "problem_code", "problem_params"])
        return 0
    row.state, row.pages = FileState.TAKEN, found.pages
    row.readable_sha256, row.is_signed = found.readable_sha256, found.is_signed
    row.save(update_fields=["state", "pages", "readable_sha256", "is_signed"])
    ScanPage.objects.bulk_create(_pages(batch, row), batch_size=500)
    return found.pages


def _pages(batch: ScanBatch, row: ScanFile) -> Sequence[ScanPage]:
    last = batch.pages.aggregate(last=Max("number"))["last"] or 0
    return [
        ScanPage(
            batch=batch,
            file=row,
            index=index,
            number=last + 1 + index,
            order=last + 1 + index,
            state=ScanState.WAITING,
        )
        for index in range(row.pages)
    ]
