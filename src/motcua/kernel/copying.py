"""Rows in bulk: the text format of PostgreSQL's COPY, and tables without their indexes while millions of rows come in."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

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

    What was taken away is written into the comment of the first table before, so that a later call puts it back where this
    one was killed. Everything is checked again when it comes back. Meanwhile reads are slow: not for a database at work.
    """
    restore_indexes(tables)
    _take_away(tables)
    try:
        yield
    finally:
        restore_indexes(tables)


def restore_indexes(tables: Sequence[str]) -> None:
    """Put back what `without_indexes` took away, if anything is still missing."""
    (note,) = _ask("SELECT obj_description(%s::regclass, 'pg_class')", [tables[0]])[0]
    if not note or not note.startswith("{"):
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
    for table in tables:
        _do(f"ANALYZE {table}")
    _do(f"COMMENT ON TABLE {tables[0]} IS NULL")


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
    (note,) = _ask(
        "SELECT quote_literal(%s)", [json.dumps({"constraints": constraints, "indexes": indexes})]
    )[0]
    _do(f"COMMENT ON TABLE {tables[0]} IS {note}")
    for table, name, _ in constraints:
        _do(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        _do(f"DROP INDEX {name}")


def _ask(statement: str, params: list[Any]) -> list[tuple[Any, ...]]:
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
