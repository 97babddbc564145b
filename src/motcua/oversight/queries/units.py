"""The units of a board: those of the map of a day, and where every other unit with counts stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.directory import queries as directory
from motcua.oversight.queries.gazetteer import Place
from motcua.oversight.queries.places import for_a_minute, places_of
from motcua.oversight.rules.folding import Folding, as_counted, fold_units
from motcua.oversight.rules.periods import Period

MERGED_ON = date(2025, 7, 1)
"""Districts were abolished on this day; maps of earlier days show them."""


def layer_on(day: date) -> str:
    """The layer of the map of a day."""
    return "district" if day < MERGED_ON else "commune"


@dataclass(frozen=True, slots=True)
class Lineage:
    """Every unit a province ever had: its place, its first day, and the successions between them, by code."""

    places: Mapping[str, Place]
    begins: Mapping[str, date | None]
    steps: Sequence[directory.Succession]


@dataclass(frozen=True, slots=True)
class Units:
    """The map of a day. `ever` names units it does not show; `widened` took over others after that day.

    With `is_folded`, counts of other units stand under the unit of the map they were succeeded by or came from.
    """

    on: date
    layer: str
    is_folded: bool
    places: Sequence[Place]
    folding: Folding
    under: Mapping[str, Sequence[str]]
    ever: Mapping[str, Place]
    widened: Mapping[str, Sequence[Place]]

    def members(self, place: Place, layer: str) -> list[Place]:
        """The units counted under a place on a layer: itself, on that of districts its communes, and those folded in."""
        held = members_of(place, self.places, layer)
        return [self.named(code) for one in held for code in self.under[one.code]]

    def named(self, code: str) -> Place:
        """A unit of any day by its code."""
        return self.ever.get(code) or Place(code, code, "", "", "", None)


def units_of(province: str, period: Period, fold_to: date | None = None, *, layer: str = "") -> Units:
    """The units of a period: as they were counted, on the map of its last day, or folded to the map of `fold_to`."""
    on = fold_to or period.last
    places, known = places_of(province, on), lineage_of(province)
    ever = {**known.places, **{place.code: place for place in places}}
    begins = {**dict.fromkeys(ever), **known.begins}
    shown = [place.code for place in places]
    if fold_to is None:
        folding = as_counted(begins, shown, on)
    else:
        folding = fold_units(begins, shown, known.steps, on)
    widened: dict[str, list[Place]] = {}
    for step in known.steps if fold_to is not None else ():
        if on < step.effective_on <= period.last and step.successor in shown:
            widened.setdefault(step.successor, []).append(ever[step.predecessor])
    return Units(
        on=on,
        layer=layer or layer_on(on),
        is_folded=fold_to is not None,
        places=places,
        folding=folding,
        under=folding.by_row(),
        ever=ever,
        widened=widened,
    )


def lineage_of(province: str) -> Lineage:
    """Units and successions of a province from the directory; remembered for a minute."""
    return for_a_minute(("lineage", province), lambda: _lineage(province))


def reorganisation_days(province: str) -> list[date]:
    """The days before which the units of a province were others, newest first."""
    return sorted({step.effective_on for step in lineage_of(province).steps}, reverse=True)


def day_before(day: date) -> date:
    """The last day of the units that a reorganisation ended."""
    return day - timedelta(days=1)


def members_of(place: Place, places: Iterable[Place], layer: str) -> list[Place]:
    """The agencies of one day under a place on a layer of the map: on that of districts, its communes too."""
    if layer != "district" or place.level != "district":
        return [place]
    return [place, *(one for one in places if one.level == "commune" and one.district == place.code)]


def _lineage(province: str) -> Lineage:
    places: dict[str, Place] = {}
    begins: dict[str, date | None] = {}
    for one in directory.agencies_ever(province):
        # By day of opening: the last holder of a code names it, the first one tells since when it counts.
        places[one.code] = Place(one.code, one.name, str(one.level), one.territory_code, "", None)
        begins.setdefault(one.code, one.begins_on)
    return Lineage(places, begins, directory.agency_successions(province))
