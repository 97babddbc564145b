"""Counted dossiers in bulk, by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any, Final

from django.db import connection

from motcua.oversight.models import CountedDossier

_COLUMNS: Final = tuple(CountedDossier._meta.concrete_fields)
COUNTED_COLUMNS: Final = tuple(field.attname for field in _COLUMNS)


def replace_counted(rows: Sequence[CountedDossier]) -> None:
    """Write rows, those that are there already anew. The caller holds the transaction and the pen."""
    names = ", ".join(COUNTED_COLUMNS)
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in COUNTED_COLUMNS if name != "dossier_id")
    lines = StringIO()
    lines.writelines(counted_line(row) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS counted_now (LIKE oversight_counteddossier INCLUDING DEFAULTS) "
            "ON COMMIT DELETE ROWS; TRUNCATE counted_now"
        )
        copy_in("counted_now", COUNTED_COLUMNS, lines)
        cursor.execute(
            f"INSERT INTO oversight_counteddossier ({names}) SELECT {names} FROM counted_now "  # noqa: S608 - constants
            f"ON CONFLICT (dossier_id) DO UPDATE SET {news}"
        )


def counted_line(row: CountedDossier) -> str:
    """One line of COPY text for a counted dossier."""
    return "\t".join([_text(field, row) for field in _COLUMNS]) + "\n"


def _text(field: Any, row: CountedDossier) -> str:
    value = getattr(row, field.attname)
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value, separators=(",", ":")) if isinstance(value, list) else str(value)


def copy_in(table: str, columns: Iterable[str], lines: StringIO) -> None:
    """COPY text into a table. Values of this package hold neither tabs nor backslashes."""
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor() if not hasattr(cursor, "copy") else cursor
        with raw.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write(lines.getvalue())
