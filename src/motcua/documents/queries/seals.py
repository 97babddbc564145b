"""Signed copies that wait for the agency's seal, for the clerk who keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from motcua.documents.models import ScanPaper
from motcua.documents.models.scans import ScanPaperQuerySet
from motcua.documents.queries.files import FileView, file_view
from motcua.kernel.authority import Actor, in_scope


@dataclass(frozen=True, slots=True)
class CopyToSeal:
    """A signed copy. `kind`: what the paper was recognised as; `title`: as recorded."""

    id: UUID
    agency_id: UUID
    dossier_id: UUID | None
    dossier_code: str
    kind: str
    title: str
    code: str
    file: FileView
    signed_at: datetime


def copies_to_seal(
    *, actor: Actor, agency_id: UUID, only_waived: bool = False, limit: int = 100
) -> Sequence[CopyToSeal]:
    """Copies of the agency that wait for its seal, oldest first; with `only_waived` those the clerk left without, newest
    first. One statement; nothing for who does not keep the seal.
    """
    rows = ScanPaper.objects.sealed_by(actor).filter(batch__agency_id=agency_id)
    if only_waived:
        rows = rows.filter(sealed_at=None).exclude(seal_waived_at=None).order_by("-seal_waived_at", "id")
    else:
        rows = rows.waiting_for_seal().order_by("signed_at", "id")
    return [_view(row) for row in rows.select_related("batch", "file", "paper")[:limit]]


def copies_to_seal_counts(*, actor: Actor) -> Mapping[UUID, int]:
    """How many copies wait, by the agency whose seal they wait for. One statement."""
    rows = ScanPaper.objects.sealed_by(actor).waiting_for_seal().order_by()
    counted = rows.values("batch__agency_id").annotate(copies=Count("id"))
    return {row["batch__agency_id"]: row["copies"] for row in counted}


def copy_file(*, actor: Actor, copy_id: UUID) -> FileView:
    """The file of a copy that waits for a seal the actor keeps, or was left without. Raises `OutOfScope`."""
    rows: ScanPaperQuerySet = ScanPaper.objects.sealed_by(actor).filter(sealed_at=None)
    return file_view(in_scope(in_scope(rows.select_related("file").filter(pk=copy_id).first()).file))


def _view(row: ScanPaper) -> CopyToSeal:
    return CopyToSeal(
        id=row.id,
        agency_id=row.batch.agency_id,
        dossier_id=row.batch.dossier_id,
        dossier_code=row.batch.dossier_code,
        kind=row.kind,
        title=row.paper.title if row.paper else "",
        code=row.code,
        file=file_view(in_scope(row.file)),
        signed_at=in_scope(row.signed_at),
    )
