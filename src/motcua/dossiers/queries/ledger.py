"""The ledger of a desk (form 07): every dossier received in a span of days, in the order of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise

#: More than a desk receives in a year; a longer span is printed in parts.
LONGEST_LEDGER = 5000


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line; `number` is None for dossiers received before lines were numbered."""

    dossier_id: UUID
    number: int | None
    code: str
    procedure_title: str
    sets: int
    applicant_name: str
    reach: str
    agency_name: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    way: str
    receiver: str
    outcome: str


def ledger_lines(
    *, actor: Actor, agency_id: UUID, first: date, last: date, limit: int = LONGEST_LEDGER
) -> Sequence[LedgerLine]:
    """The lines of these days. Raises `PermissionRefused` for those who do not read the agency's dossiers."""
    authorise(actor, "dossier.read", agency_id)
    rows = list(
        Dossier.objects.filter(
            receiving_id=agency_id,
            received_at__gte=datetime.combine(first, time.min, tzinfo=clock.LOCAL),
            received_at__lt=datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.LOCAL),
        )
        .prefetch_related("results")
        .order_by("received_at", "ledger_number", "code")[:limit]
    )
    parties = directory.parties({row.submitter_id for row in rows})
    agencies = directory.agencies({row.competent_id for row in rows})
    return [_line(row, parties.get(row.submitter_id), agencies[row.competent_id].name) for row in rows]


def _line(row: Dossier, submitter: directory.PartyView | None, agency_name: str) -> LedgerLine:
    results = list(row.results.all())
    address = row.contact.get("address") or (submitter.address if submitter else "")
    phone = row.contact.get("phone") or (submitter.phone if submitter else "")
    return LedgerLine(
        row.id,
        row.ledger_number,
        row.code or "",
        row.procedure_title,
        row.sets,
        row.applicant_name,
        ", ".join(part for part in (address, phone) if part),
        agency_name,
        row.received_at or row.submitted_at,
        row.due_at,
        row.returned_at,
        row.return_way,
        results[-1].handed_over_to if results else "",
        row.outcome,
    )
