"""Rows as a spreadsheet of any length, as a stream: the archive is written to a file on disk and read out in pieces.

One pass, one row in memory at a time; the parts of the archive follow ECMA-376. Texts stand in their cells, so that no
table of shared texts has to be kept; a moment is a number of days shown as day and time, so that it can be
sorted and reckoned with.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import IO, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 1_048_576
"""Rows a sheet can hold; a longer list goes on in a further sheet."""

_PIECE: Final = 1 << 16
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: Characters XML cannot carry.
_FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


#: A text, or a moment as the clocks on the wall have it (no zone).
Cell = str | datetime
#: Days are counted from here (ECMA-376 part 1, 18.17.4.1; right from 1 March 1900 on).
_DAY_NOUGHT: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
_MOMENT_STYLE: Final = 1


def spreadsheet(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, most_rows: int = MOST_ROWS
) -> Iterator[bytes]:
    """The bytes of an XLSX file with these texts, the head repeated on every sheet of `most_rows`."""
    with tempfile.TemporaryFile() as file:
        _write(file, head, iter(rows), most_rows)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _write(file: IO[bytes], head: Sequence[str], rows: Iterator[Sequence[Cell]], most_rows: int) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        sheets, following = 0, next(rows, None)
        while following is not None or not sheets:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as part:
                following = _sheet(part, head, following, rows, most_rows)
        archive.writestr("[Content_Types].xml", _types(sheets))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _workbook(sheets))
        archive.writestr("xl/styles.xml", _styles())
        parts = [("worksheet", f"worksheets/sheet{number + 1}.xml") for number in range(sheets)]
        parts.append(("styles", "styles.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))


def _sheet(
    part: IO[bytes],
    head: Sequence[str],
    following: Sequence[Cell] | None,
    rows: Iterator[Sequence[Cell]],
    most_rows: int,
) -> Sequence[Cell] | None:
    """Write one sheet; returns the row that found no place in it."""
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}</sheetViews><sheetData>{_row(head)}'.encode())
    written = 1
    while following is not None and written < most_rows:
        part.write(_row(following).encode())
        written += 1
        following = next(rows, None)
    part.write(b"</sheetData></worksheet>")
    return following


def _row(cells: Sequence[Cell]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f'<c s="{_MOMENT_STYLE}"><v>{(cell - _DAY_NOUGHT) / timedelta(days=1):.10f}</v></c>'
    if not cell:
        return "<c/>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell.translate(_FORBIDDEN))}</t></is></c>'


def _styles() -> str:
    """Plain cells, and those of moments."""
    shown = "yyyy\\-mm\\-dd\\ hh:mm"
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{shown}"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number + 1}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number in range(sheets)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{parts}</Types>'
    )


def _workbook(sheets: int) -> str:
    listed = "".join(
        f'<sheet name="{number + 1}" sheetId="{number + 1}" r:id="rId{number + 1}"/>'
        for number in range(sheets)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}</sheets></workbook>'


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
