"""Which files a database names, in whichever table: every column of digests is found by its name."""

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

_COLUMNS = """
    SELECT table_name, column_name
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND column_name ~ '(^|_)sha256$'
    """
_NAMED = "SELECT {1} FROM {0} WHERE {1} ~ '^[0-9a-f]{{64}}$'"


def named_files(database: psycopg.Connection[Any]) -> Iterator[str]:
    """The digest of every file; one may come several times."""
    for table, column in database.execute(_COLUMNS).fetchall():
        yield from (digest for (digest,) in database.execute(_question(_NAMED, table, column)))


def names_any(database: psycopg.Connection[Any]) -> bool:
    """Whether there is any."""
    columns = database.execute(_COLUMNS).fetchall()
    return any(
        database.execute(_question(f"{_NAMED} LIMIT 1", table, column)).fetchone()
        for table, column in columns
    )


def _question(text: str, table: str, column: str) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(table), sql.Identifier(column))
