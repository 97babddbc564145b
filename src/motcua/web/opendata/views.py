"""Pages of the public board: counts only, no dossier and no person. Everything works as tables without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.kernel.errors import OutOfScope
from motcua.oversight import queries
from motcua.oversight.queries import Board, BoardRow, Figure, Place
from motcua.web.kit.components import Crumb, Option
from motcua.web.opendata import words
from motcua.web.opendata.choice import Choice, choice_of


@dataclass(frozen=True, slots=True)
class MapCell:
    """One unit on the map."""

    row: BoardRow
    path: str


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The map beside the ranked table: one selection for both."""
    choice = choice_of(request)
    found = queries.board(choice.province, choice.indicator.key, choice.period, layer=choice.layer)
    context = _frame(choice) | {
        "board": found,
        "cells": _cells(found),
        "box": f"-2 -2 644 {found.drawing.height + 4:.0f}",
        "other_layer": "commune" if found.layer == "district" else "district",
        "before": words.period_name(choice.period.previous),
    }
    return render(request, "opendata/board.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The index of Decision 766: groups, components with their two counts, and why it changed."""
    choice = choice_of(request)
    score, moved = queries.index_of_province(choice.province, choice.period)
    groups = [(group, queries.INDEX_GROUPS[group.group]) for group in score.groups]
    context = _frame(choice) | {
        "score": score,
        "groups": [(group, name_en if words.in_english() else name) for group, (name, name_en, _) in groups],
        "moved": [(change, round(float(change.points), 2)) for change in moved[:8]],
        "english": words.in_english(),
        "before": words.period_name(choice.period.previous),
        "version": queries.INDEX_VERSIONS[score.version],
    }
    return render(request, "opendata/index.html", context)


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator for the province, each with its formula and its counts."""
    choice = choice_of(request)
    rows = [
        (one, words.title_of(one), words.formula_of(one), now, _change(now, past))
        for one, now, past in queries.all_figures(choice.province, choice.period)
    ]
    return render(request, "opendata/indicators.html", _frame(choice) | {"rows": rows})


@require_safe
def explain(request: HttpRequest, unit: str) -> HttpResponse:
    """One figure opened: formula, the two counts term by term, the procedures behind them, the inputs to recompute."""
    choice = choice_of(request)
    place = _place(choice, unit)
    sums = inputs_of(choice, unit)
    rows = queries.procedures_of(choice.indicator, choice.period, unit)
    context = _frame(choice) | {
        "place": place,
        "figure": figure_of(choice, unit),
        "numerator": _opened(choice.indicator.numerator, sums),
        "denominator": _opened(choice.indicator.denominator, sums) if choice.indicator.denominator else [],
        "procedures": rows,
        "crumbs": [Crumb(gettext("Bản đồ"), f"../../?{choice.query}"), Crumb(place.name)],
    }
    return render(request, "opendata/explain.html", context)


@require_safe
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: the columns of the periodic report, with their identity, and all its indicators."""
    choice = choice_of(request)
    place = _place(choice, unit)
    is_province = unit == choice.province
    report = (
        queries.report_of_province(choice.period, unit)
        if is_province
        else queries.report_of(choice.period, unit)
    )
    chosen = queries.in_force(choice.period.last)
    side = "p" if is_province else None
    figures = queries.figures_by_agency(chosen, choice.period, side=side).get(unit, {})
    context = _frame(choice) | {
        "place": place,
        "report": report,
        "rows": [(one, words.title_of(one), figures[one.key]) for one in chosen if one.key in figures],
        "crumbs": [Crumb(gettext("Bản đồ"), f"../../?{choice.query}"), Crumb(place.name)],
    }
    return render(request, "opendata/unit.html", context)


def inputs_of(choice: Choice, unit: str) -> dict[Any, int]:
    """The sums a figure of a unit is made of, by measure and window."""
    one = choice.indicator
    forms = [form for form in (one.numerator, one.denominator) if form is not None]
    keys = tuple(dict.fromkeys(term.measure for form in forms for term in form.terms))
    side = "p" if unit == choice.province else "r" if one.side is queries.Side.RECEIVING else "c"
    held = queries.sums_by_agency(choice.period, side=side, keys=keys).get(unit, {})
    return {(key, window): held.get(window, {}).get(key, 0) for key in keys for window in held} | {}


def figure_of(choice: Choice, unit: str) -> Figure:
    """The figure of one unit."""
    sums = inputs_of(choice, unit)
    one = choice.indicator
    return Figure(one.numerator.value(sums), None if one.denominator is None else one.denominator.value(sums))


def _opened(form: queries.Linear, sums: dict[Any, int]) -> list[tuple[str, str, str, int]]:
    return [
        (sign, name, window, abs(queries.Linear((term,)).value(sums)))
        for (sign, name, window), term in zip(words.terms_of(form), form.terms, strict=True)
    ]


def _place(choice: Choice, unit: str) -> Place:
    if unit == choice.province:
        return Place(unit, choice.provinces.get(unit, unit), "province", "", "", None)
    for place in queries.places_of(choice.province, choice.period.last):
        if place.code == unit:
            return place
    raise OutOfScope


def _cells(found: Board) -> list[MapCell]:
    shapes = found.drawing.shapes
    return [MapCell(row, shapes[row.place.code].path) for row in found.rows if row.place.code in shapes]


def _change(now: Figure, past: Figure | None) -> float | None:
    if past is None or now.percent is None or past.percent is None:
        return None
    return round(now.percent - past.percent, 2)


def _frame(choice: Choice) -> dict[str, Any]:
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
        "small": queries.SMALL,
    }


def _period_options(periods: Sequence[queries.Period], choice: Choice) -> list[Option]:
    keys = {period.key: period for period in periods}
    keys.setdefault(choice.period.key, choice.period)
    return [Option(key, words.period_name(period)) for key, period in keys.items()]
