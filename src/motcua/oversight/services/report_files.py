"""The periodic report as a file: XLSX, PDF or DOCX, each of the same tables and the same charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from django.utils.safestring import mark_safe

from motcua.documents import services as documents
from motcua.kernel.authority import Actor
from motcua.oversight.queries import CHART_WIDTH, Chart, ChartKind, Period, height_of, in_english, svg_of
from motcua.oversight.services.reports import (
    Report,
    charts_of,
    note_of_report,
    report_for,
    report_title,
    shown,
    subject_of_report,
    tables_of,
)


class Format(StrEnum):
    """What a report can be written as."""

    XLSX = "xlsx"
    PDF = "pdf"
    DOCX = "docx"


MEDIA: Final = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PICTURE_DPI: Final = 200


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A file."""

    filename: str
    media_type: str
    content: bytes


def write_report(
    *, actor: Actor, unit: str, period: Period, format: Format, fold_to: date | None = None
) -> WrittenReport:
    """The report as a file in the language of the reader. Raises `PermissionRefused`."""
    return written(report_for(actor=actor, unit=unit, period=period, fold_to=fold_to), format)


def written(report: Report, format: Format) -> WrittenReport:
    """A report made before, as a file."""
    name = f"{report.unit}_{report.period.key.replace('/', '_')}.{format}"
    return WrittenReport(name, MEDIA[format], _WRITERS[format](report))


def _xlsx(report: Report) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    del book[book.sheetnames[0]]
    for place, table in enumerate(tables_of(report)):
        sheet = book.create_sheet(table.title[:31], place)
        for line in ([report_title()], [subject_of_report(report)], [note_of_report(report)], []):
            _append(sheet, line)
        _append(sheet, list(table.head))
        for row in table.body:
            _append(sheet, list(row))
        for line_number in (1, 5):
            for cell in sheet[line_number]:
                cell.font = Font(bold=True)
        sheet.freeze_panes = "A6"
        for letter in ("A", "B"):
            sheet.column_dimensions[letter].width = 42
    for chart in charts_of(report):
        _sheet_of_chart(book, chart)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _append(sheet: Any, cells: Sequence[object]) -> None:
    """A row; a text is a text, even one that begins like a formula (the name of an agency, the title of a procedure)."""
    sheet.append(list(cells))
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"


def _sheet_of_chart(book: Any, chart: Chart) -> None:
    """A chart of the spreadsheet's own, on a sheet with its numbers."""
    from openpyxl.chart import BarChart, Reference

    sheet = book.create_sheet(chart.title[:31])
    _append(sheet, [chart.title, *(one.name for one in chart.series)])
    for place, label in enumerate(chart.labels):
        _append(sheet, [label, *(one.values[place] for one in chart.series)])
    sheet.column_dimensions["A"].width = 42
    drawn = BarChart()
    drawn.type = "bar" if chart.kind is ChartKind.BARS else "col"
    drawn.title, drawn.width, drawn.height = chart.title, 24, 12
    drawn.add_data(
        Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=1, max_row=1 + len(chart.labels)),
        titles_from_data=True,
    )
    drawn.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=1 + len(chart.labels)))
    sheet.add_chart(drawn, "E2")


def _docx(report: Report) -> bytes:
    from docx import Document
    from docx.shared import Cm

    text = Document()
    text.core_properties.author = report.name
    text.core_properties.title = report_title()
    text.add_heading(report_title(), level=1)
    text.add_paragraph(subject_of_report(report))
    for table in tables_of(report):
        text.add_heading(table.title, level=2)
        drawn = text.add_table(rows=1, cols=len(table.head), style="Table Grid")
        for cell, words in zip(drawn.rows[0].cells, table.head, strict=True):
            cell.text = words
        for row in table.body:
            for cell, value in zip(drawn.add_row().cells, row, strict=True):
                cell.text = shown(value)
    for chart in charts_of(report):
        text.add_heading(chart.title, level=2)
        picture = text.add_picture(BytesIO(picture_of(chart)), width=Cm(15.5))
        picture._inline.docPr.set("descr", chart_in_words(chart))  # python-docx has no door to it
    text.add_paragraph(note_of_report(report))
    out = BytesIO()
    text.save(out)
    return out.getvalue()


def chart_in_words(chart: Chart) -> str:
    """The numbers of a chart, for those who cannot see it."""
    parts = [
        f"{label}: " + ", ".join(one.words[place] for one in chart.series)
        for place, label in enumerate(chart.labels)
    ]
    return f"{chart.title}. " + "; ".join(parts)


def picture_of(chart: Chart) -> bytes:
    """The chart as PNG: the same SVG, set in type and photographed."""
    import pypdfium2

    svg = svg_of(chart, font="Tinos")
    tall = f"{170 * height_of(chart) / CHART_WIDTH + 0.5:.1f}"
    context = {"chart": mark_safe(svg), "title": chart.title, "tall": tall}  # noqa: S308 - escaped where made
    page = documents.typeset(template_name="oversight/chart.html", context=context)
    document = pypdfium2.PdfDocument(page)
    try:
        picture = document[0].render(scale=_PICTURE_DPI / 72).to_pil()
    finally:
        document.close()
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pdf(report: Report) -> bytes:
    context = {
        "agency": {"parent": "", "name": report.name},
        "title": report_title(),
        "subject": subject_of_report(report),
        "note": note_of_report(report),
        "tables": [
            {
                "title": table.title,
                "head": table.head,
                "body": [[shown(value) for value in row] for row in table.body],
                "words": table.words,
            }
            for table in tables_of(report)
        ],
        "charts": [
            (chart.title, mark_safe(svg_of(chart, font="Tinos", key=f"chart-{place}")))  # noqa: S308 - escaped where made
            for place, chart in enumerate(charts_of(report))
        ],
    }
    language = "en" if in_english() else "vi"
    return documents.typeset(template_name="oversight/report.html", context=context, language=language)


_WRITERS: Final[Mapping[Format, Callable[[Report], bytes]]] = {
    Format.XLSX: _xlsx,
    Format.PDF: _pdf,
    Format.DOCX: _docx,
}
