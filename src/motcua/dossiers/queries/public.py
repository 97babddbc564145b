"""What anybody may learn: the status of a code, and whether a sealed result still holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules.code import parse_code
from motcua.dossiers.rules.portal_number import parse_portal_number, portal_number
from motcua.dossiers.words import NEXT_WORDS, STATE_NAMES, State
from motcua.kernel.authority import in_scope


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """Status only: no name, no paper, no reason (look-up without log-in). `code` is the portal number before receipt."""

    code: str
    procedure_title: str
    state: str
    state_name: str
    next_words: str
    national_status: int
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    is_ended: bool
    is_paused: bool
    agency: directory.AgencyView


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
    """The status of a dossier by its code, or by the portal number it had from the start, typed with or without care.

    Who is to be asked is the desk until the dossier is received, then who decides. Raises `OutOfScope`.
    """
    dossier = in_scope(_coded(code))
    agency = dossier.competent_id if dossier.received_at else dossier.receiving_id
    return PublicStatus(
        dossier.code or portal_number(dossier.id),
        dossier.procedure_title,
        dossier.state,
        STATE_NAMES[State(dossier.state)],
        NEXT_WORDS[State(dossier.state)],
        dossier.national_status,
        dossier.submitted_at,
        dossier.received_at,
        dossier.due_at,
        not dossier.is_open,
        dossier.is_paused,
        directory.agency(agency),
    )


def _coded(code: str) -> Dossier | None:
    parsed = parse_code(code)
    if parsed is not None:
        return Dossier.objects.filter(code=str(parsed)).first()
    number = parse_portal_number(code)
    if number is None:
        return None
    of_day = Dossier.objects.filter(id__gte=number.first, id__lt=number.beyond)
    found = of_day.annotate(said=Cast("id", TextField())).filter(said__endswith=number.tail)[:2]
    return found[0] if len(found) == 1 else None


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
