"""Rebuilding in bulk: contributions go by COPY into staging tables and are summed by the database in one step."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import Final

from django.db import connection

from motcua.oversight.models import CountedDossier
from motcua.oversight.rules.facts import Deltas, gather
from motcua.oversight.rules.measures import KEYS, POSITION
from motcua.oversight.services.counted import COUNTED_COLUMNS, copy_in, counted_line
from motcua.oversight.services.store import empty_store

FACT_COLUMNS: Final = ("day", "competent", "receiving", "procedure", "channel", "province", "level", *KEYS)
_ZEROS: Final = ("0",) * len(KEYS)


def open_staging() -> None:
    """Empty staging tables; unlogged, for they can be made again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS oversight_stage_fact, oversight_stage_counted;"
            "CREATE UNLOGGED TABLE oversight_stage_fact (LIKE oversight_fact INCLUDING DEFAULTS);"
            "CREATE UNLOGGED TABLE oversight_stage_counted (LIKE oversight_counteddossier INCLUDING DEFAULTS)"
        )


def close_staging() -> None:
    """Drop them."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS oversight_stage_fact, oversight_stage_counted")


def stage(rows: Iterable[tuple[CountedDossier, Deltas]]) -> int:
    """Write counted dossiers and their contributions into staging; returns how many dossiers."""
    sums: Deltas = {}
    counted, number = StringIO(), 0
    for row, cells in rows:
        gather(sums, cells)
        counted.write(counted_line(row))
        number += 1
    facts = StringIO()
    facts.writelines(fact_lines(sums))
    copy_in("oversight_stage_counted", COUNTED_COLUMNS, counted)
    copy_in("oversight_stage_fact", FACT_COLUMNS, facts)
    return number


def adopt_staging(province: str | None = None) -> None:
    """Replace the stored facts (of one province) by what was staged. The caller holds the transaction and the pen."""
    empty_store(province)
    key, rest = FACT_COLUMNS[:5], FACT_COLUMNS[7:]
    sums = ", ".join(f"sum({name})" for name in rest)
    names = ", ".join((*key, "province", "level", *rest))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(
            f"INSERT INTO oversight_fact ({names}) SELECT {', '.join(key)}, min(province), min(level), {sums} "  # noqa: S608 - constants
            f"FROM oversight_stage_fact GROUP BY {', '.join(key)} "
            f"HAVING {' OR '.join(f'sum({name}) <> 0' for name in rest)}"
        )
        columns = ", ".join(COUNTED_COLUMNS)
        cursor.execute(
            f"INSERT INTO oversight_counteddossier ({columns}) SELECT {columns} FROM oversight_stage_counted"  # noqa: S608 - constants
        )
    sum_rollups(province)


def sum_rollups(province: str | None = None) -> None:
    """Make every roll-up from the facts (of one province); there must be none yet."""
    sums = ", ".join(f"sum({name})" for name in KEYS)
    names = ", ".join(KEYS)
    with connection.cursor() as cursor:
        for side, column in (("c", "competent"), ("r", "receiving"), ("p", "province")):
            for grain, unit, procedure in _GRAINS:
                cursor.execute(
                    f"INSERT INTO oversight_rollup (side, procedure, grain, bucket, agency, {names}) "  # noqa: S608 - constants
                    f"SELECT '{side}', {procedure}, '{grain}', date_trunc('{unit}', day)::date, {column}, {sums} "
                    f"FROM oversight_fact WHERE %s::text IS NULL OR province = %s GROUP BY 2, 4, 5",
                    [province, province],
                )


_GRAINS: Final = (
    ("d", "day", "''"),
    ("m", "month", "''"),
    ("y", "year", "''"),
    ("m", "month", "procedure"),
    ("y", "year", "procedure"),
)


def fact_lines(cells: Deltas) -> Iterable[str]:
    """Lines of COPY text for facts."""
    for cell, counts in cells.items():
        values = list(_ZEROS)
        for key, value in counts.items():
            values[POSITION[key]] = str(value)
        head = (cell.day.isoformat(), cell.competent, cell.receiving, cell.procedure, cell.channel)
        yield "\t".join((*head, cell.province, cell.level, *values)) + "\n"
