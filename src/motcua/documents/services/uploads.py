"""Transfers in pieces that survive a dropped connection.

What was received lies in a file of its own until the transfer ends; the row says how much of it counts. The lock is the
file's, so that no transaction is open while bytes are written, checked and kept.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, Sum

from motcua.documents.adapters.transfers.parts import (
    append,
    holds,
    length_of,
    locked_part,
    parts_older_than,
    remove_part,
)
from motcua.documents.errors import (
    UploadClosed,
    UploadDamaged,
    UploadIncomplete,
    UploadOffsetWrong,
    UploadsFull,
    UploadsOfPersonFull,
)
from motcua.documents.models import Upload
from motcua.documents.models.files import UploadQuerySet, UploadState
from motcua.documents.queries import FileView, UploadView, file_view, upload_view
from motcua.documents.rules.files import check_size, clean_filename, readable_size
from motcua.documents.services.files import check_may_keep, keep_file
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope, machine_only
from motcua.kernel.errors import DomainError, Kind

#: An upload nobody continued for this long is abandoned and its pieces are dropped, and so is one that lasts so long.
IDLE, LONGEST = timedelta(days=2), timedelta(days=7)
#: A person's own transfers that rested so long give way when there is no room for a new one.
_GIVES_WAY = timedelta(hours=1)
#: Transfers one person has open at once.
_MOST_OPEN = 20
#: Names the lock under which transfers are opened one after the other: room is counted, then taken.
_OPENING = 0x6D6F7463
_BLOCK = 1 << 20


@transaction.atomic
def begin_upload(
    *, actor: Actor, filename: str, size: int, sha256: str = "", owner_party_id: UUID | None = None
) -> UploadView:
    """Open a transfer of `size` bytes; with `sha256` (hexadecimal) the whole is checked at the end.

    Room on the disk is taken for the whole of it. Refuses: `FileZeroBytes`, `FileTooLarge`, `PermissionRefused`,
    `UploadsOfPersonFull` (never an officer) and `UploadsFull` (settings `MOTCUA_UPLOADS_PER_PERSON` and `MOTCUA_UPLOADS_IN_ALL`).
    """
    check_may_keep(actor, owner_party_id)
    check_size(size, settings.MOTCUA_UPLOAD_MAX_BYTES)
    now = clock.now()
    _take_room(actor, size, now)
    upload = Upload.objects.create(
        filename=clean_filename(filename),
        size=size,
        sha256=sha256.lower(),
        owner_party_id=owner_party_id,
        begun_by_id=actor.account_id,
        begun_at=now,
        touched_at=now,
    )
    return upload_view(upload)


def append_chunk(*, actor: Actor, upload_id: UUID, offset: int, content: bytes) -> UploadView:
    """Add a piece that begins at `offset` bytes. Sending the same piece again changes nothing, nor does an empty one.

    Refuses: `UploadOffsetWrong` (its `expected` says where to go on), `UploadClosed`, `OutOfScope`;
    `UploadDamaged` where the disk lost what it had.
    """
    _own(actor, upload_id)
    with locked_part(upload_id) as part:
        upload = _open(actor, upload_id)
        if _is_repeat(upload, part, offset, content):
            return upload_view(upload)
        if offset != upload.received or offset + len(content) > upload.size:
            raise UploadOffsetWrong(expected=upload.received)
        if not content:
            return upload_view(upload)
        if length_of(part) < offset:
            # The disk lost what was received: nothing may be put behind a hole.
            _close(upload, UploadState.ABANDONED)
            raise UploadDamaged
        append(part, offset, content)
        upload.received += len(content)
        upload.touched_at = clock.now()
        still = Upload.objects.filter(pk=upload.id, state=UploadState.OPEN, received=offset)
        if not still.update(received=upload.received, touched_at=upload.touched_at):
            raise UploadClosed
    return upload_view(upload)


def finish_upload(*, actor: Actor, upload_id: UUID) -> FileView:
    """Make the pieces a kept file. Asking again answers with the same file.

    Refuses what `keep_file` refuses (which closes the transfer, but where it passes by itself), and `UploadIncomplete`,
    `UploadClosed`, `OutOfScope`; `UploadDamaged` (the digest differs) also closes the transfer, for its pieces can never
    become the file that was meant.
    """
    _own(actor, upload_id)
    with locked_part(upload_id) as part:
        upload = _own(actor, upload_id)
        if upload.state == UploadState.FINISHED and upload.file is not None:
            remove_part(upload_id)
            return file_view(upload.file)
        _check_whole(upload)
        if not _is_as_meant(upload, part):
            _close(upload, UploadState.ABANDONED)
            raise UploadDamaged
        kept = _kept(actor, upload, part)
        _close(upload, UploadState.FINISHED, file_id=kept.id)
    return kept


def _kept(actor: Actor, upload: Upload, part: IO[bytes]) -> FileView:
    """Pieces that are refused as a file never become one: they take no room any longer. What passes by itself leaves them."""
    try:
        return keep_file(
            actor=actor, stream=part, filename=upload.filename, owner_party_id=upload.owner_party_id
        )
    except DomainError as refusal:
        if refusal.kind is Kind.INVALID:
            _close(upload, UploadState.ABANDONED)
        raise


def drop_upload(*, actor: Actor, upload_id: UUID) -> None:
    """End a transfer that is not wanted any more and free its room at once; asking again changes nothing. What has already
    become a file stays. Refuses: `OutOfScope`.
    """
    _own(actor, upload_id)
    with locked_part(upload_id):
        _close(_own(actor, upload_id), UploadState.ABANDONED)


@contextmanager
def finished_letter(*, actor: Actor, upload_id: UUID) -> Iterator[tuple[IO[bytes], str]]:
    """What came in pieces and is only read, never kept itself (a letter with its attachments): its bytes and its name.

    The transfer is closed when the block ends without an error. Refuses: `UploadIncomplete`, `UploadClosed`, `OutOfScope`.
    """
    _own(actor, upload_id)
    with locked_part(upload_id) as part:
        upload = _own(actor, upload_id)
        _check_whole(upload)
        part.seek(0)
        yield part, upload.filename
        # Finished transfers point to their file; a letter itself is not kept.
        _close(upload, UploadState.ABANDONED)


def abandon_idle_uploads(*, actor: Actor) -> int:
    """Drop the pieces of transfers nobody continued for two days, or that last a week; how many."""
    machine_only(actor)
    now = clock.now()
    idle = Upload.objects.idle_since(now - IDLE) | Upload.objects.begun_before(now - LONGEST)
    dropped = sum(_abandon(upload) for upload in idle)
    for upload_id in list(parts_older_than(IDLE.total_seconds())):
        if not Upload.objects.filter(pk=upload_id, state=UploadState.OPEN).exists():
            remove_part(upload_id)
    return dropped


def _take_room(actor: Actor, size: int, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OPENING])
    is_open = Q(state=UploadState.OPEN)
    own = Upload.objects.filter(is_open, begun_by_id=actor.account_id)
    # Whoever scans for the public sends whole piles; only the disk bounds them.
    if actor.account_id is not None and not actor.is_officer and not _fits(own, size):
        for upload in own.filter(touched_at__lt=now - _GIVES_WAY):
            _abandon(upload)
        if not _fits(own, size):
            raise UploadsOfPersonFull(largest=readable_size(settings.MOTCUA_UPLOADS_PER_PERSON))
    taken = Upload.objects.filter(is_open).aggregate(taken=Sum("size"))["taken"] or 0
    if taken + size > settings.MOTCUA_UPLOADS_IN_ALL:
        raise UploadsFull


def _fits(own: UploadQuerySet, size: int) -> bool:
    sizes = list(own.values_list("size", flat=True))
    return len(sizes) < _MOST_OPEN and sum(sizes) + size <= settings.MOTCUA_UPLOADS_PER_PERSON


def _own(actor: Actor, upload_id: UUID) -> Upload:
    own = Upload.objects.select_related("file").filter(pk=upload_id, begun_by_id=actor.account_id)
    return in_scope(own.first())


def _open(actor: Actor, upload_id: UUID) -> Upload:
    upload = _own(actor, upload_id)
    if upload.state != UploadState.OPEN:
        remove_part(upload_id)
        raise UploadClosed
    return upload


def _is_repeat(upload: Upload, part: IO[bytes], offset: int, content: bytes) -> bool:
    lies_before = 0 <= offset < upload.received and offset + len(content) <= upload.received
    return lies_before and bool(content) and holds(part, offset, content)


def _check_whole(upload: Upload) -> None:
    if upload.state != UploadState.OPEN:
        raise UploadClosed
    if upload.received != upload.size:
        raise UploadIncomplete(received=upload.received, declared=upload.size)


def _is_as_meant(upload: Upload, part: IO[bytes]) -> bool:
    """The whole is there (a disk may have lost it), with the digest that was announced, if one was."""
    part.seek(0)
    whole, size = hashlib.sha256(), 0
    while block := part.read(_BLOCK):
        whole.update(block)
        size += len(block)
    part.seek(0)
    return size == upload.size and upload.sha256 in ("", whole.hexdigest())


def _abandon(upload: Upload) -> bool:
    with locked_part(upload.id):
        return _close(upload, UploadState.ABANDONED)


def _close(upload: Upload, state: UploadState, *, file_id: UUID | None = None) -> bool:
    """Whether it was still open. The row first: pieces without a row that counts on them are only waste."""
    still = Upload.objects.filter(pk=upload.id, state=UploadState.OPEN)
    closed = still.update(state=state, touched_at=clock.now(), file_id=file_id) > 0
    remove_part(upload.id)
    return closed
