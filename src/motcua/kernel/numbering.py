"""Running numbers without gaps: codes of dossiers, books of results, receipts."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection, models

from motcua.kernel.statements import Statement, as_text, quoted


def next_number(counter: type[models.Model], **series: UUID | date | str | int) -> int:
    """The next number of a series, from 1; other takers wait until this transaction ends, so that none is skipped.

    `counter` is a table with one row a series: the columns of `series`, unique together, and `last`.
    """
    ((number,),) = _taking(counter, tuple(series))(*(as_text(value) for value in series.values()))
    return int(number)


Series = tuple[type[models.Model], Mapping[str, UUID | date | str | int]]


def next_two(first: Series, second: Series) -> tuple[int, int]:
    """The next numbers of two series in one round trip; the row of the first is locked before that of the second."""
    values = [as_text(value) for _, series in (first, second) for value in series.values()]
    ((one, other),) = _taking_two(first[0], tuple(first[1]), second[0], tuple(second[1]))(*values)
    return int(one), int(other)


@cache
def _taking_two(
    first: type[models.Model],
    first_series: tuple[str, ...],
    second: type[models.Model],
    second_series: tuple[str, ...],
) -> Statement:
    tables = quoted(first._meta.db_table), quoted(second._meta.db_table)
    columns = tuple(", ".join(map(quoted, series)) for series in (first_series, second_series))
    counts = len(first_series), len(first_series) + len(second_series)
    places = ", ".join(f"${number + 1}" for number in range(counts[0]))
    types = [_type_of(second, name) for name in second_series]
    later = ", ".join(f"${counts[0] + at + 1}::{kind}" for at, kind in enumerate(types))
    return Statement(
        f"WITH one AS (INSERT INTO {tables[0]} ({columns[0]}, last) VALUES ({places}, 1) "  # noqa: S608 - names of our own tables
        f"ON CONFLICT ({columns[0]}) DO UPDATE SET last = {tables[0]}.last + 1 RETURNING last), "
        f"two AS (INSERT INTO {tables[1]} ({columns[1]}, last) SELECT {later}, 1 FROM one "
        f"ON CONFLICT ({columns[1]}) DO UPDATE SET last = {tables[1]}.last + 1 RETURNING last) "
        "SELECT one.last, two.last FROM one, two"
    )


def _type_of(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).db_type(connection))


@cache
def _taking(counter: type[models.Model], series: tuple[str, ...]) -> Statement:
    table, columns = quoted(counter._meta.db_table), ", ".join(quoted(name) for name in series)
    places = ", ".join(f"${number}" for number in range(1, len(series) + 1))
    return Statement(
        f"INSERT INTO {table} ({columns}, last) VALUES ({places}, 1) "  # noqa: S608 - names of our own tables
        f"ON CONFLICT ({columns}) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
