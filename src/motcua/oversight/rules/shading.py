"""Five classes of a share for the map, told apart by lightness so that no colour vision is needed, and small numbers marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from motcua.oversight.rules.indicators import Figure, Indicator, Wish

SMALL: Final = 10
"""A share over fewer than this says little; it is shown, and marked."""

_MORE: Final = (50.0, 80.0, 90.0, 95.0)
_LESS: Final = (1.0, 3.0, 5.0, 10.0)
CLASSES: Final = 5
_ONE_COLOUR: Final = 0.8
_TELLING: Final = 0.25


@dataclass(frozen=True, slots=True)
class Shade:
    """One class of the legend: 1 is the worst, 5 the best; `low` and `high` in percent, None at the ends."""

    number: int
    low: float | None
    high: float | None
    units: int = 0


def breaks_of(one: Indicator, figures: Sequence[Figure | None] = ()) -> Sequence[float]:
    """The limits between classes.

    Fixed ones, so that maps of different periods can be compared; where nearly all units would fall into one class,
    fifths of the units, so that the map still tells them apart – unless all lie within a quarter of a percent, which no
    colour should make much of. The legend says which.
    """
    fixed = _LESS if one.wish is Wish.LESS else _MORE
    shares = sorted(figure.percent for figure in figures if figure is not None and figure.percent is not None)
    if len(shares) < CLASSES:
        return fixed
    classes = [sum(share >= limit for limit in fixed) for share in shares]
    fullest = max(classes.count(number) for number in range(CLASSES))
    if fullest < _ONE_COLOUR * len(shares) or shares[-1] - shares[0] < _TELLING:
        return fixed
    fifths = tuple(shares[len(shares) * place // CLASSES] for place in range(1, CLASSES))
    return fifths if len(set(fifths)) == len(fifths) else fixed


def shade_of(one: Indicator, figure: Figure | None, breaks: Sequence[float] | None = None) -> int:
    """The class of a figure, 1 (worst) to 5 (best); 0 where there is nothing to divide by."""
    percent = figure.percent if figure is not None else None
    if percent is None:
        return 0
    passed = sum(percent >= limit for limit in (breaks or breaks_of(one)))
    return CLASSES - passed if one.wish is Wish.LESS else passed + 1


def is_small(figure: Figure | None) -> bool:
    """Whether the denominator is too small to say much."""
    return figure is not None and figure.denominator is not None and 0 < figure.denominator < SMALL


def legend_of(one: Indicator, figures: Sequence[Figure | None]) -> list[Shade]:
    """The classes, best first, with how many units fall into each; class 0 (no data) last."""
    breaks = breaks_of(one, figures)
    counts = [0] * (CLASSES + 1)
    for figure in figures:
        counts[shade_of(one, figure, breaks)] += 1
    edges: list[float | None] = [None, *breaks, None]
    shades = []
    for place in range(CLASSES):
        number = CLASSES - place if one.wish is Wish.LESS else place + 1
        shades.append(Shade(number, edges[place], edges[place + 1], counts[number]))
    return [*sorted(shades, key=lambda shade: -shade.number), Shade(0, None, None, counts[0])]
