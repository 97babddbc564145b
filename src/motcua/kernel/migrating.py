"""Bringing the database up to this version, when several nodes start at once and others are at work."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.loader import MigrationLoader

#: Any number that no other lock of ours has.
_MIGRATING = 1802006893
#: How long a change of a table waits for those who use it before it gives up: whoever comes after it waits behind it.
_PATIENCE = "10s"


@contextmanager
def alone() -> Iterator[None]:
    """One node at a time: another one waits until the block of the first has ended, and finds its work done.

    The lock is of the session: it ends with a killed process. Within the block a table that is in use is waited for ten
    seconds, so that a desk never stands longer behind a migration that waits; `OperationalError` then, and the next start goes on
    with the migration that was not done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        cursor.execute(f"SET lock_timeout = '{_PATIENCE}'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def unknown_migrations() -> list[str]:
    """Migrations that the database has and this version does not: it was used with a newer one. Sorted names."""
    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations}
    replaced = {one for migration in loader.disk_migrations.values() for one in migration.replaces}
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations) - replaced
    return sorted(f"{app}.{name}" for app, name in unknown if app in ours)
