"""What anybody may learn: the status of a code, and whether a sealed result still holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules.code import parse_code
from motcua.dossiers.words import STATE_NAMES, State
from motcua.kernel.errors import OutOfScope


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """Status only: no name, no paper, no reason (look-up without log-in)."""

    code: str
    procedure_title: str
    state_name: str
    national_status: int
    received_at: datetime | None
    due_at: datetime | None
    is_ended: bool


@dataclass(frozen=True, slots=True)
class ResultStanding:
    """What became of an issued result."""

    result_id: UUID
    dossier_code: str
    title: str
    symbol: str
    issued_at: datetime | None
    replaced_by_id: UUID | None
    replaced_reason: str


def track(code: str) -> PublicStatus:
    """The status of a dossier by its code, typed with or without care. Raises `OutOfScope`."""
    parsed = parse_code(code)
    dossier = Dossier.objects.filter(code=str(parsed)).first() if parsed else None
    if dossier is None or dossier.code is None:
        raise OutOfScope
    return PublicStatus(
        dossier.code,
        dossier.procedure_title,
        STATE_NAMES[State(dossier.state)],
        dossier.national_status,
        dossier.received_at,
        dossier.due_at,
        not dossier.is_open,
    )


def result_of_file(file_id: UUID) -> ResultStanding | None:
    """The issued result whose sealed file this is, or None."""
    row = (
        Result.objects.filter(sealed_file_id=file_id, issued_at__isnull=False)
        .select_related("dossier", "replaced_by")
        .first()
    )
    if row is None:
        return None
    replacement = getattr(row, "replaced_by", None)
    return ResultStanding(
        row.id,
        row.dossier.code or "",
        row.title,
        row.symbol,
        row.issued_at,
        replacement.id if replacement and replacement.issued_at else None,
        replacement.replaced_reason if replacement else "",
    )
