"""The periodic report of a unit or the province: one value, and the tables and charts every format is made of.

Every writer takes its cells from `tables_of` and its charts from `charts_of`, which are drawn from the cells of those tables:
no format counts anything itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.oversight.queries import (
    Chart,
    ChartKind,
    Figure,
    Indicator,
    Period,
    ReportRow,
    Series,
    Units,
    authorise_unit,
    count_text,
    figure_text,
    figures_by_agency,
    in_force,
    is_province,
    months_until,
    period_name,
    provinces,
    report_of,
    report_of_province,
    report_rows,
    rows_together,
    title_of,
    together,
    units_of,
)


@dataclass(frozen=True, slots=True)
class Template:
    """Which tables and charts a report carries, from a day on. Printed on it, so that old ones are not compared blindly."""

    version: str
    from_on: date
    has_months: bool
    has_charts: bool


TEMPLATES: Final = (
    Template("2026.1", date(2018, 6, 21), has_months=False, has_charts=False),
    Template("2026.2", date(2026, 11, 1), has_months=True, has_charts=True),
)


def template_on(day: date) -> Template:
    """The template in force on the day a report is made."""
    return [one for one in TEMPLATES if one.from_on <= day][-1]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the run-up to a report."""

    month: date
    received: int
    resolved: int


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
    months: Sequence[MonthRow]
    template: Template
    #: The day to whose units the counts are folded; None where each unit keeps its own.
    fold_to: date | None = None
    #: The agencies counted under the unit: itself and, folded, those it succeeded.
    members: Sequence[str] = ()

    @property
    def version(self) -> str:
        return self.template.version


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: cells are texts and whole numbers (None: nothing to show); the first `words` columns name things."""

    title: str
    head: Sequence[str]
    body: Sequence[Sequence[str | int | None]]
    words: int = 1


def report_for(*, actor: Actor, unit: str, period: Period, fold_to: date | None = None) -> Report:
    """The report of the agency or province with this code, as counted or with units folded by succession to those of a day.

    Raises `PermissionRefused` without `oversight.read` there.
    """
    authorise_unit(actor, unit)
    is_whole = is_province(unit)
    chosen = in_force(period.last)
    side = "p" if is_whole else None
    units = units_of(unit.partition(".")[0], period, fold_to)
    members = (unit,) if is_whole or fold_to is None else tuple(units.under.get(unit, (unit,)))
    by_agency = figures_by_agency(chosen, period, side=side, agencies=members)
    figures = {
        one.key: together(held[one.key] for held in by_agency.values() if one.key in held)
        for one in chosen
        if any(one.key in held for held in by_agency.values())
    }
    rows = _folded(report_rows(period, unit), units) if is_whole else {}
    template = template_on(clock.today())
    months = months_until(members, period.last) if template.has_months else ()
    return Report(
        unit=unit,
        name=provinces().get(unit, unit) if is_whole else units.named(unit).name,
        period=period,
        as_of=clock.now(),
        total=report_of_province(period, unit)
        if is_whole
        else rows_together(report_of(period, one) for one in members),
        rows=[(code, units.named(code).name, rows[code]) for code in sorted(rows)],
        figures=[(one, figures[one.key]) for one in chosen if one.key in figures],
        months=[MonthRow(*row) for row in months],
        template=template,
        fold_to=fold_to,
        members=members,
    )


def _folded(rows: Mapping[str, ReportRow], units: Units) -> dict[str, ReportRow]:
    """Rows by the agency each is counted under; where nobody took over the whole of one, it keeps its own row."""
    held: dict[str, list[ReportRow]] = {}
    for code, row in rows.items():
        held.setdefault(units.folding.target.get(code, code), []).append(row)
    return {code: rows_together(many) for code, many in held.items()}


def report_title() -> str:
    """The heading of every format."""
    return gettext("Báo cáo tình hình tiếp nhận, giải quyết thủ tục hành chính")


def subject_of_report(report: Report) -> str:
    """Whose report, for which period."""
    return f"{report.name}, {period_name(report.period)}"


def note_of_report(report: Report) -> str:
    """When the numbers were read, and by which template."""
    moment = clock.local(report.as_of)
    said = gettext("Số liệu lúc %(moment)s. Mẫu báo cáo phiên bản %(version)s.") % {
        "moment": f"{moment:%H:%M %d/%m/%Y}",
        "version": report.version,
    }
    if report.fold_to is None:
        return said
    folded = gettext("Số của đơn vị cũ gộp vào đơn vị kế thừa ngày %(day)s.")
    return f"{said} {folded % {'day': f'{report.fold_to:%d/%m/%Y}'}}"


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
        words=2,
    )
    figures = Table(
        gettext("Chỉ tiêu"),
        [gettext("Chỉ tiêu"), gettext("Tử số"), gettext("Mẫu số"), gettext("Giá trị")],
        [
            [title_of(one), figure.numerator, figure.denominator, figure_text(figure)]
            for one, figure in report.figures
        ],
    )
    months = Table(
        gettext("Diễn biến theo tháng"),
        [gettext("Tháng"), gettext("Tiếp nhận"), gettext("Đã giải quyết")],
        [[f"{row.month:%m/%Y}", row.received, row.resolved] for row in report.months],
    )
    return tuple(table for table in (total, agencies, months, figures) if table.body)


def charts_of(report: Report) -> tuple[Chart, ...]:
    """The pictures of a report; every number in them is a cell of `tables_of`, in the same words."""
    if not report.template.has_charts:
        return ()
    return tuple(chart for chart in (_outcomes(report), _agencies(report), _months(report)) if chart)


def _outcomes(report: Report) -> Chart:
    """What became of the dossiers: the closing columns of the report."""
    names = _columns()
    numbers = [_value(report.total, key) for key in _OUTCOMES]
    return Chart(
        gettext("Hồ sơ đã và đang giải quyết"),
        ChartKind.BARS,
        [names[key] for key in _OUTCOMES],
        [Series(gettext("Số hồ sơ"), numbers, [count_text(number) for number in numbers])],
        late=frozenset({_OUTCOMES.index("late"), _OUTCOMES.index("in_process_overdue")}),
    )


def _agencies(report: Report) -> Chart | None:
    """Share resolved in time, of the agencies that resolved most; made of two columns of their table."""
    resolved = [(name, row) for _, name, row in report.rows if row.resolved]
    largest = sorted(resolved, key=lambda item: (-item[1].resolved, item[0]))[:_MOST_BARS]
    if len(largest) < 2:
        return None
    shares = [Figure(row.early + row.on_time, row.resolved) for _, row in largest]
    words = [f"{figure_text(share)} ({count_text(share.denominator)})" for share in shares]
    return Chart(
        gettext("Tỷ lệ trước hạn và đúng hạn, các cơ quan giải quyết nhiều nhất (số hồ sơ đã giải quyết)"),
        ChartKind.BARS,
        [name for name, _ in largest],
        [Series(gettext("Đúng hạn"), [share.percent for share in shares], words)],
        most=130.0,
    )


def _months(report: Report) -> Chart | None:
    if len(report.months) < 2:
        return None
    received, resolved = [row.received for row in report.months], [row.resolved for row in report.months]
    return Chart(
        gettext("Tiếp nhận và giải quyết theo tháng"),
        ChartKind.COLUMNS,
        [f"{row.month:%m/%y}" for row in report.months],
        [
            Series(gettext("Tiếp nhận"), received, [count_text(number) for number in received]),
            Series(gettext("Đã giải quyết"), resolved, [count_text(number) for number in resolved]),
        ],
    )


_OUTCOMES: Final = ("early", "on_time", "late", "in_process_within", "in_process_overdue", "paused")
_MOST_BARS: Final = 12


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


def shown(value: str | int | None) -> str:
    """A cell in words: numbers in groups of three, nothing as "–"."""
    return value if isinstance(value, str) else count_text(value)
