"""The periodic report of a unit or the province: one value, written as XLSX, PDF or DOCX with the same numbers.

Every writer takes its cells from `tables_of`, so that no format counts anything itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Final

from django.utils.translation import gettext

from motcua.documents import services as documents
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.oversight.queries import (
    Figure,
    Indicator,
    Period,
    ReportRow,
    authorise_unit,
    count_text,
    figure_text,
    figures_by_agency,
    in_english,
    in_force,
    is_province,
    period_name,
    places_of,
    report_of,
    report_of_province,
    report_rows,
    title_of,
)

TEMPLATE_VERSION: Final = "2026.1"
"""Which columns and figures a report of today carries; printed on it, so that old ones are not compared blindly."""


class Format(StrEnum):
    """What a report can be written as."""

    XLSX = "xlsx"
    PDF = "pdf"
    DOCX = "docx"


_MEDIA: Final = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a unit (`rows` empty) or of a province (`rows`: its agencies), as of a moment."""

    unit: str
    name: str
    period: Period
    as_of: datetime
    total: ReportRow
    rows: Sequence[tuple[str, str, ReportRow]]
    figures: Sequence[tuple[Indicator, Figure]]
    version: str = TEMPLATE_VERSION


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: cells are texts and whole numbers (None: nothing to show)."""

    title: str
    head: Sequence[str]
    body: Sequence[Sequence[str | int | None]]


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A file."""

    filename: str
    media_type: str
    content: bytes


def report_for(*, actor: Actor, unit: str, period: Period) -> Report:
    """The report of the agency or province with this code. Raises `PermissionRefused` without `oversight.read` there."""
    authorise_unit(actor, unit)
    is_whole = is_province(unit)
    chosen = in_force(period.last)
    side = "p" if is_whole else None
    figures = figures_by_agency(chosen, period, side=side, agencies=[unit]).get(unit, {})
    names = {place.code: place.name for place in places_of(unit.partition(".")[0], period.last)}
    rows = report_rows(period, unit) if is_whole else {}
    return Report(
        unit=unit,
        name=names.get(unit, unit),
        period=period,
        as_of=clock.now(),
        total=report_of_province(period, unit) if is_whole else report_of(period, unit),
        rows=[(code, names.get(code, code), rows[code]) for code in sorted(rows)],
        figures=[(one, figures[one.key]) for one in chosen if one.key in figures],
    )


def write_report(*, actor: Actor, unit: str, period: Period, format: Format) -> WrittenReport:
    """The report as a file in the language of the reader. Raises `PermissionRefused`."""
    report = report_for(actor=actor, unit=unit, period=period)
    name = f"{unit}_{period.key.replace('/', '_')}.{format}"
    return WrittenReport(name, _MEDIA[format], _WRITERS[format](report))


def report_title() -> str:
    """The heading of every format."""
    return gettext("Báo cáo tình hình tiếp nhận, giải quyết thủ tục hành chính")


def subject_of_report(report: Report) -> str:
    """Whose report, for which period."""
    return f"{report.name}, {period_name(report.period)}"


def note_of_report(report: Report) -> str:
    """When the numbers were read, and by which template."""
    moment = clock.local(report.as_of)
    return gettext("Số liệu lúc %(moment)s. Mẫu báo cáo phiên bản %(version)s.") % {
        "moment": f"{moment:%H:%M %d/%m/%Y}",
        "version": report.version,
    }


def tables_of(report: Report) -> tuple[Table, ...]:
    """What every format shows: the columns of the report, the agencies of a province, the indicators."""
    names = _columns()
    total = Table(
        gettext("Tình hình giải quyết"),
        [gettext("Nội dung"), gettext("Số hồ sơ")],
        [[name, _value(report.total, key)] for key, name in names.items()],
    )
    agencies = Table(
        gettext("Theo cơ quan"),
        [gettext("Mã cơ quan"), gettext("Cơ quan"), *(names[key] for key in _BRIEF)],
        [[code, name, *(_value(row, key) for key in _BRIEF)] for code, name, row in report.rows],
    )
    figures = Table(
        gettext("Chỉ tiêu"),
        [gettext("Chỉ tiêu"), gettext("Tử số"), gettext("Mẫu số"), gettext("Giá trị")],
        [
            [title_of(one), figure.numerator, figure.denominator, figure_text(figure)]
            for one, figure in report.figures
        ],
    )
    return tuple(table for table in (total, agencies, figures) if table.body)


_BRIEF: Final = (
    "carry_in",
    "received",
    "resolved",
    "early",
    "on_time",
    "late",
    "in_process",
    "in_process_overdue",
    "paused",
)


def _value(row: ReportRow, key: str) -> int:
    number: int = getattr(row, key)
    return number


def _columns() -> Mapping[str, str]:
    """Name of each column; one per field of `ReportRow` and one for its derived count."""
    return {
        "carry_in": gettext("Kỳ trước chuyển sang"),
        "received": gettext("Tiếp nhận trong kỳ"),
        "received_counter": gettext("Tiếp nhận trực tiếp"),
        "received_online": gettext("Tiếp nhận trực tuyến"),
        "received_postal": gettext("Tiếp nhận qua bưu chính"),
        "taken_over": gettext("Nhận bàn giao từ cơ quan khác"),
        "given_over": gettext("Bàn giao cho cơ quan khác"),
        "resolved": gettext("Đã giải quyết"),
        "early": gettext("Giải quyết trước hạn"),
        "on_time": gettext("Giải quyết đúng hạn"),
        "late": gettext("Giải quyết quá hạn"),
        "withdrawn": gettext("Người nộp rút"),
        "stopped": gettext("Dừng giải quyết"),
        "in_process": gettext("Đang giải quyết cuối kỳ"),
        "in_process_within": gettext("Đang giải quyết, trong hạn"),
        "in_process_overdue": gettext("Đang giải quyết, quá hạn"),
        "paused": gettext("Đang tạm dừng cuối kỳ"),
    }


def _xlsx(report: Report) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    del book[book.sheetnames[0]]
    for place, table in enumerate(tables_of(report)):
        sheet = book.create_sheet(table.title[:31], place)
        for line in ([report_title()], [subject_of_report(report)], [note_of_report(report)], []):
            sheet.append(line)
        sheet.append(list(table.head))
        for row in table.body:
            sheet.append(list(row))
        for line_number in (1, 5):
            for cell in sheet[line_number]:
                cell.font = Font(bold=True)
        sheet.freeze_panes = "A6"
        for letter in ("A", "B"):
            sheet.column_dimensions[letter].width = 42
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _docx(report: Report) -> bytes:
    from docx import Document

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
                cell.text = _shown(value)
    text.add_paragraph(note_of_report(report))
    out = BytesIO()
    text.save(out)
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
                "body": [[_shown(value) for value in row] for row in table.body],
            }
            for table in tables_of(report)
        ],
    }
    language = "en" if in_english() else "vi"
    return documents.typeset(template_name="oversight/report.html", context=context, language=language)


def _shown(value: str | int | None) -> str:
    return value if isinstance(value, str) else count_text(value)


_WRITERS: Final[Mapping[Format, Callable[[Report], bytes]]] = {
    Format.XLSX: _xlsx,
    Format.PDF: _pdf,
    Format.DOCX: _docx,
}
