"""Keeping files."""

import tempfile
from dataclasses import replace
from typing import IO
from uuid import UUID

from django.conf import settings

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import SNIFF
from motcua.documents.errors import FileTooLarge
from motcua.documents.models import FileRecord
from motcua.documents.queries import FileView, file_view
from motcua.documents.rules.files import check_label, check_passive, check_size, clean_filename, readable_size
from motcua.documents.services.malware import MADE_HERE, check_content
from motcua.kernel import clock, storage
from motcua.kernel.authority import Actor, ActorKind
from motcua.kernel.errors import PermissionRefused

_BLOCK = 1 << 20
_IN_MEMORY = 8 << 20


def keep_file(
    *,
    actor: Actor,
    stream: IO[bytes],
    filename: str,
    owner_party_id: UUID | None = None,
    is_made_here: bool = False,
) -> FileView:
    """Keep the bytes of `stream` and answer with their record. Never inside a transaction: others look at the bytes first.

    `is_made_here`: set in type or bound by this system, so that nobody is asked about malware.

    The type is read from the bytes; the name is cleaned and must not claim another type. A person keeps for the
    parties they act for; officers and the system for anyone. Refuses: `FileZeroBytes`, `FileTooLarge` (setting
    `MOTCUA_UPLOAD_MAX_BYTES`), `FileNotAllowed`, `FileMislabelled`, `FileEncrypted`, `FileDamaged`, `FileActive`,
    `FileInfected`, `DecodingRefused`, `DecodersBusy`, `PermissionRefused`; by the policy of the installation also
    `MalwareScannerSilent`, `FileUncheckable`.
    """
    check_may_keep(actor, owner_party_id)
    name = clean_filename(filename)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        size = _copy(stream, spool, settings.MOTCUA_UPLOAD_MAX_BYTES)
        check_size(size, settings.MOTCUA_UPLOAD_MAX_BYTES)
        limits = SNIFF.limits.for_size(size)
        sniffed = decode(replace(SNIFF, limits=limits), spool, filename=name)
        name = check_label(name, sniffed.media_type or None)
        check_passive(name, sniffed.active)
        spool.seek(0)
        check = MADE_HERE if is_made_here else check_content(spool, size=size, filename=name)
        spool.seek(0)
        stored = storage.store().put(spool)
    record = FileRecord.objects.create(
        sha256=stored.sha256,
        size=stored.size,
        media_type=sniffed.media_type,
        pages=sniffed.pages,
        filename=name,
        owner_party_id=owner_party_id,
        kept_by_id=actor.account_id,
        kept_at=clock.now(),
        malware=check.verdict,
        malware_note=check.note,
        checked_by=check.by,
        checked_at=check.at,
    )
    return file_view(record)


def check_may_keep(actor: Actor, owner_party_id: UUID | None) -> None:
    """A person keeps only for the parties they act for; somebody without a name keeps nothing."""
    if actor.kind in (ActorKind.SYSTEM, ActorKind.OFFICER):
        return
    acts_for_owner = owner_party_id is None or owner_party_id in actor.party_ids
    if actor.kind is ActorKind.ANONYMOUS or not acts_for_owner:
        raise PermissionRefused(permission="documents.keep")


def _copy(source: IO[bytes], target: IO[bytes], largest: int) -> int:
    """Stops reading as soon as it is too much: the limit protects the disk, not only the rule."""
    size = 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > largest:
            raise FileTooLarge(size=f"> {readable_size(largest)}", largest=readable_size(largest))
        target.write(block)
    return size
