"""Running numbers given out under a row lock, without gaps."""

from datetime import date
from uuid import UUID

from django.db import models

from motcua.kernel.numbering import next_number, next_two

#: The book in which results are numbered.
RESULTS_BOOK = "results"
#: The ledger (form 07) in which received dossiers are numbered: one book a year.
RECEPTION_BOOK = "reception"


class CodeCounter(models.Model):
    """Last running number of a unit on a day."""

    id = models.BigAutoField(primary_key=True)
    unit = models.TextField()
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="code_counter_unit_day")]


class LedgerCounter(models.Model):
    """Last number of a book (results, receipts book of form 07) of an agency in a year; closed with the year."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    book = models.TextField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "book", "year"], name="ledger_counter_book")
        ]


class VoidNumber(models.Model):
    """A number of a book that was reserved and never stood on a signed paper. Rows are only added."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    book = models.TextField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dossier_id = models.UUIDField()
    reserved_at = models.DateTimeField()
    voided_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "book", "year", "number"], name="void_number_once")
        ]


def next_in_day(unit: str, day: date) -> int:
    """The next number of the unit that day."""
    return next_number(CodeCounter, unit=unit, day=day)


def next_received(unit: str, day: date, agency_id: UUID) -> tuple[int, int]:
    """The next number of the unit that day, and the next of its agency's ledger that year: one statement, two rows locked."""
    return next_two(
        (CodeCounter, {"unit": unit, "day": day}),
        (LedgerCounter, {"agency_id": agency_id, "book": RECEPTION_BOOK, "year": day.year}),
    )


def next_in_book(agency_id: UUID, book: str, year: int) -> int:
    """The next number of an agency's book in a year."""
    return next_number(LedgerCounter, agency_id=agency_id, book=book, year=year)
