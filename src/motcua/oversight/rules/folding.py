"""Units that merged or were divided, shown on the map of another day: whole counts move, and none is split.

A unit that is gone on the day of the map is counted under the one unit that took it over; a unit that is not there yet
under the one unit it came from. Where there are several of them nobody knows which dossier belongs to whom – a share of
people or of land says nothing about dossiers – so the counts stay together in a row of their own. Nothing is lost and
nothing is doubled: rows, what is left, and what no unit answers for add up to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from motcua.oversight.rules.indicators import Figure


class Step(Protocol):
    """One succession: from this day the predecessor's work goes on in the successor."""

    @property
    def predecessor(self) -> str: ...
    @property
    def successor(self) -> str: ...
    @property
    def effective_on(self) -> date: ...


class Fate(StrEnum):
    """Why a unit with counts has no row of the map."""

    ENDED = "ended"  # closed by the day of the map; not folded, or nobody on the map took it over
    LATER = "later"  # opened after the day of the map, from nobody on it
    DIVIDED = "divided"  # its work went to several units of the map
    MERGED = "merged"  # made of several units of the map
    LAYER = "layer"  # of a level this layer of the map does not draw
    UNKNOWN = "unknown"  # counted in the province, under no unit known


@dataclass(frozen=True, slots=True)
class Left:
    """A unit without a row. `others` are the units of the map it was divided into or made of."""

    fate: Fate
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folding:
    """Which unit is counted under which row (`target`), and which under none (`left`); no unit is in both."""

    target: Mapping[str, str]
    left: Mapping[str, Left]

    def by_row(self) -> dict[str, list[str]]:
        """The units counted under each row, the row itself first."""
        held = {row: [row] for row in self.target.values()}
        for unit, row in self.target.items():
            if unit != row:
                held[row].append(unit)
        return held


@dataclass(frozen=True, slots=True)
class Folded:
    """Counts by row, counts by unit without a row, and what is counted under units nobody knows."""

    rows: Mapping[str, Figure]
    left: Mapping[str, Figure]
    unknown: Sequence[Figure] = field(default=())


def as_counted(units: Mapping[str, date | None], shown: Iterable[str], on: date) -> Folding:
    """Every unit in its own row; units the map of the day does not show are left. `units` with their first day."""
    return fold_units(units, shown, (), on)


def fold_units(
    units: Mapping[str, date | None], shown: Iterable[str], steps: Iterable[Step], on: date
) -> Folding:
    """Where each unit is counted on the map of a day, which shows `shown`: forward and backward by succession."""
    rows, after, before = set(shown), defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for step in steps:
        if step.effective_on <= on:
            after[step.predecessor].append(step.successor)
        else:
            before[step.successor].append(step.predecessor)
    target, left = {}, {}
    for unit in {**units, **dict.fromkeys(rows)}:
        begins = units.get(unit)
        is_later = begins is not None and begins > on
        others, is_whole = _ends(unit, before if is_later else after, rows)
        if unit in rows:
            target[unit] = unit
        elif len(others) == 1 and is_whole:
            target[unit] = others[0]
        elif others:
            left[unit] = Left(Fate.MERGED if is_later else Fate.DIVIDED, others)
        else:
            left[unit] = Left(Fate.LATER if is_later else Fate.ENDED)
    return Folding(target, left)


def fold_figures(figures: Mapping[str, Figure], folding: Folding) -> Folded:
    """Counts by unit restated by row. Rates are computed from the result, never folded themselves."""
    rows, unknown = defaultdict[str, list[Figure]](list), []
    left = {}
    for unit, figure in figures.items():
        if unit in folding.target:
            rows[folding.target[unit]].append(figure)
        elif unit in folding.left:
            left[unit] = figure
        else:
            unknown.append(figure)
    return Folded({row: together(held) for row, held in rows.items()}, left, tuple(unknown))


def together(figures: Iterable[Figure]) -> Figure:
    """Several counts as one; a denominator only where there is one."""
    held = list(figures)
    parts = [figure.denominator for figure in held if figure.denominator is not None]
    return Figure(sum(figure.numerator for figure in held), sum(parts) if parts else None)


def difference(whole: Figure, shown: Iterable[Figure]) -> Figure:
    """What of the whole the figures shown leave out; nothing but zeroes where they are all of it."""
    counted = together(shown)
    below = None if whole.denominator is None else whole.denominator - (counted.denominator or 0)
    return Figure(whole.numerator - counted.numerator, below)


def is_nothing(figure: Figure) -> bool:
    """Whether both counts are zero."""
    return not figure.numerator and not figure.denominator


def _ends(unit: str, ways: Mapping[str, Sequence[str]], rows: set[str]) -> tuple[tuple[str, ...], bool]:
    """The units of the map reached from a unit, and whether every way leads to one (no way ends elsewhere)."""
    found, seen, waiting, is_whole = set[str](), {unit}, [unit], True
    while waiting:
        here = waiting.pop()
        if here in rows and here != unit:
            found.add(here)
            continue
        further = ways.get(here, ())
        is_whole = is_whole and bool(further)
        fresh = [other for other in further if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return tuple(sorted(found)), is_whole
