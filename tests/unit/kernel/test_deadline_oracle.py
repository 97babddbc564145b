"""The engine against a slow oracle that walks the wall clock minute by minute and midnight by midnight."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import MORNING, STANDARD_WEEK, Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline import Pause, Policy, due_at
from motcua.kernel.public_holidays import national_calendar

NATIONAL = national_calendar()
SATURDAY_MORNINGS = NATIONAL.with_hours((*STANDARD_WEEK[:5], (MORNING,), ()))
LONG_DAYS = NATIONAL.with_hours((((time(7), time(11, 30)), (time(13), time(18, 15))),) * 6 + ((),))
CALENDARS = (NATIONAL, SATURDAY_MORNINGS, LONG_DAYS)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# Around New Year's swap and Tết of 2026, the make-up Saturday of April 2025, and a leap day.
EPOCHS = tuple(
    datetime.fromisoformat(text) for text in ("2025-12-29", "2026-02-09", "2025-04-21", "2024-02-20")
)

Ledger = Sequence[tuple[datetime, datetime]]


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    return any(opens <= at.time() < closes for opens, closes in calendar.hours_on(at.date()))


def next_office_day(calendar: WorkingCalendar, at: datetime) -> datetime:
    day = at.replace(hour=0, minute=0) + DAY
    while not is_open(calendar, day):
        day += MINUTE
    return day


def after_cutoff(calendar: WorkingCalendar, at: datetime, cutoff: time | None) -> datetime:
    return next_office_day(calendar, at) if cutoff is not None and at.time() >= cutoff else at


def walk_office_time(calendar: WorkingCalendar, start: datetime, minutes: int, pauses: Ledger) -> datetime:
    at = start
    while not is_open(calendar, at):
        at += MINUTE
    if not minutes:
        return at
    while minutes:
        is_paused = any(begin <= at < end for begin, end in pauses)
        minutes -= is_open(calendar, at) and not is_paused
        at += MINUTE
    return at


def walk_wall_calendar(calendar: WorkingCalendar, start: datetime, limit: Limit, pauses: Ledger) -> datetime:
    """Each midnight passed while paused moves the start on by a day, if the term still ran when the pause began."""
    moved, floor, paused = start, start, False
    due = close_of_term(calendar, moved, limit, floor)
    at = start
    last = max((end for _, end in pauses), default=start)
    while at <= last:
        is_paused = any(begin <= at < end for begin, end in pauses)
        if is_paused and not paused and at >= due and at > start:
            return due
        if paused:  # through the minute that ends here
            floor = at
            moved += DAY * (at.time() == time.min)
            due = close_of_term(calendar, moved, limit, floor)
        paused = is_paused
        at += MINUTE
    return due


def close_of_term(calendar: WorkingCalendar, start: datetime, limit: Limit, floor: datetime) -> datetime:
    if limit.unit is LimitUnit.CALENDAR_DAY:
        day = start.date() + int(limit.amount) * DAY
    else:
        index = start.year * 12 + start.month - 1 + int(limit.amount)
        day = start.date().replace(day=1, year=index // 12, month=index % 12 + 1)
        month = day.month
        for _ in range(start.day - 1):
            day = day + DAY if (day + DAY).month == month else day
    while True:
        hours = calendar.hours_on(day)
        if hours and (close := datetime.combine(day, hours[-1][1])) >= floor:
            return close
        day += DAY


def oracle(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pauses: Ledger,
    policy: Policy,
    cutoff: time | None,
) -> datetime:
    start = after_cutoff(calendar, start, cutoff)
    real = [(begin, end) for begin, end in pauses if end > begin and end > start]
    if policy is Policy.RESTART and real:
        start, real = max(end for _, end in real), []
    if limit.is_office_time:
        return walk_office_time(calendar, start, int(limit.office_time / MINUTE), real)
    return walk_wall_calendar(calendar, start, limit, real)


@st.composite
def requests(draw: st.DrawFn, unit: LimitUnit) -> tuple[datetime, Limit, Ledger]:
    epoch = draw(st.sampled_from(EPOCHS))
    start = epoch + draw(st.integers(0, 16 * 24 * 60)) * MINUTE
    largest = {LimitUnit.HOUR: 60, LimitUnit.WORKING_DAY: 8, LimitUnit.CALENDAR_DAY: 20, LimitUnit.MONTH: 3}[
        unit
    ]
    amount = Decimal(draw(st.integers(0, largest)))
    if unit in (LimitUnit.HOUR, LimitUnit.WORKING_DAY):
        amount += draw(st.sampled_from([Decimal(0), Decimal("0.25"), Decimal("0.5")]))
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + draw(st.integers(-3 * 24 * 60, 12 * 24 * 60)) * MINUTE
        length = draw(st.one_of(st.integers(0, 120), st.integers(0, 6 * 24 * 60)))
        pauses.append((begin, begin + length * MINUTE))
    return start, Limit(amount, unit), pauses


def agrees(
    request: tuple[datetime, Limit, Ledger], calendar: int, policy: Policy, cutoff: time | None
) -> None:
    start, limit, pauses = request
    expected = oracle(CALENDARS[calendar], start, limit, pauses, policy, cutoff)
    ledger = [Pause(begin, end) for begin, end in pauses]
    reckoned = due_at(start, limit, CALENDARS[calendar], ledger, policy, cutoff)
    assert reckoned.due_at.replace(tzinfo=None) == expected
    assert (
        due_at(start, limit, CALENDARS[calendar], ledger, policy, cutoff, explain=False).due_at
        == reckoned.due_at
    )
    if limit.is_office_time:
        assert reckoned.counted == limit.office_time


indexes = st.integers(0, len(CALENDARS) - 1)
policies = st.sampled_from(Policy)
cutoffs = st.sampled_from([None, time(15), time(11), time(7)])


@settings(max_examples=60)
@given(requests(LimitUnit.HOUR), indexes, policies, cutoffs)
def test_hours(
    request_: tuple[datetime, Limit, Ledger], calendar: int, policy: Policy, cutoff: time | None
) -> None:
    agrees(request_, calendar, policy, cutoff)


@settings(max_examples=60)
@given(requests(LimitUnit.WORKING_DAY), indexes, policies, cutoffs)
def test_working_days(
    request_: tuple[datetime, Limit, Ledger], calendar: int, policy: Policy, cutoff: time | None
) -> None:
    agrees(request_, calendar, policy, cutoff)


@settings(max_examples=60)
@given(requests(LimitUnit.CALENDAR_DAY), indexes, policies, cutoffs)
def test_calendar_days(
    request_: tuple[datetime, Limit, Ledger], calendar: int, policy: Policy, cutoff: time | None
) -> None:
    agrees(request_, calendar, policy, cutoff)


@settings(max_examples=60)
@given(requests(LimitUnit.MONTH), indexes, policies, cutoffs)
def test_months(
    request_: tuple[datetime, Limit, Ledger], calendar: int, policy: Policy, cutoff: time | None
) -> None:
    agrees(request_, calendar, policy, cutoff)
