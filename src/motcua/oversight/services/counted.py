"""Counted dossiers in bulk, by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connection

from motcua.oversight.models import CountedDossier

COUNTED_COLUMNS: Final = tuple(field.attname for field in CountedDossier._meta.concrete_fields)
Counted = tuple[object, ...]
"""One counted dossier: values in the order of `COUNTED_COLUMNS`. A model for each of millions costs more than the count."""

_JSON: Final = json.JSONEncoder(separators=(",", ":"))


def replace_counted(rows: Sequence[Counted]) -> None:
    """Write rows, those that are there already anew. The caller holds the transaction and the pen."""
    names = ", ".join(COUNTED_COLUMNS)
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in COUNTED_COLUMNS if name != "dossier_id")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS counted_now (LIKE oversight_counteddossier INCLUDING DEFAULTS) "
            "ON COMMIT DELETE ROWS; TRUNCATE counted_now"
        )
        copy_in("counted_now", COUNTED_COLUMNS, map(counted_line, rows))
        cursor.execute(
            f"INSERT INTO oversight_counteddossier ({names}) SELECT {names} FROM counted_now "  # noqa: S608 - constants
            f"ON CONFLICT (dossier_id) DO UPDATE SET {news}"
        )


def counted_line(row: Counted) -> str:
    """One line of COPY text for a counted dossier."""
    return "\t".join([value if type(value) is str else _text(value) for value in row]) + "\n"


def _text(value: object) -> str:
    if value is None:
        return r"\N"
    if value is True:
        return "t"
    if value is False:
        return "f"
    return _JSON.encode(value) if type(value) is list else str(value)


def copy_in(table: str, columns: Iterable[str], lines: Iterable[str]) -> None:
    """COPY text into a table. Values of this package hold neither tabs nor backslashes."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        cursor.connection.cursor() as raw,
        raw.copy(statement) as copy,
    ):
        copy.write("".join(lines))
