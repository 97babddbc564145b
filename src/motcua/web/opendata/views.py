"""Pages of the public board: counts only, no dossier and no person. Everything works as tables without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.oversight import queries
from motcua.oversight.queries import Figure, Place
from motcua.web.kit.components import Crumb, Option
from motcua.web.opendata import words
from motcua.web.opendata.choice import TODAY, Choice, choice_of
from motcua.web.opendata.lines import lines_of, map_of, rows_of
from motcua.web.opendata.scope import Scope, board_of, figure_of, scope_of, sums_of
from motcua.web.opendata.wire import public

#: So many procedures are shown on the page of services; all stand in its CSV.
_MOST_SERVICES = 300


@require_safe
@public
def board(request: HttpRequest) -> HttpResponse:
    """The map beside the ranked table: one selection for both."""
    choice = choice_of(request)
    found = board_of(choice)
    lines = lines_of(found.rows, choice)
    context = _frame(choice) | {
        "board": found,
        "drawn": map_of(found, lines),
        "unit_rows": rows_of(lines),
        "office_rows": rows_of(lines_of(found.offices, choice)),
        "box": f"-2 -2 644 {found.drawing.height + 4:.0f}",
        "other_layer": "commune" if found.layer == "district" else "district",
        "before": words.period_name(choice.period.previous),
        "rest": [(row, words.rest_of(row)) for row in found.rest],
    }
    return render(request, "opendata/board.html", context)


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """The index of Decision 766: groups, components with their two counts, and why it changed."""
    choice = choice_of(request)
    score, changes = queries.index_of_province(choice.province, choice.period)
    moved = changes[:8] if choice.is_comparable else ()
    parts = queries.parts_of_changes(choice.province, choice.period, moved[:4])
    titles = queries.procedure_titles(
        [part.procedure for found in parts.values() for part in found], choice.period.last
    )
    groups = [(group, queries.INDEX_GROUPS[group.group]) for group in score.groups]
    missing = [one.component.key for one in score.components if one.exact is None]
    context = _frame(choice) | {
        "score": score,
        "groups": [(group, name_en if words.in_english() else name) for group, (name, name_en, _) in groups],
        "moved": [
            (change, round(float(change.points), 2), _parts(parts.get(change.component.key, ()), titles))
            for change in moved
        ],
        "on_hundred": queries.on_hundred(score),
        "missing": missing,
        "notes": _notes(score),
        "of_services": (queries.SERVICES_ONLINE, queries.SERVICES_USED),
        "lost": 100 - score.attainable,
        "opened": {one.key for one in queries.in_force(choice.period.last)},
        "english": words.in_english(),
        "before": words.period_name(choice.period.previous),
        "version": queries.INDEX_VERSIONS[score.version],
    }
    return render(request, "opendata/index.html", context)


@require_safe
@public
def services(request: HttpRequest) -> HttpResponse:
    """What is offered online and which of it was used: components 3.1 and 3.2 of the index, opened to their procedures."""
    choice = choice_of(request)
    offer = queries.offer_of(choice.province, choice.period) if choice.province else None
    rows = queries.services_of(offer) if offer else ()
    context = _frame(choice) | {
        "offer": offer,
        "inputs": offer.inputs if offer else {},
        "rows": [(row, words.online_level(row.level)) for row in rows[:_MOST_SERVICES]],
        "hidden": max(0, len(rows) - _MOST_SERVICES),
        "crumbs": [
            Crumb(gettext("Chỉ số 766"), f"{reverse('opendata:index')}?{choice.query}"),
            Crumb(gettext("Dịch vụ trực tuyến")),
        ],
    }
    return render(request, "opendata/services.html", context)


@require_safe
@public
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator for the province, each with its formula and its counts."""
    choice = choice_of(request)
    rows = [
        (
            one,
            words.title_of(one),
            words.formula_of(one),
            now,
            _change(now, past) if choice.is_comparable else None,
        )
        for one, now, past in queries.all_figures(choice.province, choice.period)
    ]
    return render(request, "opendata/indicators.html", _frame(choice) | {"rows": rows})


@require_safe
@public
def explain(request: HttpRequest, unit: str) -> HttpResponse:
    """One figure opened: formula, the two counts term by term, the procedures behind them, the inputs to recompute."""
    choice = choice_of(request)
    scope = scope_of(choice, unit)
    sums = sums_of(choice, scope)
    one = choice.indicator
    rows = queries.procedures_of(one, choice.period, scope.codes, side=scope.side)
    titles = queries.procedure_titles([code for code, _ in rows], choice.period.last)
    run = queries.run_of_months(one, scope.codes, scope.side, choice.period.last)
    context = _frame(choice) | {
        "chart": _chart(one, run) if len(run) > 1 else None,
        "run": run,
        "place": scope.place,
        "members": _members(choice, scope),
        "figure": figure_of(one, sums),
        "numerator": _opened(one.numerator, sums),
        "denominator": _opened(one.denominator, sums) if one.denominator else [],
        "procedures": [(code, titles.get(code, ""), figure) for code, figure in rows],
        "crumbs": _crumbs(choice, scope.place),
    }
    return render(request, "opendata/explain.html", context)


@require_safe
@public
def priorities(request: HttpRequest) -> HttpResponse:
    """The lists of services to be provided online first, as they stood on the last day, with their online dossiers."""
    choice = choice_of(request)
    lists = [
        (words.priority_list(name), rows, _together([row.online for row in rows]))
        for name, rows in queries.priority_services(choice.province, choice.period).items()
    ]
    return render(request, "opendata/priorities.html", _frame(choice) | {"lists": lists})


@require_safe
@public
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: the columns of the periodic report, with their identity, and all its indicators."""
    choice = choice_of(request)
    place = scope_of(choice, unit).place
    is_province = unit == choice.province
    report = (
        queries.report_of_province(choice.period, unit)
        if is_province
        else queries.report_of(choice.period, unit)
    )
    chosen = queries.in_force(choice.period.last)
    side = "p" if is_province else None
    figures = queries.figures_by_agency(chosen, choice.period, side=side, agencies=[unit]).get(unit, {})
    context = _frame(choice) | {
        "place": place,
        "report": report,
        "evaluation": None if is_province else _evaluation(queries.evaluation_of(unit, choice.period)),
        "rows": [(one, words.title_of(one), figures[one.key]) for one in chosen if one.key in figures],
        "crumbs": _crumbs(choice, place),
    }
    return render(request, "opendata/unit.html", context)


def _notes(score: queries.IndexScore) -> dict[str, str]:
    """By key of a component without points: what is missing."""
    return {
        one.component.key: words.component_note(one.component.key, one.figure)
        for one in score.components
        if one.exact is None
    }


def _together(figures: Sequence[Figure]) -> Figure:
    return Figure(sum(one.numerator for one in figures), sum(one.denominator or 0 for one in figures))


def _parts(
    parts: Sequence[queries.Part], titles: dict[str, str]
) -> list[tuple[str, str, float, queries.Part]]:
    return [
        (part.procedure, titles.get(part.procedure, ""), round(float(part.points), 2), part) for part in parts
    ]


def _evaluation(found: queries.UnitEvaluation) -> dict[str, object]:
    """The nine indicators with their scores, and what may be said of their sum."""
    english = words.in_english()
    return {
        "rows": [
            (number, name_en if english else name, words.evaluation_note(number), found.scores.get(number))
            for number, (name, name_en) in queries.NINE.items()
        ],
        "total": found.total,
        "scored": sum(score is not None for score in found.scores.values()),
        "classification": found.classification,
    }


def _chart(one: queries.Indicator, run: Sequence[tuple[date, Figure]]) -> SafeString:
    figures = [figure for _, figure in run]
    values = [figure.numerator if one.denominator is None else figure.percent for figure in figures]
    texts = [queries.figure_text(figure).removesuffix(" %") for figure in figures]
    chart = queries.Chart(
        gettext("Từng tháng") + ("" if one.denominator is None else " (%)"),
        queries.ChartKind.COLUMNS,
        [f"{month:%m/%y}" for month, _ in run],
        [queries.Series(words.title_of(one), values, texts)],
        most=None if one.denominator is None else max([100.0, *(value or 0.0 for value in values)]),
    )
    return mark_safe(queries.svg_of(chart, key="od-run"))  # noqa: S308 - every word is escaped where it is drawn


def _members(choice: Choice, scope: Scope) -> list[tuple[Place, Figure]]:
    """The agencies of a scope of several, each with its own figure."""
    if len(scope.members) == 1:
        return []
    found = queries.figures_by_agency([choice.indicator], choice.period, agencies=scope.codes)
    key = choice.indicator.key
    return [(place, found[place.code][key]) for place in scope.members if key in found.get(place.code, {})]


def _crumbs(choice: Choice, place: Place) -> list[Crumb]:
    return [Crumb(gettext("Bản đồ"), f"{reverse('opendata:board')}?{choice.query}"), Crumb(place.name)]


def _opened(form: queries.Linear, sums: dict[Any, int]) -> list[tuple[str, str, str, int]]:
    return [
        (sign, name, window, abs(queries.Linear((term,)).value(sums)))
        for (sign, name, window), term in zip(words.terms_of(form), form.terms, strict=True)
    ]


def _change(now: Figure, past: Figure | None) -> float | None:
    if past is None or now.percent is None or past.percent is None:
        return None
    return round(now.percent - past.percent, 2)


def _frame(choice: Choice) -> dict[str, object]:
    one = choice.indicator
    return {
        "choice": choice,
        "province_name": choice.provinces.get(choice.province, choice.province),
        "title": words.title_of(one),
        "formula": words.formula_of(one),
        "excluded": words.excluded_of(one),
        "period_name": words.period_name(choice.period),
        "province_options": [Option(code, name) for code, name in choice.provinces.items()],
        "indicator_options": [
            Option(other.key, words.title_of(other)) for other in queries.in_force(choice.period.last)
        ],
        "period_options": _period_options(choice.periods, choice),
        "unit_options": _unit_options(choice),
        "small": queries.SMALL,
    }


def _period_options(periods: Sequence[queries.Period], choice: Choice) -> list[Option]:
    keys = {period.key: period for period in periods}
    keys.setdefault(choice.period.key, choice.period)
    return [Option(key, words.period_name(period)) for key, period in keys.items()]


def _unit_options(choice: Choice) -> list[Option]:
    """Units as counted, those of today, and those before each reorganisation; a day of one's own stays chosen."""
    days = queries.reorganisation_days(choice.province)
    options = {
        "": gettext("tại thời điểm đó, không gộp"),
        TODAY: gettext("hiện nay, gộp đơn vị cũ vào đơn vị kế thừa"),
        **{queries.day_before(day).isoformat(): words.units_before(day) for day in days},
    }
    if choice.fold_to is not None:
        options.setdefault(choice.units, gettext("ngày %s") % f"{choice.fold_to:%d/%m/%Y}")
    return [Option(value, label) for value, label in options.items()]
