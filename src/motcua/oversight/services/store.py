"""Adding deltas to the stored facts and their roll-ups: one statement per table, whatever the size of the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from motcua.oversight.rules.facts import Cell, Counts, Deltas
from motcua.oversight.rules.measures import MEASURES
from motcua.oversight.rules.periods import bucket
from motcua.oversight.words import Grain

RollupKey = tuple[str, str, str, date, str]

_FACT_KEY = (
    ("day", "date"),
    ("competent", "text"),
    ("receiving", "text"),
    ("procedure", "text"),
    ("channel", "text"),
)
_FACT_MORE = (("province", "text"), ("level", "text"))
_ROLLUP_KEY = (
    ("side", "text"),
    ("procedure", "text"),
    ("grain", "text"),
    ("bucket", "date"),
    ("agency", "text"),
)
_STEP = 4000


def rollups_of(deltas: Deltas) -> dict[RollupKey, Counts]:
    """The same deltas summed for each agency, side and bucket; single procedures by month and year only."""
    result: dict[RollupKey, Counts] = {}
    for cell, counts in deltas.items():
        for key in _rollup_keys(cell):
            target = result.setdefault(key, {})
            for measure, value in counts.items():
                target[measure] = target.get(measure, 0) + value
    return result


def _rollup_keys(cell: Cell) -> Iterable[RollupKey]:
    month, year = bucket(cell.day, Grain.MONTH), bucket(cell.day, Grain.YEAR)
    for side, agency in (("c", cell.competent), ("r", cell.receiving), ("p", cell.province)):
        yield side, "", "d", cell.day, agency
        for grain, first in (("m", month), ("y", year)):
            yield side, "", grain, first, agency
            yield side, cell.procedure, grain, first, agency


def add_to_store(deltas: Deltas) -> None:
    """Add to facts and roll-ups. The caller holds the transaction; keys are sorted so that writers never deadlock."""
    facts = [
        (
            (
                cell.day,
                cell.competent,
                cell.receiving,
                cell.procedure,
                cell.channel,
                cell.province,
                cell.level,
            ),
            counts,
        )
        for cell, counts in deltas.items()
    ]
    _add("oversight_fact", _FACT_KEY, _FACT_MORE, facts)
    _add("oversight_rollup", _ROLLUP_KEY, (), list(rollups_of(deltas).items()))


def empty_store(province: str | None = None) -> None:
    """Forget every fact (of one province), inside the caller's transaction; readers see the old ones until it commits."""
    with connection.cursor() as cursor:
        for table in ("oversight_fact", "oversight_counteddossier"):
            statement = f"DELETE FROM {table} WHERE %s::text IS NULL OR province = %s"  # noqa: S608 - constants
            cursor.execute(statement, [province, province])
        cursor.execute(
            "DELETE FROM oversight_rollup WHERE %s::text IS NULL OR agency = %s OR agency LIKE %s || '.%%'",
            [province] * 3,
        )


def _add(
    table: str,
    key: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, str]],
    rows: Sequence[tuple[tuple[Any, ...], Mapping[str, int]]],
) -> None:
    ordered = sorted(rows, key=lambda row: row[0])
    for start in range(0, len(ordered), _STEP):
        _add_some(table, key, more, ordered[start : start + _STEP])


def _array(texts: Sequence[str]) -> str:
    """An array as PostgreSQL writes it: the driver's own way looks at every number of hundreds of thousands."""
    return "{" + ",".join(texts) + "}"


def _quoted(value: object) -> str:
    """A code or a day; neither holds a quote or a backslash, and the database would refuse the array if one did."""
    return f'"{value}"'


def _add_some(
    table: str,
    key: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, str]],
    rows: Sequence[tuple[tuple[object, ...], Mapping[str, int]]],
) -> None:
    touched = {measure for _, counts in rows for measure in counts}
    measures = [measure for measure in MEASURES if measure.key in touched]
    columns = [*key, *more, *((m.key, "bigint" if m.is_wide else "int") for m in measures)]
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
    conflict = ", ".join(name for name, _ in key)
    sums = ", ".join(f"{m.key} = {table}.{m.key} + EXCLUDED.{m.key}" for m in measures)
    values = [_array([_quoted(row[0][place]) for row in rows]) for place in range(len(key) + len(more))]
    values += [_array([str(counts.get(m.key, 0)) for _, counts in rows]) for m in measures]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - names are constants of this package
            f"ON CONFLICT ({conflict}) DO UPDATE SET {sums}",
            values,
        )
