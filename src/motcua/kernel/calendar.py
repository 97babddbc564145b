"""Office time: when an agency is open, and arithmetic on the minutes it is open. Pure.

A `WorkingCalendar` is a value: office hours by weekday, days off and days worked with their source. Nothing
here asks for the time or reads anything; `public_holidays` makes the national calendar, `directory` makes
those of agencies.

Moments may be aware or naive; a naive one is wall-clock time in the calendar's zone. Answers are aware, in
that zone. Office hours are wall-clock hours; Việt Nam keeps one offset (+07:00) all year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from motcua.kernel.term_errors import (
    CalendarHasNoOfficeTime,
    LimitInvalid,
    MomentOutsideCalendar,
    OfficeHoursInvalid,
    UnitUnknown,
)

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2149, 12, 31)
WORKING_DAY: Final = timedelta(hours=8)
"""One working day is eight office hours, however long an agency opens on a given day."""

_TICKS: Final = 86_400_000_000
"""Microseconds in a day: every sum is made on whole numbers, so nothing is ever rounded away."""
_TICK: Final = timedelta(microseconds=1)
_FIRST: Final = FIRST_DAY.toordinal()
_FIRST_YEAR: Final = FIRST_DAY.year
_LAST_YEAR: Final = LAST_DAY.year
_DAYS: Final = LAST_DAY.toordinal() - _FIRST + 1

Interval = tuple[time, time]
Intervals = tuple[Interval, ...]


class LimitUnit(StrEnum):
    """The units in which procedures state their limits."""

    HOUR = "hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of a unit; fractions are allowed (a step of 0.25 working day).

    Refuses: LimitInvalid, UnitUnknown.
    """

    amount: Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        amount = Decimal(str(self.amount))  # callers with no type checker may pass int, float or text
        if not amount.is_finite() or amount < 0:
            raise LimitInvalid(given=self.amount)
        try:
            unit = LimitUnit(self.unit)
        except ValueError:
            raise UnitUnknown(given=self.unit) from None
        object.__setattr__(self, "amount", amount)
        object.__setattr__(self, "unit", unit)

    @property
    def is_office_time(self) -> bool:
        """Counted in office time (hours, working days) rather than on the wall calendar (days, months)."""
        return self.unit in (LimitUnit.HOUR, LimitUnit.WORKING_DAY)

    @property
    def office_time(self) -> timedelta:
        """The office time the limit grants, to the microsecond; only for hours and working days."""
        if self.amount > _DAYS * 24:
            raise MomentOutsideCalendar(first=FIRST_DAY.year, last=LAST_DAY.year)
        hours = self.amount * 8 if self.unit is LimitUnit.WORKING_DAY else self.amount
        return timedelta(microseconds=round(hours * 3_600_000_000))


class DayNote(NamedTuple):
    """Why a day departs from the weekly rhythm, and on whose word.

    `stands_for` is the other half of a swap: on a day worked, the day it makes up for, whose hours it then
    keeps; on a day off, the Saturday on which it is made up. `hours` overrides the hours of a day worked (an
    office open for one morning only).
    """

    name: str
    source: str = ""
    name_en: str = ""
    stands_for: date | None = None
    hours: Intervals | None = None


MORNING: Final[Interval] = (time(7, 30), time(11, 30))
AFTERNOON: Final[Interval] = (time(13, 30), time(17, 30))
STANDARD_WEEK: Final[tuple[Intervals, ...]] = ((MORNING, AFTERNOON),) * 5 + ((), ())
"""Monday to Friday 07:30–11:30 and 13:30–17:30: eight hours, with a lunch break."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When an agency is open.

    `weekday_hours` holds seven tuples of intervals, Monday first. A day in `days_worked` is open even when it
    is also in `days_off`. `decided_through` is the last year whose days off were announced officially; later
    ones are worked out from the Labour Code and the lunar calendar, which explanations then say. Refuses:
    OfficeHoursInvalid.
    """

    weekday_hours: tuple[Intervals, ...] = STANDARD_WEEK
    days_off: Mapping[date, DayNote] = field(default_factory=dict)
    days_worked: Mapping[date, DayNote] = field(default_factory=dict)
    tz: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))
    decided_through: int | None = None
    _sums: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    _spans: dict[int, "tuple[tuple[int, int], ...]"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len(self.weekday_hours) != 7:
            raise OfficeHoursInvalid(given=f"{len(self.weekday_hours)} / 7")
        object.__setattr__(self, "weekday_hours", tuple(_joined(hours) for hours in self.weekday_hours))
        worked = {day: _note(note) for day, note in self.days_worked.items()}
        off = {day: _note(note) for day, note in self.days_off.items() if day not in worked}
        object.__setattr__(self, "days_off", off)
        object.__setattr__(self, "days_worked", worked)

    # -- making one from another --

    def with_hours(self, weekday_hours: tuple[Intervals, ...]) -> Self:
        """The same days off and worked, with other office hours (Monday first)."""
        return replace(self, weekday_hours=weekday_hours)

    def with_days(
        self, *, off: Mapping[date, DayNote] | None = None, worked: Mapping[date, DayNote] | None = None
    ) -> Self:
        """An agency's own days over this calendar; they win over what it said of the same days."""
        off, worked = off or {}, worked or {}
        return replace(
            self,
            days_off={day: note for day, note in self.days_off.items() if day not in worked} | dict(off),
            days_worked={day: note for day, note in self.days_worked.items() if day not in off}
            | dict(worked),
        )

    # -- single days --

    def hours_on(self, day: date) -> Intervals:
        """The intervals in which the office is open on `day`, in order; empty when it is closed."""
        note = self.days_worked.get(day)
        if note is not None:
            return self._hours_worked(note)
        return () if day in self.days_off else self.weekday_hours[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours_on(day))

    def first_office_day(self, day: date) -> date:
        """The first day on or after `day` on which the office opens. Refuses: CalendarHasNoOfficeTime."""
        sums, index = self._cumulative(), _index(day)
        # The first later sum that exceeds this one ends the day on which office time next runs.
        found = bisect_right(sums, sums[index], lo=index)
        if found == len(sums):
            raise CalendarHasNoOfficeTime()
        return date.fromordinal(_FIRST + found - 1)

    def opening(self, day: date) -> datetime:
        """When the office opens on `day`, which must be an office day."""
        return datetime.combine(day, self.hours_on(day)[0][0], self.tz)

    def close(self, day: date) -> datetime:
        """When the office closes on `day`, which must be an office day."""
        return datetime.combine(day, self.hours_on(day)[-1][1], self.tz)

    # -- office time --

    def local(self, at: datetime) -> datetime:
        """`at` on the calendar's wall clock; a naive moment already is. Refuses: MomentOutsideCalendar."""
        if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
            raise MomentOutsideCalendar(first=_FIRST_YEAR, last=_LAST_YEAR)
        if at.tzinfo is self.tz:
            return at
        local = at.replace(tzinfo=self.tz) if at.tzinfo is None else at.astimezone(self.tz)
        if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
            raise MomentOutsideCalendar(first=_FIRST_YEAR, last=_LAST_YEAR)
        return local

    def office_time_between(self, begin: datetime, end: datetime) -> timedelta:
        """The office time that runs from `begin` to `end`; zero when `end` is not later."""
        return max(self._run_until(self.local(end)) - self._run_until(self.local(begin)), 0) * _TICK

    def is_open_at(self, at: datetime) -> bool:
        """Whether office time runs at `at`: the opening minute is inside, the closing minute is not."""
        clock = (local := self.local(at)).time()
        return any(begin <= clock < end for begin, end in self.hours_on(local.date()))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself inside office hours, otherwise the next opening. Refuses: CalendarHasNoOfficeTime."""
        local = self.local(at)
        clock = local.time()
        for begin, end in self.hours_on(local.date()):
            if clock < end:
                return local if begin <= clock else datetime.combine(local.date(), begin, self.tz)
        return self.opening_after(local)

    def opening_after(self, at: datetime) -> datetime:
        """The opening of the first office day after the day of `at`."""
        return self.opening(self.first_office_day(self.local(at).date() + timedelta(days=1)))

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest moment at which exactly `amount` of office time has run since `start`.

        With nothing to run it is the moment counting would begin: `next_opening(start)`.
        """
        if amount <= timedelta(0):
            return self.next_opening(start)
        sums = self._cumulative()
        target = self._run_until(self.local(start)) + amount // _TICK
        index = bisect_left(sums, target) - 1
        if index + 1 >= len(sums):
            raise MomentOutsideCalendar(first=FIRST_DAY.year, last=LAST_DAY.year)
        day, left = date.fromordinal(_FIRST + index), target - sums[index]
        for begin, end in self.hours_on(day):
            length = _clock(end) - _clock(begin)
            if left <= length:
                return datetime.combine(day, begin, self.tz) + left * _TICK
            left -= length
        raise AssertionError("the sums and the hours of a day disagree")

    # -- private --

    def _hours_worked(self, note: DayNote) -> Intervals:
        if note.hours is not None:
            return note.hours
        if note.stands_for is not None and (hours := self.weekday_hours[note.stands_for.weekday()]):
            return hours
        return max(self.weekday_hours, key=_length)

    def _cumulative(self) -> list[int]:
        """Office time before each day, in ticks; made once, on first use."""
        if not self._sums:
            week = [_length(hours) for hours in self.weekday_hours]
            first_weekday = FIRST_DAY.weekday()
            lengths = [week[(first_weekday + number) % 7] for number in range(_DAYS)]
            for day in (*self.days_off, *self.days_worked):
                if FIRST_DAY <= day <= LAST_DAY:
                    lengths[day.toordinal() - _FIRST] = _length(self.hours_on(day))
            self._sums[:] = accumulate(lengths, initial=0)  # one assignment: two threads may both come here
        return self._sums

    def _run_until(self, local: datetime) -> int:
        index = local.toordinal() - _FIRST
        total = self._cumulative()[index]
        clock = _clock(local)
        spans = self._spans.get(index)
        for opened, closed in self._spans_on(index) if spans is None else spans:
            if clock <= opened:
                break
            total += (clock if clock < closed else closed) - opened
        return total

    def _spans_on(self, index: int) -> tuple[tuple[int, int], ...]:
        """The hours of a day in ticks; remembered, for a year has few days and very many moments."""
        hours = self.hours_on(date.fromordinal(_FIRST + index))
        spans = self._spans[index] = tuple((_clock(begin), _clock(end)) for begin, end in hours)
        return spans


def _index(day: date) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise MomentOutsideCalendar(first=FIRST_DAY.year, last=LAST_DAY.year)
    return day.toordinal() - _FIRST


def _clock(at: time | datetime) -> int:
    """Ticks since midnight."""
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _length(hours: Intervals) -> int:
    return sum(_clock(end) - _clock(begin) for begin, end in hours)


def _joined(hours: Intervals) -> Intervals:
    """In order, with adjoining intervals made one, so that how hours were typed in never shows."""
    joined: list[Interval] = []
    for begin, end in sorted(hours):
        if begin >= end or (joined and begin < joined[-1][1]):
            raise OfficeHoursInvalid(given=f"{begin:%H:%M}–{end:%H:%M}")
        if joined and begin == joined[-1][1]:
            begin = joined.pop()[0]
        joined.append((begin, end))
    return tuple(joined)


def _note(note: DayNote) -> DayNote:
    return note if note.hours is None else note._replace(hours=_joined(note.hours))
