"""Office time on calendars of every shape, against a minute-by-minute count."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    AFTERNOON,
    MORNING,
    STANDARD_WEEK,
    DayNote,
    Intervals,
    Limit,
    LimitUnit,
    WorkingCalendar,
)
from motcua.kernel.term_errors import (
    CalendarHasNoOfficeTime,
    LimitInvalid,
    MomentOutsideCalendar,
    OfficeHoursInvalid,
    UnitUnknown,
)

STANDARD = WorkingCalendar()
SATURDAY_MORNINGS = WorkingCalendar((*STANDARD_WEEK[:5], (MORNING,), ()))
MONDAY = date(2026, 3, 2)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STANDARD.tz)


moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: at("2026-03-02T00:00") + minutes * MINUTE)


@st.composite
def office_hours(draw: st.DrawFn) -> Intervals:
    """Up to three intervals on quarter hours, apart from each other."""
    marks = sorted(draw(st.sets(st.integers(0, 95), min_size=0, max_size=6)))
    times = [time(mark // 4, mark % 4 * 15) for mark in marks[: len(marks) // 2 * 2]]
    return tuple(zip(times[::2], times[1::2], strict=True))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    week = (*(draw(office_hours()) for _ in range(6)), (MORNING, AFTERNOON))
    days = st.integers(0, 13).map(lambda number: MONDAY + timedelta(days=number))
    off = draw(st.lists(days, max_size=3))
    worked = draw(st.lists(days, max_size=2))
    return WorkingCalendar(
        week, dict.fromkeys(off, DayNote("nghỉ")), dict.fromkeys(worked, DayNote("làm bù"))
    )


def counted_by_hand(calendar: WorkingCalendar, begin: datetime, end: datetime) -> int:
    minutes = 0
    while begin < end:
        hours = calendar.hours_on(begin.date())
        minutes += any(opens <= begin.time() < closes for opens, closes in hours)
        begin += MINUTE
    return minutes


@settings(max_examples=40)
@given(calendars(), moments, moments)
def test_office_time_is_what_a_minute_by_minute_count_gives(
    calendar: WorkingCalendar, one: datetime, other: datetime
) -> None:
    begin, end = sorted((one, other))
    assert calendar.office_time_between(begin, end) == counted_by_hand(calendar, begin, end) * MINUTE
    assert calendar.office_time_between(end, begin) == timedelta(0)


@settings(max_examples=100)
@given(calendars(), moments, st.integers(1, 5000))
def test_adding_office_time_reaches_the_earliest_such_moment(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    reached = calendar.add_office_time(start, minutes * MINUTE)
    assert calendar.office_time_between(start, reached) == minutes * MINUTE
    assert calendar.office_time_between(start, reached - MINUTE) == (minutes - 1) * MINUTE


@settings(max_examples=100)
@given(calendars(), moments)
def test_next_opening_is_open_and_nothing_before_it_is(calendar: WorkingCalendar, start: datetime) -> None:
    opening = calendar.next_opening(start)
    assert opening >= start
    assert calendar.is_open_at(opening)
    assert calendar.office_time_between(start, opening) == timedelta(0)


@settings(max_examples=60)
@given(moments, moments, st.integers(1, 239))
def test_splitting_an_interval_of_office_hours_changes_nothing(
    one: datetime, other: datetime, minute: int
) -> None:
    middle = (datetime.combine(MONDAY, MORNING[0]) + minute * MINUTE).time()
    split = WorkingCalendar((((MORNING[0], middle), (middle, MORNING[1]), AFTERNOON),) * 5 + ((), ()))
    assert split == STANDARD
    assert split.office_time_between(one, other) == STANDARD.office_time_between(one, other)


def test_the_lunch_break_and_the_night_are_not_office_time() -> None:
    assert STANDARD.office_time_between(at("2026-03-02T11:30"), at("2026-03-02T13:30")) == timedelta(0)
    assert STANDARD.next_opening(at("2026-03-02T11:30")) == at("2026-03-02T13:30")
    assert STANDARD.next_opening(at("2026-03-02T17:30")) == at("2026-03-03T07:30")
    assert STANDARD.next_opening(at("2026-03-06T17:30")) == at("2026-03-09T07:30")
    assert STANDARD.next_opening(at("2026-03-02T07:29")) == at("2026-03-02T07:30")


def test_saturday_mornings_count_half_a_day() -> None:
    friday_noon = at("2026-03-06T13:30")
    assert SATURDAY_MORNINGS.add_office_time(friday_noon, timedelta(hours=8)) == at("2026-03-07T11:30")
    assert STANDARD.add_office_time(friday_noon, timedelta(hours=8)) == at("2026-03-09T11:30")


def test_a_saturday_worked_for_a_friday_keeps_the_hours_of_the_friday() -> None:
    note = DayNote("Làm bù", stands_for=date(2026, 3, 6))
    swapped = SATURDAY_MORNINGS.with_days(
        off={date(2026, 3, 6): DayNote("Nghỉ")}, worked={date(2026, 3, 7): note}
    )
    assert swapped.hours_on(date(2026, 3, 7)) == (MORNING, AFTERNOON)
    assert not swapped.is_working_day(date(2026, 3, 6))
    one_morning = STANDARD.with_days(worked={date(2026, 3, 7): DayNote("Trực", hours=(MORNING,))})
    assert one_morning.close(date(2026, 3, 7)) == at("2026-03-07T11:30")
    assert STANDARD.with_days(worked={date(2026, 3, 7): DayNote("Trực")}).close(date(2026, 3, 7)).hour == 17


def test_an_agencys_own_days_win_over_those_it_inherits() -> None:
    day = date(2026, 3, 4)
    closed = STANDARD.with_days(off={day: DayNote("Mất điện")})
    assert not closed.is_working_day(day)
    reopened = closed.with_days(worked={day: DayNote("Làm việc")})
    assert reopened.is_working_day(day)
    assert not reopened.with_days(off={day: DayNote("Nghỉ")}).is_working_day(day)


def test_moments_of_other_zones_are_brought_to_the_local_clock() -> None:
    utc = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert STANDARD.local(utc) == at("2026-03-02T07:30")
    assert STANDARD.local(datetime(2026, 3, 2, 7, 30)) == at("2026-03-02T07:30")
    assert STANDARD.is_open_at(utc)


def test_what_the_calendar_does_not_know_is_refused() -> None:
    with pytest.raises(MomentOutsideCalendar):
        STANDARD.next_opening(datetime(1889, 1, 1))
    with pytest.raises(MomentOutsideCalendar):
        STANDARD.local(datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    with pytest.raises(MomentOutsideCalendar):
        STANDARD.add_office_time(at("2149-12-30T08:00"), timedelta(hours=80))
    with pytest.raises(CalendarHasNoOfficeTime):
        WorkingCalendar(((),) * 7).next_opening(at("2026-03-02T08:00"))


@pytest.mark.parametrize(
    "hours", [((time(12), time(12)),), ((time(13), time(12)),), ((time(8), time(12)), (time(11), time(13)))]
)
def test_senseless_office_hours_are_refused(hours: Intervals) -> None:
    with pytest.raises(OfficeHoursInvalid):
        WorkingCalendar((hours,) * 7)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(OfficeHoursInvalid):
        WorkingCalendar(((MORNING,),) * 6)


def test_limits_are_checked() -> None:
    assert Limit(Decimal("0.25"), LimitUnit.WORKING_DAY).office_time == timedelta(hours=2)
    assert Limit(Decimal("1.5"), LimitUnit.HOUR).office_time == timedelta(minutes=90)
    for amount in ("-1", "NaN", "Infinity"):
        with pytest.raises(LimitInvalid):
            Limit(Decimal(amount), LimitUnit.HOUR)
    with pytest.raises(UnitUnknown):
        Limit(Decimal(1), "fortnight")  # type: ignore[arg-type]  # what a request may carry
    with pytest.raises(MomentOutsideCalendar):
        _ = Limit(Decimal("1e9"), LimitUnit.HOUR).office_time
