"""Which issued paper a file carries: found by the file, by its signed revisions, or by what it was signed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from motcua.documents.models import FileRecord, Paper, SignatureAttempt, SignedRevision

_MOST_SIGNINGS = 16


@dataclass(frozen=True, slots=True)
class Issued:
    """`is_exact`: the very file. `is_incomplete`: less than what was issued, a state from before its last signature."""

    row: Paper
    is_exact: bool
    is_incomplete: bool
    revision: str = ""


def find_issued(digest: str, revisions: Sequence[str]) -> Issued | None:
    """The paper of the file with this digest, else of its newest signed revision that belongs to one. An ended paper first."""
    exact = _papers().filter(file__sha256=digest).first()
    if exact is not None:
        return Issued(exact, is_exact=True, is_incomplete=False)
    for revision in reversed(revisions):
        row = _papers().filter(file__sha256=revision).first()
        if row is not None:
            return Issued(row, is_exact=False, is_incomplete=False, revision=revision)
        row = _paper_with(revision)
        if row is not None:
            return Issued(row, is_exact=False, is_incomplete=not _holds_all(row, revision), revision=revision)
    return None


def _papers() -> QuerySet[Paper]:
    return Paper.objects.issued().select_related("file", "replaced_by__file")


def _paper_with(revision: str) -> Paper | None:
    """Signed revisions are written down at signing; before that was so, the files of each signing tell the same."""
    files = set(SignedRevision.objects.filter(sha256=revision).values_list("file_id", flat=True))
    files |= _signed_from(set(FileRecord.objects.filter(sha256=revision).values_list("id", flat=True)))
    return _papers().filter(file_id__in=files).first() if files else None


def _signed_from(files: set[UUID]) -> set[UUID]:
    """What became of these files by signing them further."""
    found: set[UUID] = set()
    for _ in range(_MOST_SIGNINGS):
        later = SignatureAttempt.objects.filter(file_id__in=files, signed_file_id__isnull=False)
        files = {each for each in later.values_list("signed_file_id", flat=True) if each} - found
        if not files:
            break
        found |= files
    return found


def _holds_all(row: Paper, revision: str) -> bool:
    """Whether no signature of the issued file came after this revision (only archival data did)."""
    later = (
        SignedRevision.objects.filter(file_id=row.file_id)
        .order_by("-position")
        .values_list("sha256", flat=True)
    )
    return later.first() == revision
