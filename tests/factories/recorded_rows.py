"""Rows that the record guards, brought where no act of a person leads: by time that passed, by an attack, by a fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from motcua.dossiers.models import Dossier


@contextmanager
def behind_the_triggers(*tables: str) -> Iterator[None]:
    """What only the owner of the tables can do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def bring(*dossiers: UUID, **values: object) -> None:
    """Let dossiers stand as a test needs them, for instance late without waiting for the day."""
    with behind_the_triggers("dossiers_dossier"):
        Dossier.objects.filter(pk__in=dossiers).update(**values)
