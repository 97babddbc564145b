"""Opening the files of an import: JSON lines (plain or gzip) and the ministries' xlsx lists. Streams; writes nothing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from motcua.catalogue.errors import SourceUnreadable
from motcua.catalogue.rules.national.lists import ListedProcedure, UnreadRow, read_list


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no JSON object of texts; `text` is the line itself."""

    line: int
    reason: str
    text: str


def is_list(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def lines(path: Path) -> Iterator[tuple[int, dict[str, str]] | Unreadable]:
    """Yields (line number, row of texts) or `Unreadable`; raises SourceUnreadable when the file itself is broken."""
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _row(number, line)
    except (OSError, EOFError, UnicodeDecodeError) as broken:
        raise SourceUnreadable(path=path.name, line=number, reason=str(broken)) from broken


def listed(path: Path) -> Iterator[ListedProcedure | UnreadRow]:
    """Yields the rows of an xlsx list; raises SourceUnreadable when the file is not one."""
    import openpyxl  # half a second to import, and only lists need it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as broken:
        raise SourceUnreadable(path=path.name, line=0, reason=str(broken)) from broken
    try:
        for sheet in book.worksheets:
            yield from read_list(sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _opened(path: Path) -> TextIOWrapper:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    if zipped:
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open("r", encoding="utf-8")


def _row(number: int, line: str) -> tuple[int, dict[str, str]] | Unreadable:
    try:
        value: Any = json.loads(line)
    except ValueError as wrong:
        return Unreadable(number, f"not JSON: {wrong}", line.rstrip("\n"))
    if not isinstance(value, dict):
        return Unreadable(number, "not an object", line.rstrip("\n"))
    return number, {
        key: text if isinstance(text, str) else "" if text is None else str(text)
        for key, text in value.items()
    }
