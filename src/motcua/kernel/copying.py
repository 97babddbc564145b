"""Rows in bulk: the text format of PostgreSQL's COPY, and tables without their indexes while millions of rows come in."""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from motcua.kernel.roles import require_owner

_NULL = r"\N"
_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_line(values: Collection[object]) -> str:
    """One row as COPY text; a dict becomes JSON, an array is given as its text."""
    given = list(values)
    texts = [value if isinstance(value, str) else _text(value) for value in given]
    line = "\t".join(texts)
    # Nearly every row is plain: looking once at the whole line costs less than looking at each value.
    is_plain = line.count("\\") == given.count(None) and line.count("\t") == len(texts) - 1
    if not is_plain or "\n" in line or "\r" in line:
        line = "\t".join([_escaped(value, text) for value, text in zip(given, texts, strict=True)])
    return line + "\n"


def copy_rows(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """COPY lines made by `copy_line` into a table."""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor() if not hasattr(cursor, "copy") else cursor
        with raw.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy:
            copy.write("".join(lines))


def copy_records(table: str, records: Sequence[Mapping[str, object]]) -> None:
    """COPY rows given by column; all have the same columns."""
    if records:
        copy_rows(table, tuple(records[0]), [copy_line(record.values()) for record in records])


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Take away foreign keys, unique constraints and secondary indexes while rows come in; put the same back after.

    What was taken away is written into the comment of the first table before, so that `mend_tables` (or a later call) puts
    it back where this one was killed. Everything is checked again when it comes back. Meanwhile reads are slow: not for a
    database at work.
    """
    require_owner()
    with _loading():
        restore_indexes(tables)
        _take_away(tables)
        try:
            yield
        finally:
            restore_indexes(tables)


def mend_tables() -> list[str]:
    """Put back everything that killed loads took away; the tables. While a load goes on nothing is touched."""
    broken = [
        table
        for (table,) in _ask(
            "SELECT objoid::regclass::text FROM pg_description WHERE classoid = 'pg_class'::regclass "
            "AND objsubid = 0 AND description LIKE %s",
            [_NOTE + "%"],
        )
    ]
    if not broken or not _ask("SELECT pg_try_advisory_lock(%s)", [_LOADING])[0][0]:
        return []
    try:
        for table in broken:
            restore_indexes([table])
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", [_LOADING])
    return broken


@contextmanager
def _loading() -> Iterator[None]:
    """Say that a load goes on, on a connection of its own that ends with this process, whatever becomes of it."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_LOADING])
            line = cursor.connection.fileno()
        _lines.add(line)
        try:
            yield
        finally:
            _lines.discard(line)
    finally:
        own.close()


def _let_go_of_lines() -> None:
    """In a forked process: it may outlive its parent, and must not keep the parent's line open."""
    for line in _lines:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, line)
        os.close(nowhere)
    _lines.clear()


_LOADING = 0x6C6F_6164
_NOTE = '{"constraints": '
_lines: set[int] = set()
os.register_at_fork(after_in_child=_let_go_of_lines)


def restore_indexes(tables: Sequence[str]) -> None:
    """Put back what `without_indexes` took away, if anything is still missing."""
    (note,) = _ask("SELECT obj_description(%s::regclass, 'pg_class')", [tables[0]])[0]
    if not note or not note.startswith(_NOTE):
        return
    missing = json.loads(note)
    _do("SET maintenance_work_mem = '512MB'")
    for name, definition in missing["indexes"]:
        if not _ask("SELECT 1 WHERE to_regclass(%s) IS NOT NULL", [name]):
            _do(definition)
    for table, name, definition in missing["constraints"]:
        if not _ask(
            "SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s", [table, name]
        ):
            _do(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    _do("RESET maintenance_work_mem")
    for table in missing.get("recorded", ()):
        with transaction.atomic():
            _do(f"ALTER TABLE {table} ENABLE TRIGGER {table}_record")
            _do(f"SELECT record_all('{table}')")
    for table in missing.get("tables", tables):
        _do(f"ANALYZE {table}")
    _do(f"COMMENT ON TABLE {tables[0]} IS NULL")


def _recorded(tables: Sequence[str]) -> list[str]:
    """Those of the tables whose rows leave lines in the record (`kernel.records`)."""
    names = _ask(
        "SELECT name FROM kernel_recordkind WHERE columns <> '{}' AND name = ANY(%s) ORDER BY 1",
        [list(tables)],
    )
    return [name for (name,) in names]


def _take_away(tables: Sequence[str]) -> None:
    constraints = _ask(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC",
        [list(tables)],
    )
    indexes = _ask(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype = 'u')",
        [list(tables)],
    )
    # COMMENT takes no parameters; the note holds no quote that `quote_literal` would not double.
    recorded = _recorded(tables)
    taken = {"constraints": constraints, "indexes": indexes, "tables": list(tables), "recorded": recorded}
    (note,) = _ask("SELECT quote_literal(%s)", [json.dumps(taken)])[0]
    _do(f"COMMENT ON TABLE {tables[0]} IS {note}")
    for table, name, _ in constraints:
        _do(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        _do(f"DROP INDEX {name}")
    for table in recorded:
        _do(f"ALTER TABLE {table} DISABLE TRIGGER {table}_record")


def _ask(statement: str, params: Sequence[int | str | list[str]]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _text(value: object) -> str:
    if value is None:
        return _NULL
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else "{}"
    return str(value)


def _escaped(value: object, text: str) -> str:
    return text if value is None else text.translate(_SPECIAL)
