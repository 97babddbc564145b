"""The board people look at: one indicator, one period, every unit, with the two counts of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from motcua.oversight.queries.gazetteer import Place
from motcua.oversight.queries.live import (
    PROVINCE_SIDE,
    figures_by_agency,
    figures_by_procedure,
    sums_by_agency,
)
from motcua.oversight.queries.offers import offer_of
from motcua.oversight.queries.places import Drawing, drawing_of
from motcua.oversight.queries.units import Units, units_of
from motcua.oversight.rules.folding import Fate, Folded, difference, fold_figures, is_nothing, together
from motcua.oversight.rules.index766 import Change, IndexScore, changes, inputs_on, score, version_on
from motcua.oversight.rules.indicators import Attribution, Figure, Indicator, Wish, in_force, indicator
from motcua.oversight.rules.linear import Window
from motcua.oversight.rules.periods import Period
from motcua.oversight.rules.report import ReportRow, report_row
from motcua.oversight.rules.shading import Shade, breaks_of, is_small, legend_of, shade_of


@dataclass(frozen=True, slots=True)
class RestRow:
    """Counts of the province that no unit of the map holds; `place` is None where they are of several or of nobody known.

    `others` are the units of the map it was made of or divided into.
    """

    fate: Fate
    place: Place | None
    figure: Figure
    others: Sequence[Place] = ()
    units: int = 1


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit: its figure now and in the period before, its class on the map, whether the number is small.

    `folded` are units of other days counted in it. `shared` is a later unit, made of this one and others: its figure
    is theirs together and stands in the rest. `widened` are units it took over after the day of the map.
    """

    place: Place
    figure: Figure
    before: Figure | None
    shade: int
    is_small: bool
    rank: int | None
    folded: Sequence[Place] = ()
    shared: Sequence[RestRow] = ()
    widened: Sequence[Place] = ()

    @property
    def change(self) -> float | None:
        """Points of percent against the period before."""
        now, past = self.figure.percent, self.before.percent if self.before else None
        return None if now is None or past is None else round(now - past, 2)


@dataclass(frozen=True, slots=True)
class Board:
    """Map, table and whole for one indicator and period: rows, offices and rest add up to the whole."""

    indicator: Indicator
    period: Period
    units: Units
    whole: Figure
    whole_before: Figure | None
    rows: Sequence[BoardRow]
    offices: Sequence[BoardRow]
    rest: Sequence[RestRow]
    drawing: Drawing
    legend: Sequence[Shade]

    @property
    def layer(self) -> str:
        return self.units.layer


def board(province: str, key: str, period: Period, *, layer: str = "", fold_to: date | None = None) -> Board:
    """The board of a province. `layer` is ``district`` or ``commune`` (by the day of the map when empty).

    The map is that of the period's end with every unit as it was counted, or, with `fold_to`, that of any day with the
    units of other days folded into it. On the district layer, communes are added to the district they lay in. Raises
    `IndicatorUnknown`.
    """
    one = indicator(key, period.last)
    units = units_of(province, period, fold_to, layer=layer)
    now, past = (_folded(one, province, units, when) for when in (period, period.previous))
    whole, whole_before = _whole(one, province, period)
    mapped = [place for place in units.places if place.level == units.layer]
    others = [place for place in units.places if place.level == "province" and place.code in now.rows]
    shown = {place.code for place in units.places}
    rows = [_row(one, place, units, now, past, shown) for place in mapped]
    offices = [_row(one, place, units, now, past, shown) for place in others]
    rest = _rest(units, now, [*rows, *offices], whole)
    shared = _sharing(rest)
    colours = [_on_map(row, shared.get(row.place.code, ())) for row in rows]
    return Board(
        indicator=one,
        period=period,
        units=units,
        whole=whole,
        whole_before=whole_before,
        rows=_ranked(one, rows, shared, breaks_of(one, colours)),
        offices=_ranked(one, offices, {}, breaks_of(one)),
        rest=rest,
        drawing=drawing_of(mapped, units.on),
        legend=legend_of(one, colours),
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


def report_of(period: Period, agency: str, *, side: Attribution = Attribution.COMPETENT) -> ReportRow:
    """The columns of the periodic report of one agency."""
    sums = sums_by_agency(period, side="c" if side is Attribution.COMPETENT else "r", agencies=[agency]).get(
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
    chosen = inputs_on(period.last)
    now = figures_by_agency(chosen, period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency(chosen, period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    score_now = score(now | _offered(province, period), version)
    score_past = score(past | _offered(province, period.previous), version)
    return score_now, changes(score_past, score_now)


def _offered(province: str, period: Period) -> dict[str, Figure]:
    offer = offer_of(province, period)
    return {} if offer is None else offer.inputs


def all_figures(province: str, period: Period) -> list[tuple[Indicator, Figure, Figure | None]]:
    """Every indicator in force for the whole province, with its figure in the period before."""
    chosen = in_force(period.last)
    now = figures_by_agency(chosen, period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency(chosen, period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    return [(one, now[one.key], past.get(one.key)) for one in chosen if one.key in now]


def _folded(one: Indicator, province: str, units: Units, period: Period) -> Folded:
    found = figures_by_agency([one], period)
    mine = {
        code: figures[one.key]
        for code, figures in found.items()
        if one.key in figures and (code == province or code.startswith(f"{province}."))
    }
    return fold_figures(mine, units.folding)


def _rest(units: Units, now: Folded, rows: Sequence[BoardRow], whole: Figure) -> list[RestRow]:
    """Every count of the province that no row holds, so that all that is shown adds up to the whole."""
    rest = []
    for code, figure in sorted(now.left.items()):
        left = units.folding.left[code]
        if not is_nothing(figure):
            others = [units.named(other) for other in left.others]
            rest.append(RestRow(left.fate, units.named(code), figure, others))
    on_rows = {member.code for row in rows for member in units.members(row.place, units.layer)}
    hidden = [code for code in now.rows if code not in on_rows and not is_nothing(now.rows[code])]
    if hidden:
        rest.append(RestRow(Fate.LAYER, None, together(now.rows[code] for code in hidden), units=len(hidden)))
    shown = [*(row.figure for row in rows), *(row.figure for row in rest)]
    unknown = difference(whole, shown)
    return rest if is_nothing(unknown) else [*rest, RestRow(Fate.UNKNOWN, None, unknown)]


def _sharing(rest: Sequence[RestRow]) -> dict[str, list[RestRow]]:
    """By unit of the map: the later units made of it and of others."""
    found: dict[str, list[RestRow]] = {}
    for left in rest:
        for place in left.others if left.fate is Fate.MERGED else ():
            found.setdefault(place.code, []).append(left)
    return found


def _on_map(row: BoardRow, shared: Sequence[RestRow]) -> Figure:
    """What colours a unit: its own figure; where it has none, that of the later unit it is a part of."""
    return shared[0].figure if shared and is_nothing(row.figure) else row.figure


def _whole(one: Indicator, province: str, period: Period) -> tuple[Figure, Figure | None]:
    nothing = Figure(0, None if one.denominator is None else 0)
    now = figures_by_agency([one], period, side=PROVINCE_SIDE, agencies=[province]).get(province, {})
    past = figures_by_agency([one], period.previous, side=PROVINCE_SIDE, agencies=[province]).get(
        province, {}
    )
    return now.get(one.key, nothing), past.get(one.key)


def _row(
    one: Indicator, place: Place, units: Units, now: Folded, past: Folded, shown: Collection[str]
) -> BoardRow:
    members = units.members(place, units.layer)
    inside = [member.code for member in members]
    figure = _sum(one, inside, now.rows)
    before = _sum(one, inside, past.rows) if any(code in past.rows for code in inside) else None
    return BoardRow(
        place,
        figure,
        before,
        0,
        is_small(figure),
        None,
        folded=[member for member in members if member.code not in shown],
        widened=units.widened.get(place.code, ()),
    )


def _sum(one: Indicator, codes: Sequence[str], figures: Mapping[str, Figure]) -> Figure:
    held = [figures[code] for code in codes if code in figures]
    if len(held) == 1:
        return held[0]
    return together([Figure(0, None if one.denominator is None else 0), *held])


def _ranked(
    one: Indicator,
    rows: Sequence[BoardRow],
    shared: Mapping[str, Sequence[RestRow]],
    breaks: Sequence[float],
) -> list[BoardRow]:
    """Best first, each with its class; units without a figure last and without a rank; equal figures share a rank."""
    sign = 1 if one.wish is Wish.LESS else -1
    known = [(worth * sign, row.place.code, row) for row in rows if (worth := _worth(row.figure)) is not None]
    known.sort(key=lambda item: item[:2])
    ranked: list[BoardRow] = []
    rank, last = 0, None
    for place, (worth, code, row) in enumerate(known, start=1):
        rank, last = (rank if worth == last else place), worth
        ranked.append(_finished(one, row, shared.get(code, ()), breaks, rank))
    nothing = (row for row in rows if _worth(row.figure) is None)
    return [
        *ranked,
        *(_finished(one, row, shared.get(row.place.code, ()), breaks, None) for row in nothing),
    ]


def _worth(figure: Figure) -> float | None:
    """What a unit is ranked by. Floats do: equal shares of whole numbers divide to the same one."""
    if figure.denominator is None:
        return float(figure.numerator)
    return figure.numerator / figure.denominator if figure.denominator else None


def _finished(
    one: Indicator, row: BoardRow, shared: Sequence[RestRow], breaks: Sequence[float], rank: int | None
) -> BoardRow:
    return replace(row, shade=shade_of(one, _on_map(row, shared), breaks), shared=shared, rank=rank)
