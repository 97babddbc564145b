"""The board people look at: one indicator, one period, every unit, with the two counts of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from motcua.oversight.queries.live import (
    PROVINCE_SIDE,
    figures_by_agency,
    figures_by_procedure,
    sums_by_agency,
)
from motcua.oversight.queries.places import Drawing, Place, drawing_of, places_of
from motcua.oversight.rules.index766 import Change, IndexScore, changes, score, version_on
from motcua.oversight.rules.indicators import Figure, Indicator, Side, Wish, in_force, indicator
from motcua.oversight.rules.linear import Window
from motcua.oversight.rules.periods import Period
from motcua.oversight.rules.report import ReportRow, report_row
from motcua.oversight.rules.shading import Shade, breaks_of, is_small, legend_of, shade_of

MERGED_ON = date(2025, 7, 1)
"""Districts were abolished on this day; maps of earlier days show them."""


def layer_on(day: date) -> str:
    """The layer of the map of a day."""
    return "district" if day < MERGED_ON else "commune"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit: its figure now and in the period before, its class on the map, whether the number is small."""

    place: Place
    figure: Figure
    before: Figure | None
    shade: int
    is_small: bool
    rank: int | None

    @property
    def change(self) -> float | None:
        """Points of percent against the period before."""
        now, past = self.figure.percent, self.before.percent if self.before else None
        return None if now is None or past is None else round(now - past, 2)


@dataclass(frozen=True, slots=True)
class Board:
    """Map, table and whole for one indicator and period."""

    indicator: Indicator
    period: Period
    layer: str
    whole: Figure
    whole_before: Figure | None
    rows: Sequence[BoardRow]
    offices: Sequence[BoardRow]
    drawing: Drawing
    legend: Sequence[Shade]


def board(province: str, key: str, period: Period, *, layer: str = "") -> Board:
    """The board of a province. `layer` is ``district`` or ``commune`` (by the day of the period's end when empty).

    On the district layer, communes are added to the district they lay in. Raises `IndicatorUnknown`.
    """
    one = indicator(key, period.last)
    layer = layer or layer_on(period.last)
    places = places_of(province, period.last)
    now, past = figures_by_agency([one], period), figures_by_agency([one], period.previous)
    mapped = [place for place in places if place.level == layer]
    folds = {place.code: [one.code for one in members_of(place, places, layer)] for place in mapped}
    rows = [_row(one, place, folds[place.code], now, past) for place in mapped]
    others = [place for place in places if place.level == "province" and place.code in now]
    offices = [_row(one, place, [place.code], now, past) for place in others]
    whole, whole_before = _whole(one, province, period)
    return Board(
        indicator=one,
        period=period,
        layer=layer,
        whole=whole,
        whole_before=whole_before,
        rows=_ranked(one, _shaded(one, rows)),
        offices=_ranked(one, offices),
        drawing=drawing_of(mapped, period.last),
        legend=legend_of(one, [row.figure for row in rows]),
    )


def procedures_of(
    one: Indicator, period: Period, agencies: Sequence[str], *, side: str | None = None
) -> list[tuple[str, Figure]]:
    """The procedures behind the figure of some agencies together, those with the most cases first."""
    found = figures_by_procedure([one], period, agencies=agencies, side=side)
    rows = [(code, figures[one.key]) for code, figures in found.items()]
    return sorted(
        (row for row in rows if row[1].numerator or row[1].denominator),
        key=lambda row: (-(row[1].denominator or row[1].numerator), row[0]),
    )


def report_of(period: Period, agency: str, *, side: Side = Side.COMPETENT) -> ReportRow:
    """The columns of the periodic report of one agency."""
    sums = sums_by_agency(period, side="c" if side is Side.COMPETENT else "r", agencies=[agency]).get(
        agency, {}
    )
    return report_row(sums.get(Window.BEFORE, {}), sums.get(Window.WITHIN, {}))


def report_of_province(period: Period, province: str) -> ReportRow:
    """The columns of the periodic report of the whole province."""
    sums = sums_by_agency(period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    return report_row(sums.get(Window.BEFORE, {}), sums.get(Window.WITHIN, {}))


def report_rows(period: Period, province: str) -> dict[str, ReportRow]:
    """The columns of the periodic report of every competent agency of a province that has any count, by code."""
    found = sums_by_agency(period, side="c")
    mine = {code: sums for code, sums in found.items() if code.startswith(f"{province}.") or code == province}
    return {
        code: report_row(sums.get(Window.BEFORE, {}), sums.get(Window.WITHIN, {}))
        for code, sums in mine.items()
    }


def index_of_province(province: str, period: Period) -> tuple[IndexScore, tuple[Change, ...]]:
    """The index of Decision 766 of a province, and why it differs from the period before."""
    version = version_on(period.last)
    wanted = {component.figure for component in version.components}
    chosen = [one for one in in_force(period.last) if one.key in wanted]
    now = figures_by_agency(chosen, period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency(chosen, period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    score_now, score_past = score(now, version), score(past, version)
    return score_now, changes(score_past, score_now)


def all_figures(province: str, period: Period) -> list[tuple[Indicator, Figure, Figure | None]]:
    """Every indicator in force for the whole province, with its figure in the period before."""
    chosen = in_force(period.last)
    now = figures_by_agency(chosen, period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency(chosen, period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    return [(one, now[one.key], past.get(one.key)) for one in chosen if one.key in now]


def members_of(place: Place, places: Iterable[Place], layer: str) -> list[Place]:
    """The agencies counted under a place on a layer of the map: on that of districts, its communes too."""
    inside = [
        other
        for other in places
        if layer == "district" and other.level == "commune" and other.district == place.code
    ]
    return [place, *(inside if place.level == "district" else [])]


def _shaded(one: Indicator, rows: Sequence[BoardRow]) -> list[BoardRow]:
    breaks = breaks_of(one, [row.figure for row in rows])
    return [replace(row, shade=shade_of(one, row.figure, breaks)) for row in rows]


def _whole(one: Indicator, province: str, period: Period) -> tuple[Figure, Figure | None]:
    nothing = Figure(0, None if one.denominator is None else 0)
    now = figures_by_agency([one], period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency([one], period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    return now.get(one.key, nothing), past.get(one.key)


def _row(
    one: Indicator,
    place: Place,
    members: Sequence[str],
    now: dict[str, dict[str, Figure]],
    past: dict[str, dict[str, Figure]],
) -> BoardRow:
    figure = _sum(one, members, now)
    before = _sum(one, members, past) if any(code in past for code in members) else None
    return BoardRow(place, figure, before, shade_of(one, figure), is_small(figure), None)


def _sum(one: Indicator, members: Sequence[str], figures: dict[str, dict[str, Figure]]) -> Figure:
    held = [figures[code][one.key] for code in members if code in figures and one.key in figures[code]]
    whole = sum(figure.numerator for figure in held)
    return Figure(whole, None if one.denominator is None else sum(figure.denominator or 0 for figure in held))


def _ranked(one: Indicator, rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Best first; units without a figure last and without a rank; equal figures share a rank."""
    sign = 1 if one.wish is Wish.LESS else -1

    def worth(row: BoardRow) -> float | None:
        share = row.figure.ratio
        return (
            float(row.figure.numerator)
            if one.denominator is None
            else None
            if share is None
            else float(share)
        )

    ranked: list[BoardRow] = []
    known = sorted(
        (row for row in rows if worth(row) is not None),
        key=lambda row: (sign * (worth(row) or 0), row.place.code),
    )
    for place, row in enumerate(known, start=1):
        same = bool(ranked) and worth(ranked[-1]) == worth(row)
        ranked.append(replace(row, rank=ranked[-1].rank if same else place))
    return [*ranked, *(row for row in rows if worth(row) is None)]
