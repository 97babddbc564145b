"""Running numbers without gaps: codes of dossiers, books of results, receipts."""

from datetime import date
from uuid import UUID

from django.db import connection, models


def next_number(counter: type[models.Model], **series: UUID | date | str | int) -> int:
    """The next number of a series, from 1; other takers wait until this transaction ends, so that none is skipped.

    `counter` is a table with one row a series: the columns of `series`, unique together, and `last`.
    """
    quote = connection.ops.quote_name
    table = quote(counter._meta.db_table)
    names = [quote(name) for name in series]
    columns, values = ", ".join(names), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, last) VALUES ({values}, 1) "  # noqa: S608 - names of our own tables
            f"ON CONFLICT ({columns}) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            list(series.values()),
        )
        (number,) = cursor.fetchone()
    return int(number)
