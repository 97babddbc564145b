"""Opening the files of an import: JSON lines (plain or gzip), lists in xlsx, csv or print. Streams; writes nothing."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from zipfile import BadZipFile

from motcua.catalogue.errors import SourceUnreadable
from motcua.catalogue.rules.national.lists import ListedProcedure, UnreadRow, read_list
from motcua.catalogue.rules.national.printed import is_printed_list, read_printed_list

_TAKEN = (
    "nhận: bản xuất của Cơ sở dữ liệu quốc gia (JSON mỗi dòng một thủ tục, có thể nén gzip), "
    "danh sách XLSX hoặc CSV có cột mã và tên, danh sách in thành văn bản “THỦ TỤC 1: …”"
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no JSON object of texts; `text` is the line itself."""

    line: int
    reason: str
    text: str


class SourceKind(StrEnum):
    """What a file of procedures is, by its first characters; never by its name."""

    NATIONAL = "national"
    WORKBOOK = "workbook"
    TABLE = "table"
    PRINTED = "printed"


def kind_of(path: Path) -> SourceKind:
    """What the file is. Refuses: `SourceUnreadable`, which says what it is instead."""
    with path.open("rb") as raw:
        head = raw.read(4)
    if head.startswith(b"PK"):
        return SourceKind.WORKBOOK
    if head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"<")):
        kinds = {b"%": "PDF", b"<": "HTML/XML"}
        raise SourceUnreadable(path=path.name, line=1, reason=f"{kinds.get(head[:1], 'Excel 97')}; {_TAKEN}")
    try:
        with _opened(path) as stream:
            start = stream.read(4000).lstrip("\ufeff \r\n\t")
    except (OSError, EOFError, UnicodeDecodeError) as broken:
        raise SourceUnreadable(path=path.name, line=1, reason=f"{broken}; {_TAKEN}") from broken
    if not start:
        raise SourceUnreadable(path=path.name, line=1, reason=f"tệp rỗng; {_TAKEN}")
    if start.startswith("["):
        raise SourceUnreadable(
            path=path.name, line=1, reason=f"mảng JSON, không phải mỗi dòng một đối tượng; {_TAKEN}"
        )
    if start.startswith("{"):
        return SourceKind.NATIONAL
    if is_printed_list(start):
        return SourceKind.PRINTED
    first = start.partition("\n")[0]
    if max(map(first.count, ",;\t|")) == 0:
        raise SourceUnreadable(path=path.name, line=1, reason=f"văn bản thường không có cột; {_TAKEN}")
    return SourceKind.TABLE


def is_list(path: Path) -> bool:
    """Whether the file lists procedures, as against telling all of each."""
    return kind_of(path) is not SourceKind.NATIONAL


def lines(
    path: Path, columns: Mapping[str, str] | None = None
) -> Iterator[tuple[int, dict[str, str]] | Unreadable]:
    """Yields (line number, row of texts) or `Unreadable`; raises SourceUnreadable when the file itself is broken. `columns`:
    what a foreign key stands for.
    """
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _renamed(_row(number, line), columns or {})
    except (OSError, EOFError, UnicodeDecodeError) as broken:
        raise SourceUnreadable(path=path.name, line=number, reason=str(broken)) from broken


def _renamed(
    row: tuple[int, dict[str, str]] | Unreadable, columns: Mapping[str, str]
) -> tuple[int, dict[str, str]] | Unreadable:
    if isinstance(row, Unreadable):
        return row
    return row[0], {columns.get(key, key): text for key, text in row[1].items()}


def listed(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[ListedProcedure | UnreadRow]:
    """Yields the rows of a list: a workbook, a table of separated values or a printed list; raises SourceUnreadable when the
    file is none of these. `columns`: the role that a foreign heading has.
    """
    kind = kind_of(path)
    if kind is SourceKind.PRINTED:
        with _opened(path) as stream:
            yield from read_printed_list(stream)
        return
    for rows in sheets_of(path, kind):
        yield from read_list(rows, columns or {})


def sheets_of(path: Path, kind: SourceKind) -> Iterator[Iterable[Sequence[object]]]:
    """The rows of each sheet of a workbook, or of the only table of separated values."""
    if kind is SourceKind.TABLE:
        with _opened(path) as stream:
            first = stream.readline()
            separator = max(",;\t|", key=first.count)
            stream.seek(0)
            yield csv.reader(stream, delimiter=separator)
        return
    import openpyxl  # half a second to import, and only lists need it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as broken:
        raise SourceUnreadable(path=path.name, line=0, reason=f"{broken}; {_TAKEN}") from broken
    try:
        for sheet in book.worksheets:
            yield sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _opened(path: Path) -> TextIOWrapper:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    if zipped:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open("r", encoding="utf-8-sig", newline="")


def _row(number: int, line: str) -> tuple[int, dict[str, str]] | Unreadable:
    try:
        value: object = json.loads(line)
    except ValueError as wrong:
        return Unreadable(number, f"not JSON: {wrong}", line.rstrip("\n"))
    if not isinstance(value, dict):
        return Unreadable(number, "not an object", line.rstrip("\n"))
    return number, {
        key: text if isinstance(text, str) else "" if text is None else str(text)
        for key, text in value.items()
    }
