"""Sums of measures over parts of time: the arithmetic every indicator is written in.

Because every count is a sum over days, an indicator is a linear form over three windows: `within` the period, `before` it
(an opening balance) and `until` its end (a closing balance). Every engine that can add can compute it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.oversight.rules.measures import BY_KEY, Nature


class Window(StrEnum):
    """Within the period, before its first day, or until the end of its last day."""

    WITHIN = "within"
    BEFORE = "before"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Term:
    """One measure over one window, times a factor."""

    measure: str
    window: Window
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of terms; `+` and `-` make new ones."""

    terms: tuple[Term, ...]

    def __add__(self, other: Linear) -> Linear:
        return Linear(self.terms + other.terms)

    def __sub__(self, other: Linear) -> Linear:
        return Linear(self.terms + tuple(Term(t.measure, t.window, -t.factor) for t in other.terms))

    def value(self, sums: Mapping[tuple[str, Window], int]) -> int:
        """The number, from sums per measure and window (`until` may be left out: it is before + within)."""
        return sum(term.factor * _sum(sums, term) for term in self.terms)


def _sum(sums: Mapping[tuple[str, Window], int], term: Term) -> int:
    if term.window is Window.UNTIL:
        return sums.get((term.measure, Window.BEFORE), 0) + sums.get((term.measure, Window.WITHIN), 0)
    return sums.get((term.measure, term.window), 0)


def during(*measures: str) -> Linear:
    """What happened in the period."""
    return Linear(tuple(_checked(key, Window.WITHIN, Nature.FLOW) for key in measures))


def opening(*measures: str) -> Linear:
    """A stock at the start of the first day."""
    return Linear(tuple(_checked(key, Window.BEFORE, Nature.BALANCE) for key in measures))


def closing(*measures: str) -> Linear:
    """A stock at the end of the last day."""
    return Linear(tuple(_checked(key, Window.UNTIL, Nature.BALANCE) for key in measures))


def _checked(key: str, window: Window, nature: Nature) -> Term:
    if BY_KEY[key].nature is not nature:
        raise ValueError(
            f"{key} is a {BY_KEY[key].nature}: a flow is summed within a period, a balance up to a day"
        )
    return Term(key, window)
