"""A door that needs no database: what a file of procedures contains and what of it can be read.

The other doors (`services`, `queries`) need Django; this one does not, so that `motcua catalogue import --dry-run`
runs on a bare checkout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from motcua.catalogue.adapters.files import (
    SourceKind,
    Unreadable,
    is_list,
    kind_of,
    lines,
    listed,
    sheets_of,
)
from motcua.catalogue.errors import SourceUnreadable
from motcua.catalogue.rules.national.lists import ListedProcedure, heading
from motcua.catalogue.rules.national.record import NATIONAL_KEYS, NationalProcedure, read_record
from motcua.catalogue.rules.national.report import ImportReport

__all__ = [
    "ImportReport",
    "ListedProcedure",
    "NationalProcedure",
    "Preview",
    "preview",
    "read_list_file",
    "read_national_file",
    "survey",
]


def survey(paths: Iterable[Path], columns: Mapping[str, str] | None = None) -> ImportReport:
    """Reads the files (national JSON lines, plain or gzip; lists in xlsx, csv or print) and reports; writes nothing.
    `columns`: what a foreign column stands for.

    Raises `SourceUnreadable` when a file is nothing that can be read, or holds no procedure.
    """
    report = ImportReport()
    for path in paths:
        read = read_list_file if is_list(path) else read_national_file
        for _ in read(path, report, columns):
            pass
    return report


def preview(path: Path, columns: Mapping[str, str] | None = None, rows: int = 3) -> Preview:
    """What the columns of a file are taken for, and its first rows as they would be read. Refuses: `SourceUnreadable`."""
    report = ImportReport()
    renamed = columns or {}
    kind = kind_of(path)
    if kind is SourceKind.NATIONAL:
        first = next((item for item in lines(path) if not isinstance(item, Unreadable)), None)
        names = tuple(first[1]) if first else ()
        taken = {name: renamed.get(name, name if name in NATIONAL_KEYS else "") for name in names}
        items: Iterator[NationalProcedure | ListedProcedure] = read_national_file(path, report, columns)
    else:
        names, taken = _columns_of(path, kind, renamed)
        items = read_list_file(path, report, columns)
    try:
        shown = tuple((one.code, one.title) for one in islice(items, rows))
    except SourceUnreadable:
        shown = ()
    return Preview(kind.value, names, taken, shown)


@dataclass(frozen=True, slots=True)
class Preview:
    """`taken`: column → what it stands for, "" where nothing is made of it. `first`: code and title of the first procedures."""

    kind: str
    columns: tuple[str, ...]
    taken: dict[str, str]
    first: tuple[tuple[str, str], ...]


def _columns_of(
    path: Path, kind: SourceKind, renamed: Mapping[str, str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Of the first row that is a heading, else of the first that has several cells."""
    if kind is SourceKind.PRINTED:
        return (), {}
    fallback: tuple[str, ...] = ()
    for sheet in sheets_of(path, kind):
        for row in islice(sheet, 50):
            cells = tuple("" if cell is None else str(cell).strip() for cell in row)
            found = {at: role for role, at in heading(cells, renamed).items()}
            if found:
                return cells, {cell: found.get(at, "") for at, cell in enumerate(cells)}
            if not fallback and sum(map(bool, cells)) > 1:
                fallback = cells
    return fallback, dict.fromkeys(fallback, "")


def _require_something(path: Path, count: int, columns: Iterable[str]) -> None:
    """A file of which nothing was read is told as such, never counted as imported."""
    if not count:
        names = ", ".join(columns)
        raise SourceUnreadable(
            path=path.name,
            line=0,
            reason="không dòng nào là thủ tục"
            + (f"; các cột của tệp: {names}" if names else "")
            + "; xem `motcua catalogue columns` để chỉ ra cột nào là gì",
        )


def read_national_file(
    path: Path, report: ImportReport, columns: Mapping[str, str] | None = None
) -> Iterator[NationalProcedure]:
    """Streams the procedures of a JSON-lines file, counting each into `report` as it passes. Refuses: `SourceUnreadable`, also
    where none of its lines is a procedure.
    """
    count, names = 0, list[str]()
    for item in lines(path, columns):
        if isinstance(item, Unreadable):
            report.refuse(item.line, item.reason, item.text)
            continue
        number, row = item
        names = names or list(row)
        try:
            procedure = read_record(row)
        except ValueError as wrong:
            report.refuse(number, str(wrong), str(row))
            continue
        report.add(procedure)
        count += 1
        yield procedure
    _require_something(path, count, names)


def read_list_file(
    path: Path, report: ImportReport, columns: Mapping[str, str] | None = None
) -> Iterator[ListedProcedure]:
    """Streams the rows of a list, counting each into `report` as it passes. Refuses: as `read_national_file`."""
    count = 0
    for item in listed(path, columns):
        if isinstance(item, ListedProcedure):
            report.listed += 1
            count += 1
            yield item
        else:
            report.refuse(item.number, "names no procedure", item.text)
    if not count:
        _require_something(path, 0, _columns_of(path, kind_of(path), columns or {})[0])
