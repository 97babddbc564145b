"""Running numbers given out under a row lock, without gaps."""

from datetime import date
from uuid import UUID

from django.db import connection, models


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


def next_in_day(unit: str, day: date) -> int:
    """The next number of the unit that day; other takers wait until this transaction ends, so none is skipped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter (unit, day, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (unit, day) DO UPDATE SET last = dossiers_codecounter.last + 1 RETURNING last",
            [unit, day],
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def next_in_book(agency_id: UUID, book: str, year: int) -> int:
    """The next number of an agency's book in a year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_ledgercounter (agency_id, book, year, last) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (agency_id, book, year) DO UPDATE SET last = dossiers_ledgercounter.last + 1 RETURNING last",
            [agency_id, book, year],
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)
