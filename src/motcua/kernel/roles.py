"""Two roles of the database: one owns the tables, one serves and owns nothing.

What a table withholds from the role that serves stands with the table (`kernel_recordkind.withheld`, written by the
migration that makes its rows part of the record): a passage can be added and never changed, a receipt never again touched.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from motcua.kernel.errors import DomainError, Kind


class OwnerNeeded(DomainError):
    """The role that serves was asked to make, replace or empty a table."""

    code = "kernel.owner_needed"
    kind = Kind.FORBIDDEN
    message = "Việc này thay đổi cấu trúc bảng nên chỉ chủ sở hữu cơ sở dữ liệu làm được."
    advice = "Chạy lệnh với DATABASE_OWNER_URL trỏ tới vai trò sở hữu cơ sở dữ liệu."


def require_owner() -> None:
    """Refuse to go on as a role that may not make tables. Refuses: `OwnerNeeded`."""
    if not _ask("SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')")[0][0]:
        raise OwnerNeeded


def grant_serving(role: str) -> None:
    """Give the role that serves what it needs on every table there is and will be; nothing where one role does both.

    Said anew after every migration: what is withheld is taken away again.
    """
    ((same,),) = _ask("SELECT %s IN ('', current_user)", [role])
    if same:
        return
    who = connection.ops.quote_name(role)
    ((schema, database),) = _ask("SELECT quote_ident(current_schema()), quote_ident(current_database())")
    withheld = _ask(
        "SELECT name::regclass::text, array_to_string(withheld, ', ') FROM kernel_recordkind WHERE withheld <> '{}'"
    )
    statements = [
        f"GRANT USAGE ON SCHEMA {schema} TO {who}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {who}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {who}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {who}",
        *(f"REVOKE {what} ON {table} FROM {who}" for table, what in withheld),
    ]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def _ask(statement: str, params: Sequence[str | int | None] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
