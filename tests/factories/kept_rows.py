"""What stands in the database from the start, kept aside so that a test which emptied the tables can have it back at once."""

from django.db import connection, transaction

_kept: dict[str, tuple[str, bytes]] = {}

#: Its parts may be written only as long as it is not there as published.
_LAST = "catalogue_procedureversion"


def keep_rows() -> None:
    """Remember every row of every table of the project as it is now."""
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            columns = _columns(table)
            with cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as rows:
                found = b"".join(bytes(chunk) for chunk in rows)
            if found:
                _kept[table] = (columns, found)


def put_rows_back() -> None:
    """Fill the tables that are empty now and were not then; foreign keys are checked when all are filled."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in sorted(_kept, key=_LAST.__eq__):
            columns, found = _kept[table]
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 - the project's own tables
            if not cursor.fetchone()[0]:
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as rows:
                    rows.write(found)


def _columns(table: str) -> str:
    """The columns that hold values; those the database works out by itself are left to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
