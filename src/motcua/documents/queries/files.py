"""Reads of kept files and of transfers under way.

Functions that take an `actor` answer only within that actor's own files. Those without one serve packages above,
which have decided by their own scope (a dossier's) that the caller may see the file.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db.models import Q

from motcua.documents.models import FileRecord, Upload
from motcua.documents.models.files import UploadState
from motcua.documents.queries.malware import scanner_policy
from motcua.documents.rules.malware import check_may_open
from motcua.documents.words import MalwareVerdict
from motcua.kernel import storage
from motcua.kernel.authority import Actor, in_scope


@dataclass(frozen=True, slots=True)
class FileView:
    """A kept file. `size` in bytes; `pages` None where the notion does not apply; `malware` what is known of its bytes."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    filename: str
    pages: int | None
    owner_party_id: UUID | None
    kept_at: datetime
    malware: MalwareVerdict

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_unchecked(self) -> bool:
        """Nobody looked for malware in it: people are told so beside its name."""
        return self.malware is MalwareVerdict.UNCHECKED


@dataclass(frozen=True, slots=True)
class UploadView:
    """A transfer: `offset` is where the next piece begins; `file` once finished."""

    id: UUID
    filename: str
    size: int
    offset: int
    is_open: bool
    file_id: UUID | None


def file(file_id: UUID) -> FileView:
    """A file by id, for packages above that checked their own scope. `OutOfScope` if there is none."""
    return file_view(in_scope(FileRecord.objects.filter(pk=file_id).first()))


def file_for(actor: Actor, file_id: UUID) -> FileView:
    """A file the actor kept or owns; anything else does not exist for them (`OutOfScope`)."""
    record = in_scope(FileRecord.objects.filter(pk=file_id).first())
    is_own = record.owner_party_id in actor.party_ids if record.owner_party_id else False
    kept = actor.account_id is not None and record.kept_by_id == actor.account_id
    return file_view(in_scope(record if is_own or kept else None))


def usable_files(
    actor: Actor, file_ids: Collection[UUID], owners: Collection[UUID] = ()
) -> dict[UUID, FileView]:
    """Of these files, those the actor may hand on: kept by them, their own, or belonging to `owners`. One statement."""
    mine = Q(owner_party_id__in={*actor.party_ids, *owners})
    if actor.account_id is not None:
        mine |= Q(kept_by_id=actor.account_id)
    return {row.id: file_view(row) for row in FileRecord.objects.filter(mine, pk__in=file_ids)}


def open_file(file_id: UUID) -> IO[bytes]:
    """The bytes of a kept file. Refuses: `FileHeld`, `FileInfected`; `ContentMissing` if the store lost them."""
    wanted = FileRecord.objects.filter(pk=file_id).only("sha256", "filename", "malware", "malware_note")
    record = in_scope(wanted.first())
    check_may_open(MalwareVerdict(record.malware), scanner_policy(), record.filename, record.malware_note)
    return storage.store().open(record.sha256)


def upload_for(actor: Actor, upload_id: UUID) -> UploadView:
    """A transfer the actor began: where to go on after a dropped connection."""
    found = Upload.objects.filter(pk=upload_id, begun_by_id=actor.account_id).first()
    return upload_view(in_scope(found))


def file_view(record: FileRecord) -> FileView:
    return FileView(
        id=record.id,
        sha256=record.sha256,
        size=record.size,
        media_type=record.media_type,
        filename=record.filename,
        pages=record.pages,
        owner_party_id=record.owner_party_id,
        kept_at=record.kept_at,
        malware=MalwareVerdict(record.malware),
    )


def upload_view(upload: Upload) -> UploadView:
    is_open = upload.state == UploadState.OPEN
    return UploadView(upload.id, upload.filename, upload.size, upload.received, is_open, upload.file_id)
