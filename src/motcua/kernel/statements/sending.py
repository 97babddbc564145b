"""Sending a prepared statement through the connection that Django has open."""

import re
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

_PLACE = re.compile(r"\$(\d+)")


def quoted(name: str | None) -> str:
    """A name of a table or column as SQL."""
    return '"' + str(name).replace('"', '""') + '"'


class Statement:
    """SQL with places `$1`, `$2`, … that the server plans once per connection.

    Obeys the transaction, refuses in a broken one, raises Django's database errors, and is seen by whoever counts
    queries, as any statement of Django's.
    """

    __slots__ = ("sql",)

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def __repr__(self) -> str:
        return f"Statement({self.sql!r})"

    def __call__(self, *given: str | None) -> list[tuple[Any, ...]]:
        """The rows, if it gives any. Values are texts as `values.as_text` writes them."""
        database = connections[DEFAULT_DB_ALIAS]
        database.close_if_health_check_failed()
        database.ensure_connection()
        database.validate_no_broken_transaction()
        began = time.monotonic() if database.queries_logged else 0.0
        with database.wrap_database_errors:
            cursor = psycopg.RawCursor(database.connection)
            cursor.execute(self.sql, given, prepare=True)
            result = cursor.pgresult
            rows = cursor.fetchall() if result is not None and result.nfields else []
        if began:
            took = time.monotonic() - began
            database.queries_log.append(
                {"sql": self._said(database.connection, given), "time": f"{took:.3f}"}
            )
        return rows

    def _said(self, connected: psycopg.Connection[Any], given: Sequence[str | None]) -> str:
        """The text with its values, as whoever reads the log of queries expects it."""
        written = psycopg.ClientCursor(connected).mogrify
        return _PLACE.sub(lambda place: written("%s", [given[int(place[1]) - 1]]), self.sql)
