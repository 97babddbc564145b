"""Units never change into other units: they are succeeded. Facts move along successions, and totals do not
change on the way.

A succession says: from this day, this share of the predecessor lives on in that successor. A merged commune
has one successor with share 1; a divided one has several whose shares add up to 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from motcua.directory.errors import SuccessionSharesUnbalanced


@dataclass(frozen=True, slots=True)
class Succession:
    """``share`` (0 < share ≤ 1) of ``predecessor`` continues in ``successor`` from ``effective_on``."""

    predecessor: str
    successor: str
    share: Fraction
    effective_on: date


def check_shares(successions: Iterable[Succession]) -> None:
    """Every predecessor's shares of one day must be positive and add up to exactly 1. Raises
    SuccessionSharesUnbalanced.
    """
    totals: dict[tuple[str, date], Fraction] = defaultdict(Fraction)
    for row in successions:
        if row.share <= 0:
            raise SuccessionSharesUnbalanced(unit=row.predecessor)
        totals[row.predecessor, row.effective_on] += row.share
    for (unit, _), total in totals.items():
        if total != 1:
            raise SuccessionSharesUnbalanced(unit=unit)


def equal_shares(successors: int) -> tuple[Fraction, ...]:
    """Shares where the decree gives none: equal parts."""
    return (Fraction(1, successors),) * successors


def shares_by_weight(weights: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """Shares in proportion to weights (area, people); equal parts when all weights are zero."""
    parts = tuple(weights)
    total = sum(parts, Fraction())
    return tuple(part / total for part in parts) if total else equal_shares(len(parts))


def fold_forward(
    amounts: Mapping[str, Fraction], successions: Iterable[Succession], *, after: date, until: date
) -> dict[str, Fraction]:
    """Amounts counted on the map of ``after`` restated on the map of ``until``; the total is unchanged.

    Applies, in order of day, the successions with after < effective_on ≤ until.
    """
    folded = dict(amounts)
    for of_a_day in _by_day(successions, after=after, until=until):
        moved: dict[str, Fraction] = defaultdict(Fraction)
        for unit, amount in folded.items():
            for successor, share in of_a_day.get(unit, {unit: Fraction(1)}).items():
                moved[successor] += amount * share
        folded = dict(moved)
    return folded


def fold_backward(
    amounts: Mapping[str, Fraction],
    successions: Iterable[Succession],
    *,
    after: date,
    until: date,
    weights: Mapping[str, Fraction],
) -> dict[str, Fraction]:
    """Amounts counted on the map of ``until`` restated on the map of ``after``; the total is unchanged.

    A successor's amount is divided over those it came from in proportion to ``weights`` of the predecessors
    on the map of ``after`` (people, area, or the same indicator then); a unit absent from ``weights`` weighs
    1.
    """
    days = list(_by_day(successions, after=after, until=until))
    weights_by_day = [dict(weights)]
    for of_a_day in days:
        weights_by_day.append(_weights_after(weights_by_day[-1], of_a_day))
    folded = dict(amounts)
    for of_a_day, day_weights in zip(reversed(days), reversed(weights_by_day[:-1]), strict=True):
        folded = _undo(folded, of_a_day, day_weights)
    return folded


def _by_day(
    successions: Iterable[Succession], *, after: date, until: date
) -> Iterable[dict[str, dict[str, Fraction]]]:
    days: dict[date, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for row in successions:
        if after < row.effective_on <= until:
            days[row.effective_on][row.predecessor][row.successor] = row.share
    return (days[day] for day in sorted(days))


def _weights_after(
    weights: Mapping[str, Fraction], of_a_day: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    gone = {unit: weight for unit, weight in weights.items() if unit not in of_a_day}
    result: dict[str, Fraction] = defaultdict(Fraction, gone)
    for predecessor, successors in of_a_day.items():
        for successor, share in successors.items():
            result[successor] += weights.get(predecessor, Fraction(1)) * share
    return dict(result)


def _undo(
    amounts: Mapping[str, Fraction],
    of_a_day: Mapping[str, Mapping[str, Fraction]],
    weights: Mapping[str, Fraction],
) -> dict[str, Fraction]:
    sources: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for predecessor, successors in of_a_day.items():
        for successor, share in successors.items():
            sources[successor].append((predecessor, weights.get(predecessor, Fraction(1)) * share))
    # A unit that keeps its code and also takes in others is its own predecessor only if a row says so.
    result: dict[str, Fraction] = defaultdict(Fraction)
    for unit, amount in amounts.items():
        origins = sources.get(unit)
        if not origins:
            result[unit] += amount
            continue
        for (origin, _), share in zip(
            origins, shares_by_weight(weight for _, weight in origins), strict=True
        ):
            result[origin] += amount * share
    return dict(result)
