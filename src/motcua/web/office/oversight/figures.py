"""The figures of a unit, each down to its dossiers, and the report of the unit as page and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope
from motcua.oversight import queries, services
from motcua.oversight.queries import Chart, CountedRow, Figure, Indicator, Period
from motcua.oversight.services import Format
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Crumb, Option, Page, Rows, Tab
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none, with_query
from motcua.web.office.words import agency_name

_FIRST_INDICATOR = "on_time_local"
_PAGE = 50
_PARTS = {"tu-so": "numerator", "mau-so": "denominator"}


@dataclass(frozen=True, slots=True)
class Selection:
    """A unit the reader oversees and a period."""

    actor: Actor
    units: Sequence[Option]
    unit: str
    period: Period
    #: Whether units that were succeeded are counted in those of today.
    is_folded: bool = False

    @property
    def fold_to(self) -> date | None:
        return clock.today() if self.is_folded else None

    @property
    def name(self) -> str:
        return next((one.label for one in self.units if one.value == self.unit), self.unit)

    def url(self, view: str, **more: str) -> str:
        """An address with this selection."""
        parts = {"don-vi": self.unit, "ky": self.period.key} | ({"gop": "nay"} if self.is_folded else {})
        parts |= {name.replace("_", "-"): value for name, value in more.items()}
        return f"{reverse(f'office:{view}')}?{urlencode(parts)}"


@officers_only("oversight.read")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The report of a unit as a page; every indicator opens to its dossiers, every format is one link."""
    chosen = _selection(request)
    report = services.report_for(
        actor=chosen.actor, unit=chosen.unit, period=chosen.period, fold_to=chosen.fold_to
    )
    total, *others = services.tables_of(report)
    context = _frame(chosen) | {
        "title": services.report_title(),
        "subject": services.subject_of_report(report),
        "note": services.note_of_report(report),
        "is_balanced": report.total.is_balanced,
        "tables": [_plain(total), *(_plain(table) for table in others[: len(others) - bool(report.figures)])],
        "figures": _figures_table(chosen, report.figures, has_lists=len(report.members) == 1),
        "has_folding": True,
        "members": [code for code in report.members if code != chosen.unit],
        "charts": drawn_charts(services.charts_of(report)),
        "downloads": [(format.upper(), chosen.url("report_file", dang=format)) for format in Format],
        "crumbs": [
            Crumb(gettext("Điều hành"), reverse("office:steering")),
            Crumb(gettext("Số liệu và báo cáo")),
        ],
    }
    return render(request, "office/oversight/figures.html", context)


@officers_only("oversight.read")
@require_GET
def explain(request: HttpRequest) -> HttpResponse:
    """One figure opened: formula, two counts, and the dossiers of one of them."""
    chosen = _selection(request)
    one = queries.indicator(request.GET.get("chi-tieu") or _FIRST_INDICATOR, chosen.period.last)
    slug = request.GET.get("phan", "")
    slug = slug if slug in _PARTS and (one.denominator or slug != "mau-so") else "tu-so"
    after = uuid_or_none(request.GET.get("sau"))
    rows = queries.dossiers_behind(
        actor=chosen.actor,
        indicator=one,
        part=_PARTS[slug],
        period=chosen.period,
        agency=chosen.unit,
        after=after,
        limit=_PAGE + 1,
    )
    shown = rows[:_PAGE]
    next_url = with_query(request, {"sau": shown[-1].dossier_id}) if len(rows) > _PAGE else ""
    figure = _figure(chosen, one)
    form = one.numerator if slug == "tu-so" or one.denominator is None else one.denominator
    context = _frame(chosen) | {
        "one": one,
        "title": queries.title_of(one),
        "formula": queries.formula_of(one),
        "excluded": queries.excluded_of(one),
        "figure": queries.figure_text(figure),
        "parts": _parts(chosen, one, figure, slug),
        "terms": queries.terms_of(form),
        "rows": _dossiers_table(shown) if shown else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(shown)),
        "indicator_options": [
            Option(other.key, queries.title_of(other)) for other in queries.in_force(chosen.period.last)
        ],
        "crumbs": [
            Crumb(gettext("Điều hành"), reverse("office:steering")),
            Crumb(gettext("Số liệu và báo cáo"), chosen.url("figures")),
            Crumb(gettext("Giải thích")),
        ],
    }
    return render(request, "office/oversight/explain.html", context)


@officers_only("oversight.read")
@require_GET
def report_file(request: HttpRequest) -> HttpResponse:
    """The report as XLSX, PDF or DOCX."""
    chosen = _selection(request)
    asked = request.GET.get("dang", Format.XLSX)
    if asked not in set(Format):
        raise OutOfScope
    written = services.write_report(
        actor=chosen.actor,
        unit=chosen.unit,
        period=chosen.period,
        format=Format(asked),
        fold_to=chosen.fold_to,
    )
    answer = HttpResponse(written.content, content_type=written.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{written.filename}"'
    return answer


def _selection(request: HttpRequest) -> Selection:
    """Read the selection; the unit is the province for who oversees all of it. Raises `OutOfScope`, `PeriodInvalid`."""
    actor = actor_of(request)
    units = units_of(actor)
    asked = request.GET.get("don-vi") or (units[0].value if units else "")
    is_known = any(one.value == asked for one in units)
    if not is_known and not (
        queries.sees_everything(actor) and asked.partition(".")[0] in queries.provinces()
    ):
        raise OutOfScope
    periods = queries.periods_with_facts(asked.partition(".")[0])
    key = request.GET.get("ky")
    period = queries.parse_period(key) if key else next(iter(periods), _this_week())
    return Selection(actor, units, asked, period, is_folded=request.GET.get("gop") == "nay")


def units_of(actor: Actor) -> list[Option]:
    """The units whose figures somebody may open: the province first for who oversees all of it."""
    units = [Option(one.code, agency_name(one)) for one in queries.overseen_agencies(actor)]
    if not queries.sees_everything(actor):
        return units
    whole = [
        Option(code, gettext("Toàn tỉnh: %(name)s") % {"name": name})
        for code, name in queries.provinces().items()
    ]
    return whole + [one for one in units if not queries.is_province(one.value)]


def drawn_charts(charts: Sequence[Chart]) -> list[tuple[str, SafeString]]:
    """Charts as pictures for a page; `svg_of` escapes every word."""
    return [
        (chart.title, mark_safe(queries.svg_of(chart, key=f"chart-{place}")))  # noqa: S308 - escaped where made
        for place, chart in enumerate(charts)
    ]


def _this_week() -> Period:
    today = clock.today()
    first = today - timedelta(days=today.weekday())
    return Period(first, first + timedelta(days=6))


def _frame(chosen: Selection) -> dict[str, object]:
    week = _this_week()
    periods = [*queries.periods_with_facts(chosen.unit.partition(".")[0]), week, week.previous, chosen.period]
    names = {period.key: queries.period_name(period) for period in periods}
    return {
        "chosen": chosen,
        "period_name": queries.period_name(chosen.period),
        "period_options": [Option(key, name) for key, name in names.items()],
    }


def _figure(chosen: Selection, one: Indicator) -> Figure:
    side = "p" if queries.is_province(chosen.unit) else None
    found = queries.figures_by_agency([one], chosen.period, side=side, agencies=[chosen.unit])
    nothing = Figure(0, None if one.denominator is None else 0)
    return found.get(chosen.unit, {}).get(one.key, nothing)


def _parts(chosen: Selection, one: Indicator, figure: Figure, slug: str) -> list[Tab]:
    names = {"tu-so": gettext("Tử số"), "mau-so": gettext("Mẫu số")}
    counts = {"tu-so": figure.numerator, "mau-so": figure.denominator}
    return [
        Tab(
            names[part],
            chosen.url("explain_figure", chi_tieu=one.key, phan=part),
            is_current=part == slug,
            count=counts[part],
        )
        for part in _PARTS
        if counts[part] is not None
    ]


def _plain(table: services.Table) -> Rows:
    return Rows(
        table.title,
        [Column(name, is_number=place >= table.words) for place, name in enumerate(table.head)],
        [
            [Cell(value if isinstance(value, str) else queries.count_text(value)) for value in row]
            for row in table.body
        ],
    )


def _figures_table(chosen: Selection, found: Sequence[tuple[Indicator, Figure]], *, has_lists: bool) -> Rows:
    """Figures of several units together have no one list; each unit's own page opens to its dossiers."""
    columns = [
        Column(gettext("Chỉ tiêu")),
        Column(gettext("Tử số"), is_number=True),
        Column(gettext("Mẫu số"), is_number=True),
        Column(gettext("Giá trị"), is_number=True),
    ]
    rows = []
    for one, figure in found:
        top, bottom = (
            chosen.url("explain_figure", chi_tieu=one.key, phan=part) if has_lists else "" for part in _PARTS
        )
        rows.append(
            [
                Cell(queries.title_of(one), top),
                Cell(queries.count_text(figure.numerator), top),
                Cell(
                    queries.count_text(figure.denominator), bottom if figure.denominator is not None else ""
                ),
                Cell(queries.figure_text(figure)),
            ]
        )
    return Rows(gettext("Chỉ tiêu"), columns, rows)


def _dossiers_table(rows: Sequence[CountedRow]) -> Rows:
    columns = [
        Column(gettext("Mã hồ sơ")),
        Column(gettext("Mã thủ tục")),
        Column(gettext("Tiếp nhận")),
        Column(gettext("Hạn trả")),
        Column(gettext("Kết thúc")),
    ]
    return Rows(
        gettext("Hồ sơ được đếm"),
        columns,
        [
            [
                Cell(row.code or gettext("chưa có mã"), reverse("office:dossier", args=[row.dossier_id])),
                Cell(row.procedure),
                *(
                    Cell(f"{on:%d/%m/%Y}" if on else "–")
                    for on in (row.received_on, row.due_on, row.ended_on)
                ),
            ]
            for row in rows
        ],
    )
