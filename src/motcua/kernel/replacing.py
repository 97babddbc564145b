"""A table filled anew beside the one in use and put in its place at once: readers see the old rows until then.

For tables that can be made again from others: nothing may refer to them, and they have no triggers or policies of their own.
Indexes are made after the rows, which costs a fraction of keeping them up row by row.
"""

import re
import time
from collections.abc import Sequence
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from motcua.kernel.roles import require_owner

_PATIENCE: Final = 60.0
_TURN: Final = "400ms"  # shorter than the server's wait before it looks for deadlocks
_INDEX: Final = re.compile(r"CREATE (UNIQUE )?INDEX (\S+) ON \S+ (.*)", re.DOTALL)


def anew(table: str) -> str:
    """The name of the table while it is being filled."""
    return f"{table}_anew"


def open_anew(tables: Sequence[str]) -> None:
    """Empty tables like those in use; what an earlier attempt left is dropped. Refuses: `OwnerNeeded`."""
    require_owner()
    for table in tables:
        _do(f"DROP TABLE IF EXISTS {anew(table)}")
        _do(f"CREATE TABLE {anew(table)} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")


def drop_anew(tables: Sequence[str]) -> None:
    """Give up."""
    for table in tables:
        _do(f"DROP TABLE IF EXISTS {anew(table)}")


def index_statements(table: str) -> list[str]:
    """Statements that give the new table the indexes of the old; they do not wait for one another."""
    found = (_INDEX.match(definition) for _, definition, _ in _indexes(table))
    return [
        f"CREATE {one[1] or ''}INDEX {anew(one[2])} ON {anew(table)} {one[3]}"
        for one in found
        if one is not None
    ]


def put_in_place(tables: Sequence[str]) -> None:
    """The new tables for the old, with their names, indexes and grants. The caller holds the transaction."""
    for table in tables:
        _grant_as(table)
    _lock(tables)
    for table in tables:
        indexes = _indexes(table)
        _do(f"DROP TABLE {table}")
        _do(f"ALTER TABLE {anew(table)} RENAME TO {table}")
        for name, _, is_primary in indexes:
            if is_primary:
                _do(f"ALTER TABLE {table} ADD CONSTRAINT {name} PRIMARY KEY USING INDEX {anew(name)}")
            else:
                _do(f"ALTER INDEX {anew(name)} RENAME TO {name}")


def _lock(tables: Sequence[str]) -> None:
    """All of them or none, in short turns: a reader of one may be about to read another, and must not wait for us."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with transaction.atomic():
                _do(f"SET LOCAL lock_timeout = '{_TURN}'")
                _do(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
                _do("SET LOCAL lock_timeout TO DEFAULT")
                return
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _indexes(table: str) -> list[tuple[str, str, bool]]:
    return _ask(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisprimary FROM pg_index "
        "WHERE indrelid = %s::regclass ORDER BY indisprimary DESC, 1",
        [table],
    )


def _grant_as(table: str) -> None:
    """Whoever was granted something on the table in use has it on the new one."""
    for who, what in _ask(
        "SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END, privilege_type "
        "FROM pg_class, aclexplode(relacl) WHERE oid = %s::regclass AND grantee <> relowner",
        [table],
    ):
        _do(f"GRANT {what} ON {anew(table)} TO {who}")


def _ask(statement: str, params: Sequence[str | int | None]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
