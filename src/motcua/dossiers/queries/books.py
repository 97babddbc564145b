"""The book of results of an agency: every number from one to the last, used, reserved or void."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.dossiers.models import Dossier, LedgerCounter, Result, VoidNumber
from motcua.dossiers.models.counters import RESULTS_BOOK
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise


class NumberStanding(StrEnum):
    """What became of a number; `missing` is a gap that nobody can explain."""

    USED = "used"
    RESERVED = "reserved"
    VOID = "void"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class BookLine:
    """A number of the book. `reason` where it is void."""

    number: int
    standing: NumberStanding
    symbol: str = ""
    title: str = ""
    dossier_id: UUID | None = None
    dossier_code: str = ""
    at: datetime | None = None
    reason: str = ""


def results_book(
    *, actor: Actor, agency_id: UUID, year: int, before: int | None = None, limit: int = 100
) -> Sequence[BookLine]:
    """The lines of a book from its last number down; `before` goes on from there. Every number has a line, so that a gap
    shows. Raises `PermissionRefused` (needs `dossier.number_and_seal` or `audit.read` in the agency).
    """
    if not actor.may("audit.read", agency_id):
        authorise(actor, "dossier.number_and_seal", agency_id)
    book = LedgerCounter.objects.filter(agency_id=agency_id, book=RESULTS_BOOK, year=year)
    last = min(before - 1 if before else 1 << 31, book.values_list("last", flat=True).first() or 0)
    first = max(1, last - limit + 1)
    lines = {line.number: line for line in _results(agency_id, year, first, last)}
    lines |= {line.number: line for line in _void(agency_id, year, first, last)}
    missing = NumberStanding.MISSING
    return [lines.get(number) or BookLine(number, missing) for number in range(last, first - 1, -1)]


def _results(agency_id: UUID, year: int, first: int, last: int) -> list[BookLine]:
    begins = datetime(year, 1, 1, tzinfo=clock.LOCAL)
    rows = Result.objects.filter(
        book_agency_id=agency_id,
        numbered_at__gte=begins,
        numbered_at__lt=begins.replace(year=year + 1),
        number__range=(first, last),
    ).select_related("dossier")
    return [
        BookLine(
            number=row.number or 0,
            standing=NumberStanding.USED if row.signed_at else NumberStanding.RESERVED,
            symbol=row.symbol,
            title=row.title,
            dossier_id=row.dossier_id,
            dossier_code=row.dossier.code or "",
            at=row.signed_at or row.numbered_at,
        )
        for row in rows
    ]


def _void(agency_id: UUID, year: int, first: int, last: int) -> list[BookLine]:
    rows = list(
        VoidNumber.objects.filter(
            agency_id=agency_id, book=RESULTS_BOOK, year=year, number__range=(first, last)
        )
    )
    codes = dict(Dossier.objects.filter(pk__in={row.dossier_id for row in rows}).values_list("id", "code"))
    return [
        BookLine(
            number=row.number,
            standing=NumberStanding.VOID,
            dossier_id=row.dossier_id,
            dossier_code=codes.get(row.dossier_id) or "",
            at=row.voided_at,
            reason=row.reason,
        )
        for row in rows
    ]
