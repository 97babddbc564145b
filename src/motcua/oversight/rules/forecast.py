"""How many open dossiers will end late: plain shares of the recent past, no model anybody must believe.

For an open dossier with so many days left to its term, we look at the dossiers of the same procedure that ended in the
window before, and that were still open with as many days left: the share of them that ended late is its chance. Where
fewer than `LEAST` such dossiers are known, all procedures of the unit are taken together; where even those are too few,
there is no forecast ("–"). How well this works is not claimed but measured: `back_test` forecasts past days from what was
known on them, and compares with what came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WINDOW_DAYS: Final = 90
LEAST: Final = 20
_FARTHEST: Final = 60


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one dossier, by day; `ended_on` None while it is open."""

    procedure: str
    received_on: date
    due_on: date
    ended_on: date | None

    def was_open_on(self, day: date) -> bool:
        return self.received_on <= day and (self.ended_on is None or self.ended_on > day)

    @property
    def is_late(self) -> bool:
        return self.ended_on is not None and self.ended_on > self.due_on


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of late ones among the dossiers that stood alike; `of_all`: of all procedures, for want of cases."""

    late: int
    alike: int
    of_all: bool

    @property
    def share(self) -> float:
        return self.late / self.alike


@dataclass(frozen=True, slots=True)
class ProcedureForecast:
    """Of one procedure: open now, late already, and how many of the others are expected to end late (None: unknown)."""

    procedure: str
    open: int
    late_already: int
    expected: float | None
    alike: int
    of_all: bool


@dataclass(frozen=True, slots=True)
class BackTest:
    """Forecasts of past days against what came. `days` were tested; errors are over all of them together."""

    days: int
    dossiers: int
    expected: float
    came: int
    mean_error: float

    @property
    def error_percent(self) -> float | None:
        """By how much the expected number missed the late ones that came, day by day, in percent of them."""
        return round(100 * self.mean_error * self.days / self.came, 1) if self.came else None


class Experience:
    """What the dossiers that ended in a window teach: per procedure, how late ended at which days left."""

    def __init__(self, ended: Iterable[Course]) -> None:
        late: dict[str, list[int]] = {}
        every: dict[str, list[int]] = {}
        for one in ended:
            # It stood with k days left for every k from the term's length down to the days left at its end.
            if one.ended_on is None:
                continue
            first, last = _left(one, one.received_on), _left(one, one.ended_on)
            for key in (one.procedure, ""):
                counts, lates = every.setdefault(key, [0] * _SIZE), late.setdefault(key, [0] * _SIZE)
                for left in range(max(last + 1, -_FARTHEST), min(first, _FARTHEST) + 1):
                    counts[left + _FARTHEST] += 1
                    lates[left + _FARTHEST] += one.is_late
        self._late, self._every = late, every

    def chance(self, procedure: str, left: int) -> Chance | None:
        """For a dossier with so many days left; None where too few stood alike."""
        place = max(-_FARTHEST, min(left, _FARTHEST)) + _FARTHEST
        for key in (procedure, ""):
            alike = self._every.get(key, _NOTHING)[place]
            if alike >= LEAST:
                return Chance(self._late[key][place], alike, of_all=not key)
        return None


_SIZE: Final = 2 * _FARTHEST + 1
_NOTHING: Final = [0] * _SIZE


def _left(one: Course, day: date) -> int:
    return (one.due_on - day).days


def forecast(courses: Sequence[Course], today: date) -> list[ProcedureForecast]:
    """By procedure, those with the most expected late ones first. `courses`: ended in the window, and open now."""
    experience = Experience(_ended_before(courses, today))
    found: dict[str, list[Course]] = {}
    for one in courses:
        if one.was_open_on(today):
            found.setdefault(one.procedure, []).append(one)
    rows = [_of_procedure(code, held, experience, today) for code, held in found.items()]
    return sorted(rows, key=lambda row: (-(row.expected or 0), -row.late_already, -row.open, row.procedure))


def _of_procedure(
    code: str, held: Sequence[Course], experience: Experience, today: date
) -> ProcedureForecast:
    waiting = [one for one in held if one.due_on >= today]
    chances = [experience.chance(code, _left(one, today)) for one in waiting]
    known = [chance for chance in chances if chance is not None]
    return ProcedureForecast(
        code,
        open=len(held),
        late_already=len(held) - len(waiting),
        expected=sum(chance.share for chance in known) if len(known) == len(chances) else None,
        alike=min((chance.alike for chance in known), default=0),
        of_all=any(chance.of_all for chance in known),
    )


def back_test(courses: Sequence[Course], days: Sequence[date]) -> BackTest:
    """Forecast each of these days from the window before it; dossiers that have not ended since are left out."""
    expected, came, dossiers, missed = 0.0, 0, 0, 0.0
    held = sorted(
        (one for one in courses if one.ended_on is not None), key=lambda one: one.ended_on or date.max
    )
    ends = [one.ended_on or date.max for one in held]
    for day in days:
        past = held[bisect_left(ends, day - timedelta(days=WINDOW_DAYS)) : bisect_left(ends, day)]
        experience = Experience(past)
        day_expected, day_came = 0.0, 0
        for one in held[bisect_left(ends, day + timedelta(days=1)) :]:
            if one.received_on > day or one.due_on < day:
                continue
            chance = experience.chance(one.procedure, _left(one, day))
            if chance is not None:
                dossiers += 1
                day_expected += chance.share
                day_came += one.is_late
        expected, came, missed = (
            expected + day_expected,
            came + day_came,
            missed + abs(day_expected - day_came),
        )
    return BackTest(len(days), dossiers, expected, came, missed / len(days) if days else 0.0)


def _ended_before(courses: Iterable[Course], today: date) -> Iterable[Course]:
    first = today - timedelta(days=WINDOW_DAYS)
    return (one for one in courses if one.ended_on is not None and first <= one.ended_on <= today)


def days_to_test(last: date, *, weeks: int = 8) -> list[date]:
    """One day a week, the latest far enough back that nearly all dossiers of then have ended."""
    return [last - timedelta(days=30 + 7 * week) for week in range(weeks)]


def total(rows: Iterable[ProcedureForecast]) -> Mapping[str, float]:
    """Sums of a forecast; procedures without one are not among the expected."""
    held = list(rows)
    return {
        "open": sum(row.open for row in held),
        "late_already": sum(row.late_already for row in held),
        "expected": sum(row.expected or 0 for row in held),
    }
