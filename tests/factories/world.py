"""The demo province and its catalogue, made once per process and copied back into the database of each test.

Making it takes seconds, copying it a few hundredths of one. The rows are those the services wrote; ids stay the same, so
what the process remembers of them stays true. Sequences never go back, so new rows cannot meet copied ones.
"""

from django.db import connection
from tests.cast import Cast, create_cast
from tests.factories.dossiers import load_catalogue

from motcua.directory.queries import forget
from motcua.directory.services import DemoDirectory

_made: tuple[DemoDirectory, list[tuple[str, bytes]]] | None = None


def demo_world() -> Cast:
    """Everybody and every demo procedure, in the database of this test."""
    global _made
    if _made is not None:
        forget()
        _restore(_made[1])
        return Cast(_made[0])
    before = _counts()
    cast = create_cast()
    load_catalogue()
    filled = [table for table, count in _counts().items() if count and not before[table]]
    changed = [table for table, count in _counts().items() if before[table] and count != before[table]]
    assert changed == [], f"rows of these tables cannot be told apart: {changed}"
    _made = cast.directory, [(table, _copied(table)) for table in filled]
    return cast


def _counts() -> dict[str, int]:
    with connection.cursor() as db:
        db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in db.fetchall()]
        counts = {}
        for table in tables:
            db.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names come from the database itself
            counts[table] = int(db.fetchone()[0])
    return counts


def _copied(table: str) -> bytes:
    with connection.cursor() as db, db.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _restore(tables: list[tuple[str, bytes]]) -> None:
    with connection.cursor() as db:
        # Rows that were accepted once are accepted again: no order of tables, no trigger has to be minded.
        db.execute("SET LOCAL session_replication_role = replica")
        for table, rows in tables:
            with db.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
        db.execute("SET LOCAL session_replication_role = origin")
