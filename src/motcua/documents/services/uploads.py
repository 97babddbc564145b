"""Transfers in pieces that survive a dropped connection."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.documents.errors import UploadClosed, UploadDamaged, UploadIncomplete, UploadOffsetWrong
from motcua.documents.models import Upload, UploadChunk
from motcua.documents.models.files import UploadState
from motcua.documents.queries import FileView, UploadView, file_view, upload_view
from motcua.documents.rules.files import check_size, clean_filename
from motcua.documents.services.files import check_may_keep, keep_file
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope, machine_only

#: An upload nobody continued for this long is abandoned and its pieces are dropped.
IDLE = timedelta(days=2)


@transaction.atomic
def begin_upload(
    *, actor: Actor, filename: str, size: int, sha256: str = "", owner_party_id: UUID | None = None
) -> UploadView:
    """Open a transfer of `size` bytes; with `sha256` (hexadecimal) the whole is checked at the end.

    Refuses: `FileZeroBytes`, `FileTooLarge`, `PermissionRefused`.
    """
    check_may_keep(actor, owner_party_id)
    check_size(size, settings.MOTCUA_UPLOAD_MAX_BYTES)
    now = clock.now()
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


@transaction.atomic
def append_chunk(*, actor: Actor, upload_id: UUID, offset: int, content: bytes) -> UploadView:
    """Add a piece that begins at `offset` bytes. Sending the same piece again changes nothing.

    Refuses: `UploadOffsetWrong` (its `expected` says where to go on), `UploadClosed`, `OutOfScope`.
    """
    upload = _locked(actor, upload_id)
    if upload.state != UploadState.OPEN:
        raise UploadClosed
    digest = hashlib.sha256(content).hexdigest()
    if offset < upload.received and _is_repeat(upload, offset, digest):
        return upload_view(upload)
    if offset != upload.received or offset + len(content) > upload.size:
        raise UploadOffsetWrong(expected=upload.received)
    if content:
        UploadChunk.objects.create(
            upload=upload, offset=offset, size=len(content), sha256=digest, content=content
        )
    upload.received += len(content)
    upload.touched_at = clock.now()
    upload.save(update_fields=["received", "touched_at"])
    return upload_view(upload)


def finish_upload(*, actor: Actor, upload_id: UUID) -> FileView:
    """Make the pieces a kept file. Asking again answers with the same file.

    Refuses what `keep_file` refuses, and `UploadIncomplete`, `UploadClosed`, `OutOfScope`; `UploadDamaged` (the
    digest differs) also closes the transfer, for its pieces can never become the file that was meant.
    """
    with transaction.atomic():
        upload = _locked(actor, upload_id)
        if upload.state == UploadState.FINISHED and upload.file is not None:
            return file_view(upload.file)
        if upload.state != UploadState.OPEN:
            raise UploadClosed
        if upload.received != upload.size:
            raise UploadIncomplete(received=upload.received, declared=upload.size)
        if not upload.sha256 or _digest(upload) == upload.sha256:
            return _keep(actor, upload)
        _close(upload, UploadState.ABANDONED)
    raise UploadDamaged


@contextmanager
def finished_letter(*, actor: Actor, upload_id: UUID) -> Iterator[tuple[IO[bytes], str]]:
    """What came in pieces and is only read, never kept itself (a letter with its attachments): its bytes and its name.

    The transfer is closed when the block ends without an error. Must be entered inside a transaction. Refuses:
    `UploadIncomplete`, `UploadClosed`, `OutOfScope`.
    """
    upload = _locked(actor, upload_id)
    if upload.state != UploadState.OPEN:
        raise UploadClosed
    if upload.received != upload.size:
        raise UploadIncomplete(received=upload.received, declared=upload.size)
    with _whole(upload) as whole:
        yield whole, upload.filename
    # Finished transfers point to their file; a letter itself is not kept.
    _close(upload, UploadState.ABANDONED)


@transaction.atomic
def abandon_idle_uploads(*, actor: Actor) -> int:
    """Drop the pieces of transfers nobody continued for two days; how many."""
    machine_only(actor)
    idle = list(Upload.objects.select_for_update(skip_locked=True).idle_since(clock.now() - IDLE))
    for upload in idle:
        _close(upload, UploadState.ABANDONED)
    return len(idle)


def _locked(actor: Actor, upload_id: UUID) -> Upload:
    own = Upload.objects.select_for_update().filter(pk=upload_id, begun_by_id=actor.account_id)
    return in_scope(own.first())


def _is_repeat(upload: Upload, offset: int, digest: str) -> bool:
    return upload.chunks.filter(offset=offset, sha256=digest).exists()


def _digest(upload: Upload) -> str:
    whole = hashlib.sha256()
    for content in upload.chunks.order_by("offset").values_list("content", flat=True).iterator(chunk_size=4):
        whole.update(content)
    return whole.hexdigest()


def _keep(actor: Actor, upload: Upload) -> FileView:
    with _whole(upload) as whole:
        kept = keep_file(
            actor=actor, stream=whole, filename=upload.filename, owner_party_id=upload.owner_party_id
        )
    upload.file_id = kept.id
    _close(upload, UploadState.FINISHED)
    return kept


@contextmanager
def _whole(upload: Upload) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as whole:
        for content in (
            upload.chunks.order_by("offset").values_list("content", flat=True).iterator(chunk_size=4)
        ):
            whole.write(content)
        whole.seek(0)
        yield whole


def _close(upload: Upload, state: UploadState) -> None:
    upload.state = state
    upload.touched_at = clock.now()
    upload.save(update_fields=["state", "touched_at", "file"])
    upload.chunks.all().delete()
