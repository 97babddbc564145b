"""Periods: day, month, quarter, year or any span of days; and how years, months and days cover one exactly."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from motcua.oversight.errors import PeriodInvalid
from motcua.oversight.words import Grain


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodInvalid(period=f"{self.first}/{self.last}")

    @property
    def key(self) -> str:
        """The shortest address of the period: 2026, 2026-Q1, 2026-03, 2026-03-05 or first/last."""
        if self.first == self.last:
            return self.first.isoformat()
        whole = self.first.day == 1 and self.last == last_of_month(self.last)
        if whole and self.first.year == self.last.year:
            months = self.last.month - self.first.month + 1
            if months == 12:
                return f"{self.first.year}"
            if months == 1:
                return f"{self.first:%Y-%m}"
            if months == 3 and self.first.month % 3 == 1:
                return f"{self.first.year}-Q{self.first.month // 3 + 1}"
        return f"{self.first}/{self.last}"

    @property
    def previous(self) -> Period:
        """The period just before, of the same kind (month before a month, else as many days)."""
        last = self.first - timedelta(days=1)
        key = self.key
        if len(key) == 4:
            return Period(date(last.year, 1, 1), last)
        if "Q" in key:
            return Period(date(last.year, last.month - 2, 1), last)
        if len(key) == 7:
            return Period(last.replace(day=1), last)
        return Period(last - (self.last - self.first), last)


@dataclass(frozen=True, slots=True)
class Span:
    """Buckets of one grain whose first days lie in [first, last]; empty when last < first."""

    grain: Grain
    first: date
    last: date


NOTHING: Final = (date(1000, 1, 2), date(1000, 1, 1))
DAWN: Final = date(1900, 1, 1)
_PATTERNS: Final = (
    (re.compile(r"^(\d{4})$"), lambda y: (date(int(y), 1, 1), date(int(y), 12, 31))),
    (re.compile(r"^(\d{4})-Q([1-4])$"), lambda y, q: _quarter(int(y), int(q))),
    (
        re.compile(r"^(\d{4})-(\d{2})$"),
        lambda y, m: (date(int(y), int(m), 1), last_of_month(date(int(y), int(m), 1))),
    ),
    (re.compile(r"^(\d{4}-\d{2}-\d{2})$"), lambda d: (date.fromisoformat(d), date.fromisoformat(d))),
    (
        re.compile(r"^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$"),
        lambda a, b: (date.fromisoformat(a), date.fromisoformat(b)),
    ),
)


#: Nothing is counted outside; the days before and after a period must exist, too.
_EARLIEST, _LATEST = date(1946, 1, 1), date(2999, 12, 31)


def parse_period(text: str) -> Period:
    """Read a period's address. Raises `PeriodInvalid`."""
    for pattern, read in _PATTERNS:
        match = pattern.match(text.strip())
        if match:
            try:
                period = Period(*read(*match.groups()))
            except ValueError as error:
                raise PeriodInvalid(period=text) from error
            if period.first >= _EARLIEST and period.last <= _LATEST:
                return period
    raise PeriodInvalid(period=text)


def last_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def bucket(day: date, grain: Grain) -> date:
    """First day of the bucket of a day."""
    match grain:
        case Grain.DAY:
            return day
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.YEAR:
            return date(day.year, 1, 1)


def so_far(period: Period, today: date) -> Period:
    """The part of a period that has happened: what falls due later in a running period is not overdue yet."""
    if period.first <= today < period.last:
        return Period(period.first, today)
    return period


def cover(period: Period) -> tuple[Span, ...]:
    """Five spans (days, months, years, months, days) that hold every day of the period exactly once."""
    first, last = period.first, period.last
    head_end = min(last, last_of_month(first - timedelta(days=1)) if first.day == 1 else last_of_month(first))
    month_from = head_end + timedelta(days=1)
    month_until = last if last == last_of_month(last) else last.replace(day=1) - timedelta(days=1)
    head = _span(Grain.DAY, first, head_end)
    if month_until < month_from:
        return (head, *_none(Grain.MONTH, Grain.YEAR, Grain.MONTH), _span(Grain.DAY, month_from, last))
    tail = _span(Grain.DAY, month_until + timedelta(days=1), last)
    return (head, *_months(month_from, month_until), tail)


def cover_before(first: date) -> tuple[Span, ...]:
    """Three spans (years, months, days) that hold every day before `first` exactly once."""
    return (
        _span(Grain.YEAR, DAWN, date(first.year - 1, 12, 31)),
        _span(Grain.MONTH, date(first.year, 1, 1), first.replace(day=1) - timedelta(days=1)),
        _span(Grain.DAY, first.replace(day=1), first - timedelta(days=1)),
    )


def _months(first: date, last: date) -> tuple[Span, Span, Span]:
    """Whole months from `first` (a first of month) to `last` (an end of month), with whole years taken out."""
    year_from = first.year if first.month == 1 else first.year + 1
    year_until = last.year if last.month == 12 else last.year - 1
    if year_until < year_from:
        return (_span(Grain.MONTH, first, last), *_none(Grain.YEAR, Grain.MONTH))  # type: ignore[return-value]  # two spans
    return (
        _span(Grain.MONTH, first, date(year_from, 1, 1) - timedelta(days=1)),
        _span(Grain.YEAR, date(year_from, 1, 1), date(year_until, 12, 31)),
        _span(Grain.MONTH, date(year_until + 1, 1, 1), last),
    )


def _span(grain: Grain, first: date, last: date) -> Span:
    return Span(grain, first, last) if first <= last else Span(grain, *NOTHING)


def _none(*grains: Grain) -> tuple[Span, ...]:
    return tuple(Span(grain, *NOTHING) for grain in grains)


def _quarter(year: int, quarter: int) -> tuple[date, date]:
    first = date(year, 3 * quarter - 2, 1)
    return first, last_of_month(date(year, 3 * quarter, 1))
