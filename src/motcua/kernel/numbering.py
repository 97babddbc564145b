"""Running numbers without gaps: codes of dossiers, books of results, receipts."""

from datetime import date
from functools import cache
from uuid import UUID

from django.db import models

from motcua.kernel.statements import Statement, as_text, quoted


def next_number(counter: type[models.Model], **series: UUID | date | str | int) -> int:
    """The next number of a series, from 1; other takers wait until this transaction ends, so that none is skipped.

    `counter` is a table with one row a series: the columns of `series`, unique together, and `last`.
    """
    ((number,),) = _taking(counter, tuple(series))(*(as_text(value) for value in series.values()))
    return int(number)


@cache
def _taking(counter: type[models.Model], series: tuple[str, ...]) -> Statement:
    table, columns = quoted(counter._meta.db_table), ", ".join(quoted(name) for name in series)
    places = ", ".join(f"${number}" for number in range(1, len(series) + 1))
    return Statement(
        f"INSERT INTO {table} ({columns}, last) VALUES ({places}, 1) "  # noqa: S608 - names of our own tables
        f"ON CONFLICT ({columns}) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
