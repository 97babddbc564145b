"""The record of rows, judged: every row as it stands against the last line that was written of it.

The lines are written by triggers (migration 0005). A row changed behind them does not have the digest its last line says; a
row that came or went behind them has no line, or a line and no row. Lines rewritten to fit are found by the seals
(`kernel.seals`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection, transaction


class Breach(StrEnum):
    """What is wrong with a row or its lines."""

    EDITED = "edited"
    REMOVED = "removed"
    UNRECORDED = "unrecorded"
    GAP = "gap"
    WITHOUT_ACT = "without_act"


@dataclass(frozen=True, slots=True)
class RecordFault:
    """One breach: table and id of the row."""

    table: str
    key: UUID
    kind: Breach


@dataclass(frozen=True, slots=True)
class RecordReport:
    """How many rows and lines were looked at, and what is wrong."""

    rows: int
    lines: int
    faults: tuple[RecordFault, ...]


#: One statement, one moment: what is written meanwhile is seen with its line or not at all.
_JUDGE = """
    WITH lines AS (
      SELECT key, seq, form, act, is_gone, link,
        lag(link) OVER past AS before, lag(seq) OVER past AS seq_before, lag(act) OVER past AS act_before,
        lag(form) OVER past AS form_before, lead(seq) OVER past IS NULL AS is_last
      FROM kernel_record WHERE kind = {kind} WINDOW past AS (PARTITION BY key ORDER BY seq)
    ),
    judged AS (
      SELECT coalesce(l.key, r.id) AS key,
        CASE
          WHEN l.key IS NULL THEN 'unrecorded'
          WHEN r.id IS NULL THEN 'removed'
          WHEN l.is_gone OR l.link <> sha256(coalesce(l.before, '') || {table}_digest(r)) OR l.form <> {form} THEN 'edited'
        END AS fault
      FROM (SELECT * FROM lines WHERE is_last) l FULL JOIN {table} r ON r.id = l.key
    )
    SELECT key, fault FROM judged WHERE fault IS NOT NULL
    UNION ALL
    SELECT key, CASE WHEN seq <> coalesce(seq_before, 0) + 1 THEN 'gap' ELSE 'without_act' END FROM lines
    WHERE seq <> coalesce(seq_before, 0) + 1 OR (act <= act_before AND form = form_before)
    ORDER BY 1, 2
    """


@transaction.atomic
def verify_records() -> RecordReport:
    """Compare every recorded row with its lines."""
    faults: list[RecordFault] = []
    rows = lines = 0
    for kind, table, form in _ask(
        "SELECT kind, name, form FROM kernel_recordkind WHERE columns <> '{}' ORDER BY name"
    ):
        found = _ask(_JUDGE.format(kind=kind, table=table, form=form))
        faults += [RecordFault(table, key, Breach(fault)) for key, fault in found]
        rows += _ask(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - a table of ours
        lines += _ask("SELECT count(*) FROM kernel_record WHERE kind = %s", [kind])[0][0]
    return RecordReport(rows, lines, tuple(faults))


def _ask(statement: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
