"""The record of rows, judged: every row as it stands against the last line that was written of it.

The lines are written by triggers (migrations 0005 and 0009). A row changed behind them does not have the digest its last line
says; a row that came or went behind them has no line, or a line and no row. Lines rewritten to fit are found by the seals
(`kernel.seals`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
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


_LINES = """
    WITH lines AS (
      SELECT key, seq, form, act, is_gone, link,
        lag(link) OVER past AS before, lag(seq) OVER past AS seq_before, lag(act) OVER past AS act_before,
        lag(form) OVER past AS form_before, lead(seq) OVER past IS NULL AS is_last
      FROM kernel_record WHERE kind = {kind} WINDOW past AS (PARTITION BY key ORDER BY seq)
    )
    """
#: One statement, one moment: what is written meanwhile is seen with its line or not at all.
_ROWS = """
    SELECT coalesce(l.key, r.id), l.link, l.before, l.form, l.is_gone,
      CASE WHEN r.id IS NOT NULL THEN jsonb_build_array({shown})::text END
    FROM (SELECT * FROM lines WHERE is_last) l FULL JOIN {table} r ON r.id = l.key
    """
_ORDER = """
    SELECT key, CASE WHEN seq <> coalesce(seq_before, 0) + 1 THEN 'gap' ELSE 'without_act' END FROM lines
    WHERE seq <> coalesce(seq_before, 0) + 1 OR (act <= act_before AND form = form_before)
    """
_COLUMNS = """
    SELECT string_agg(format(CASE a.atttypid
        WHEN 'timestamptz'::regtype THEN 'extract(epoch FROM r.%%1$I)'
        WHEN 'daterange'::regtype THEN 'lower(r.%%1$I), upper(r.%%1$I)'
        ELSE 'r.%%1$I' END, w.name), ', ' ORDER BY w.place)
    FROM unnest(%s::text[]) WITH ORDINALITY AS w (name, place)
    JOIN pg_attribute a ON a.attrelid = %s::regclass AND a.attname = w.name
    """


@transaction.atomic
def verify_records() -> RecordReport:
    """Compare every recorded row with its lines.

    The digests are taken here, from the rows as the database gives them: its own functions, which its owner could have
    replaced, are not asked.
    """
    faults: list[RecordFault] = []
    rows = lines = 0
    for kind, table, form, columns in _ask(
        "SELECT kind, name, form, columns FROM kernel_recordkind WHERE columns <> '{}' ORDER BY name"
    ):
        with_lines = _LINES.format(kind=kind)
        ((shown,),) = _ask(_COLUMNS, [columns, table])
        found = [(key, Breach(fault)) for key, fault in _ask(with_lines + _ORDER)]
        for key, link, before, its_form, is_gone, said in _stream(
            with_lines + _ROWS.format(shown=shown, table=table)
        ):
            rows += said is not None
            if link is None:
                found.append((key, Breach.UNRECORDED))
            elif said is None:
                found += [] if is_gone else [(key, Breach.REMOVED)]
            elif is_gone or its_form != form or bytes(link) != _link(before, said):
                found.append((key, Breach.EDITED))
        faults += [RecordFault(table, key, fault) for key, fault in sorted(found)]
        lines += _ask("SELECT count(*) FROM kernel_record WHERE kind = %s", [kind])[0][0]
    return RecordReport(rows, lines, tuple(faults))


def _link(before: bytes | None, said: str) -> bytes:
    """The link of a line: over the link before it and the digest of the row."""
    digest = hashlib.sha256(said.encode()).digest()
    return hashlib.sha256(bytes(before or b"") + digest).digest()


def _stream(statement: str) -> Iterator[tuple[Any, ...]]:
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(statement)
        while chunk := cursor.fetchmany(2000):
            yield from chunk


def _ask(statement: str, params: Sequence[str | int | None] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
