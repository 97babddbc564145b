"""Facts made in bulk: contributions go by COPY into tables beside those in use, which then take their place at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from django.db import connection

from motcua.kernel.replacing import anew, drop_anew, index_statements, open_anew, put_in_place
from motcua.oversight.models import Fact
from motcua.oversight.rules.facts import Deltas, gather
from motcua.oversight.rules.measures import KEYS, POSITION
from motcua.oversight.services.counted import COUNTED_COLUMNS, Counted, copy_in, counted_line
from motcua.oversight.services.store import empty_store

FACT_COLUMNS: Final = ("day", "competent", "receiving", "procedure", "channel", "province", "level", *KEYS)
_ZEROS: Final = ("0",) * len(KEYS)
_FACTS, _ROLLUPS, _COUNTED = "oversight_fact", "oversight_rollup", "oversight_counteddossier"
_TABLES: Final = (_FACTS, _ROLLUPS, _COUNTED)
_ROWS: Final = 5000  # counted dossiers to a COPY
_CELLS: Final = 100_000  # cells held in memory before they are written

Run = Callable[[Sequence[str]], None]


def open_staging() -> None:
    """Empty tables beside the stored facts."""
    open_anew(_TABLES)


def close_staging() -> None:
    """Drop what is left of them."""
    drop_anew(_TABLES)


class Stage:
    """Counted dossiers and the sum of their contributions on the way into staging.

    The cells of one receiving agency belong into one stage: then no cell is written twice. `is_split` tells that it happened
    all the same, because there were too many to hold.
    """

    def __init__(self) -> None:
        self.number = 0
        self.is_split = False
        self._sums: Deltas = {}
        self._lines: list[str] = []

    def add(self, row: Counted, cells: Deltas) -> None:
        gather(self._sums, cells)
        self._lines.append(counted_line(row))
        self.number += 1
        if len(self._lines) == _ROWS:
            self._write_counted()
            if len(self._sums) > _CELLS:
                self._write_facts()
                self.is_split = True

    def close(self) -> None:
        """Write what waits."""
        self._write_counted()
        self._write_facts()

    def _write_counted(self) -> None:
        copy_in(anew(_COUNTED), COUNTED_COLUMNS, self._lines)
        self._lines = []

    def _write_facts(self) -> None:
        copy_in(anew(_FACTS), FACT_COLUMNS, fact_lines(self._sums))
        self._sums = {}


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage that is written out at the end.

    Meanwhile nothing is collected: counting makes very many small values and no cycles, and to look through them again and
    again costs a third of the work.
    """
    stage = Stage()
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield stage
        stage.close()
    finally:
        if was_collecting:
            gc.enable()


def one_by_one(statements: Sequence[str]) -> None:
    """Run statements on this connection, inside the transaction of the caller."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def side_by_side(statements: Sequence[str]) -> None:
    """Run statements on two connections of their own, each committed by itself."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_alone, statements))


def _alone(statement: str) -> None:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'")
            cursor.execute(statement)
    finally:
        own.close()


def adopt_staging(province: str | None = None, *, is_split: bool = False, run: Run = one_by_one) -> None:
    """Replace the stored facts (of one province) by what was staged. The caller holds the transaction and the pen.

    `run` says how the statements are run; side by side only if staging was committed.
    """
    if is_split:
        _sum_alike(run)
    if province is not None and Fact.objects.exclude(province=province).exists():
        _put_among_others(province)
        return
    run(_rollup_statements(anew(_FACTS), anew(_ROLLUPS)))
    run([statement for table in (_COUNTED, _FACTS, _ROLLUPS) for statement in index_statements(table)])
    run([f"ANALYZE {anew(table)}" for table in _TABLES])
    put_in_place(_TABLES)


def _sum_alike(run: Run) -> None:
    """Cells that were written in parts become one row each."""
    key, rest = FACT_COLUMNS[:5], FACT_COLUMNS[7:]
    names = ", ".join((*key, "province", "level", *rest))
    sums = ", ".join(f"sum({name})" for name in rest)
    table, parts = anew(_FACTS), f"{_FACTS}_parts"
    run(
        [
            f"DROP TABLE IF EXISTS {parts}; ALTER TABLE {table} RENAME TO {parts}; "  # noqa: S608 - constants
            f"CREATE TABLE {table} (LIKE {parts} INCLUDING DEFAULTS INCLUDING CONSTRAINTS); "
            f"INSERT INTO {table} ({names}) SELECT {', '.join(key)}, min(province), min(level), {sums} "
            f"FROM {parts} GROUP BY {', '.join(key)} HAVING {' OR '.join(f'sum({name}) <> 0' for name in rest)}; "
            f"DROP TABLE {parts}"
        ]
    )


def _put_among_others(province: str) -> None:
    """Row by row: there are other provinces, and their rows stay as they are."""
    empty_store(province)
    for table, columns in ((_FACTS, FACT_COLUMNS), (_COUNTED, COUNTED_COLUMNS)):
        names = ", ".join(columns)
        one_by_one([f"INSERT INTO {table} ({names}) SELECT {names} FROM {anew(table)}"])  # noqa: S608 - constants
    one_by_one(_rollup_statements(anew(_FACTS), _ROLLUPS))
    close_staging()


def sum_rollups(run: Run = one_by_one) -> None:
    """Make every roll-up from the facts; there must be none yet."""
    run(_rollup_statements(_FACTS, _ROLLUPS))


def _rollup_statements(facts: str, rollups: str) -> list[str]:
    """For each side, over all procedures and for each procedure: the finest sums from the facts, the others from those."""
    sides = (("c", "competent"), ("r", "receiving"), ("p", "province"))
    return [
        _rollup_statement(facts, rollups, side, column, is_by_procedure=is_by_procedure)
        for side, column in sides
        for is_by_procedure in (True, False)
    ]


def _rollup_statement(facts: str, rollups: str, side: str, column: str, *, is_by_procedure: bool) -> str:
    names = ", ".join(KEYS)
    sums = ", ".join(f"sum({name})::bigint AS {name}" for name in KEYS)
    procedure = "procedure" if is_by_procedure else "''"
    grains = (
        (("m", "month"), ("y", "year")) if is_by_procedure else (("d", "day"), ("m", "month"), ("y", "year"))
    )
    source, day, agency, parts = facts, "day", column, []
    for grain, unit in grains:
        bucket = f"date_trunc('{unit}', {day})::date"
        parts.append(
            f"{grain} AS MATERIALIZED (SELECT {bucket} AS bucket, {agency} AS agency, {procedure} AS procedure, {sums} "  # noqa: S608 - constants
            f"FROM {source} GROUP BY 1, 2, 3)"
        )
        source, day, agency = grain, "bucket", "agency"
    rows = " UNION ALL ".join(
        f"SELECT '{side}', procedure, '{grain}', bucket, agency, {names} FROM {grain}"  # noqa: S608 - constants
        for grain, _ in grains
    )
    head = f"INSERT INTO {rollups} (side, procedure, grain, bucket, agency, {names})"
    return f"{head} WITH {', '.join(parts)} {rows}"


def fact_lines(cells: Deltas) -> Iterator[str]:
    """Lines of COPY text for facts; cells whose counts cancel out are no facts."""
    for cell, counts in cells.items():
        values = list(_ZEROS)
        for key, value in counts.items():
            values[POSITION[key]] = str(value)
        if any(counts.values()):
            head = (cell.day.isoformat(), cell.competent, cell.receiving, cell.procedure, cell.channel)
            yield "\t".join((*head, cell.province, cell.level, *values)) + "\n"
