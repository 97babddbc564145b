"""Whose figure is opened: a unit alone, with those folded into it, a district with its communes, or the province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.kernel.errors import OutOfScope
from motcua.oversight import queries
from motcua.oversight.queries import Figure, Indicator, Place, Window
from motcua.web.opendata.choice import Choice

Sums = Mapping[tuple[str, Window], int]


@dataclass(frozen=True, slots=True)
class Scope:
    """The place asked for and the agencies counted under it; `side` is where their counts are kept."""

    place: Place
    members: Sequence[Place]
    side: str

    @property
    def codes(self) -> list[str]:
        return [member.code for member in self.members]


def board_of(choice: Choice) -> queries.Board:
    """The board of a selection."""
    return queries.board(
        choice.province,
        choice.indicator.key,
        choice.period,
        layer=choice.layer,
        fold_to=choice.fold_to,
    )


def scope_of(choice: Choice, unit: str) -> Scope:
    """The scope of a unit's code under the selection. Raises `OutOfScope` for a unit of no or another province."""
    if unit == choice.province:
        whole = Place(unit, choice.provinces.get(unit, unit), "province", "", "", None)
        return Scope(whole, [whole], "p")
    units = queries.units_of(choice.province, choice.period, choice.fold_to, layer=choice.layer)
    place = next((one for one in units.places if one.code == unit), None)
    side = "r" if choice.indicator.side is queries.Attribution.RECEIVING else "c"
    if place is not None:
        return Scope(place, units.members(place, "unit" if choice.is_alone else units.layer), side)
    if unit not in units.ever:
        raise OutOfScope
    return Scope(units.ever[unit], [units.ever[unit]], side)


def sums_of(choice: Choice, scope: Scope) -> dict[tuple[str, Window], int]:
    """The sums a figure is made of, by measure and window, over all members of the scope."""
    keys = queries.measures_of(choice.indicator)
    by_agency = queries.sums_by_agency(choice.period, side=scope.side, keys=keys, agencies=scope.codes)
    sums: dict[tuple[str, Window], int] = {}
    for code in scope.codes:
        for window, counts in by_agency.get(code, {}).items():
            for key, value in counts.items():
                sums[key, window] = sums.get((key, window), 0) + value
    return sums


def figure_of(one: Indicator, sums: Sums) -> Figure:
    """The figure made of these sums."""
    return Figure(one.numerator.value(sums), None if one.denominator is None else one.denominator.value(sums))
