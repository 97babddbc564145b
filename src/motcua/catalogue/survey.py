"""A door that needs no database: what a file of procedures contains and what of it can be read.

The other doors (`services`, `queries`) need Django; this one does not, so that `motcua catalogue import --dry-run`
runs on a bare checkout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.catalogue.adapters.files import Unreadable, is_list, lines, listed
from motcua.catalogue.rules.national.lists import ListedProcedure
from motcua.catalogue.rules.national.record import NationalProcedure, read_record
from motcua.catalogue.rules.national.report import ImportReport

__all__ = [
    "ImportReport",
    "ListedProcedure",
    "NationalProcedure",
    "read_list_file",
    "read_national_file",
    "survey",
]


def survey(paths: Iterable[Path]) -> ImportReport:
    """Reads the files (national JSON lines, plain or gzip; xlsx lists) and reports; writes nothing.

    Raises `SourceUnreadable` when a file cannot be read as what its name says.
    """
    report = ImportReport()
    for path in paths:
        items = read_list_file(path, report) if is_list(path) else read_national_file(path, report)
        for _ in items:
            pass
    return report


def read_national_file(path: Path, report: ImportReport) -> Iterator[NationalProcedure]:
    """Streams the procedures of a JSON-lines file, counting each into `report` as it passes."""
    for item in lines(path):
        if isinstance(item, Unreadable):
            report.refuse(item.line, item.reason, item.text)
            continue
        number, row = item
        try:
            procedure = read_record(row)
        except ValueError as wrong:
            report.refuse(number, str(wrong), str(row))
            continue
        report.add(procedure)
        yield procedure


def read_list_file(path: Path, report: ImportReport) -> Iterator[ListedProcedure]:
    """Streams the rows of an official xlsx list, counting each into `report` as it passes."""
    for item in listed(path):
        if isinstance(item, ListedProcedure):
            report.listed += 1
            yield item
        else:
            report.refuse(item.number, "names no procedure", item.text)
