"""Forecast by shares of the past, its back-test, who held a dossier, which step is the neck."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.public_holidays import national_calendar
from motcua.oversight.rules.forecast import LEAST, Course, Experience, back_test, days_to_test, forecast
from motcua.oversight.rules.holding import Asked, Shared, Span, add_up, holding_of
from motcua.oversight.rules.waits import StepWait, step_times

TODAY = date(2026, 11, 20)
A, B, C, D = (UUID(int=number) for number in range(1, 5))
CALENDAR = national_calendar()


def course(ended: int | None, due: int, received: int = -40, procedure: str = "P") -> Course:
    """Days from today."""
    day = [None if one is None else TODAY + timedelta(days=one) for one in (received, due, ended)]
    assert day[0]
    assert day[1]
    return Course(procedure, day[0], day[1], day[2])


def past(late: int, in_time: int, procedure: str = "P") -> list[Course]:
    """Ended ten days ago, all of them open with two days left; the late ones three days after their term."""
    return [course(-10, -13, procedure=procedure)] * late + [course(-10, -9, procedure=procedure)] * in_time


def test_the_chance_is_the_share_of_those_that_stood_alike() -> None:
    experience = Experience(past(5, 15))
    chance = experience.chance("P", 2)
    assert chance is not None
    assert (chance.late, chance.alike, chance.share, chance.of_all) == (5, 20, 0.25, False)
    later = experience.chance("P", 0)
    assert later is None  # those in time had ended: five are too few to say anything
    other = experience.chance("Q", 2)
    assert other is not None
    assert other.of_all
    assert Experience(past(5, LEAST - 6)).chance("P", 2) is None


def test_a_forecast_adds_chances_up_and_says_what_it_does_not_know() -> None:
    open_ones = [course(None, 2), course(None, 2), course(None, -1)]
    (row,) = forecast([*past(5, 15), *open_ones], TODAY)
    assert (row.open, row.late_already, row.expected, row.alike) == (3, 1, 0.5, 20)
    (unknown,) = forecast([course(None, 2)], TODAY)
    assert unknown.expected is None


def test_what_ended_before_the_window_teaches_nothing() -> None:
    old = [course(-200, -203, received=-240)] * 40
    (row,) = forecast([*old, course(None, 2)], TODAY)
    assert row.expected is None


def test_a_back_test_uses_only_what_was_known_on_the_day() -> None:
    day = TODAY - timedelta(days=30)
    steady = [
        course(-ago + (3 if number == 0 else -1), -ago, received=-ago - 10)
        for ago in range(5, 140)
        for number in range(4)
    ]
    test = back_test(steady, [day])
    assert test.came == pytest.approx(test.expected, abs=2)
    assert test.dossiers > 10
    blind = back_test([one for one in steady if one.ended_on and one.ended_on > day], [day])
    assert blind.dossiers == 0
    assert blind.error_percent is None
    assert days_to_test(TODAY)[0] == day


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(-60, 30), st.integers(-80, 20)), max_size=60), st.integers(-70, 70))
def test_a_chance_is_a_share(ends: list[tuple[int, int]], left: int) -> None:
    chance = Experience(course(ended, due, received=-90) for ended, due in ends).chance("P", left)
    assert chance is None or (0 <= chance.share <= 1 and chance.alike >= LEAST)


def at(day: int, hour: int) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02d}T{hour:02d}:00:00+07:00")


def test_every_minute_of_an_interlinked_dossier_has_one_holder() -> None:
    one = Shared(
        receiving=A,
        competent=B,
        span=Span(at(16, 8), at(20, 17)),
        assigned_at=at(17, 8),
        asked=[Asked(C, at(18, 8), at(19, 10)), Asked(D, at(19, 8), at(19, 17))],
        pauses=[Span(at(20, 8), at(20, 10))],
    )
    held = holding_of(one, CALENDAR)
    whole = CALENDAR.office_time_between(*one.span).total_seconds() / 60
    paused = CALENDAR.office_time_between(*one.pauses[0]).total_seconds() / 60
    assert sum(held.values()) == pytest.approx(whole - paused)
    assert held[A] == 480
    assert held[C] == 480 + 60  # until ten on the 19th the time is shared with D
    assert held[D] == 60 + 90 + 210
    totals = add_up([held, held])
    assert {key: one.dossiers for key, one in totals.items()} == dict.fromkeys((A, B, C, D), 2)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.sampled_from([A, C, D])), max_size=5),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=3),
    st.integers(0, 200),
)
def test_holding_never_loses_or_doubles_time(
    asked: list[tuple[int, int, UUID]], pauses: list[tuple[int, int]], length: int
) -> None:
    start = at(2, 8)

    def span(begin: int, end: int) -> Span:
        low, high = sorted((begin, end))
        return Span(start + timedelta(hours=low), start + timedelta(hours=high))

    whole = span(0, length)
    stops = [span(*one) for one in pauses]
    shared = Shared(A, B, whole, None, [Asked(who, *span(begin, end)) for begin, end, who in asked], stops)
    held = sum(holding_of(shared, CALENDAR).values())
    running = sum(
        CALENDAR.office_time_between(
            start + timedelta(hours=hour), start + timedelta(hours=hour + 1)
        ).total_seconds()
        for hour in range(length)
        if not any(stop.begin <= start + timedelta(hours=hour) < stop.end for stop in stops)
    )
    assert held == pytest.approx(running / 60)


def test_the_neck_is_the_step_slow_against_its_time() -> None:
    waits = [
        StepWait("ký", 90, 60),
        StepWait("ký", 100, 60),
        StepWait("thẩm định", 500, 960),
        StepWait("số", 5, None),
    ]
    neck, appraisal, number = step_times(waits)
    assert (neck.step, neck.late, neck.median_spent, neck.pressure) == ("ký", 2, 95, 95 / 60)
    assert (appraisal.late, number.median_allowed) == (0, None)
