"""What must hold of every deadline, whatever the calendar, the pauses and the policy."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import AFTERNOON, MORNING, STANDARD_WEEK, Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline import LineKind, Pause, Policy, due_at, line_words, plain_words
from motcua.kernel.public_holidays import national_calendar

NATIONAL = national_calendar()
SATURDAY_MORNINGS = NATIONAL.with_hours((*STANDARD_WEEK[:5], (MORNING,), ()))
EVERY_DAY = WorkingCalendar(((MORNING, AFTERNOON),) * 7)
MINUTE = timedelta(minutes=1)
BEGINNING = datetime(2025, 1, 1)

calendars = st.sampled_from([NATIONAL, SATURDAY_MORNINGS, EVERY_DAY])
starts = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGINNING + minutes * MINUTE)
amounts = st.one_of(
    st.integers(0, 90).map(Decimal), st.decimals(0, 12, allow_nan=False, allow_infinity=False, places=2)
)
limits = st.builds(Limit, amounts, st.sampled_from(LimitUnit))
offsets = st.lists(st.tuples(st.integers(-5_000, 60_000), st.integers(0, 30_000)), max_size=4)
policies = st.sampled_from(Policy)
cutoffs = st.sampled_from([None, time(15), time(12), time(7, 30)])
many = settings(max_examples=150)


def ledger_of(start: datetime, pairs: Sequence[tuple[int, int]]) -> list[Pause]:
    return [Pause(at := start + begin * MINUTE, at + length * MINUTE) for begin, length in pairs]


@many
@given(calendars, starts, st.integers(0, 60_000), limits, offsets, policies, cutoffs)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkingCalendar,
    start: datetime,
    later: int,
    limit: Limit,
    pairs: list[tuple[int, int]],
    policy: Policy,
    cutoff: time | None,
) -> None:
    ledger = ledger_of(start, pairs)
    if cutoff is not None and not limit.is_office_time:
        # Saturday after the cut-off counts as Monday, Sunday morning as Sunday: the rule itself is not monotone there.
        assume(calendar.is_working_day(start.date()))
        assume(calendar.is_working_day((start + later * MINUTE).date()))
    first = due_at(start, limit, calendar, ledger, policy, cutoff, explain=False)
    second = due_at(start + later * MINUTE, limit, calendar, ledger, policy, cutoff, explain=False)
    assert first.due_at <= second.due_at


@many
@given(calendars, starts, amounts, amounts, st.sampled_from(LimitUnit), offsets, policies, cutoffs)
def test_a_longer_limit_is_never_due_earlier(
    calendar: WorkingCalendar,
    start: datetime,
    one: Decimal,
    other: Decimal,
    unit: LimitUnit,
    pairs: list[tuple[int, int]],
    policy: Policy,
    cutoff: time | None,
) -> None:
    ledger = ledger_of(start, pairs)
    short, long = (
        due_at(start, Limit(amount, unit), calendar, ledger, policy, cutoff, explain=False)
        for amount in sorted((one, other))
    )
    assert short.due_at <= long.due_at


@many
@given(
    calendars,
    starts,
    limits,
    offsets,
    st.tuples(st.integers(-5_000, 60_000), st.integers(0, 30_000)),
    cutoffs,
)
def test_a_pause_never_makes_a_dossier_earlier(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    more: tuple[int, int],
    cutoff: time | None,
) -> None:
    for policy in Policy:
        less = due_at(start, limit, calendar, ledger_of(start, pairs), policy, cutoff, explain=False)
        with_more = due_at(
            start, limit, calendar, ledger_of(start, [*pairs, more]), policy, cutoff, explain=False
        )
        assert less.due_at <= with_more.due_at


@many
@given(calendars, starts, limits, offsets, cutoffs)
def test_restart_is_never_earlier_than_resume(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    cutoff: time | None,
) -> None:
    ledger = ledger_of(start, pairs)
    resumed = due_at(start, limit, calendar, ledger, Policy.RESUME, cutoff, explain=False)
    restarted = due_at(start, limit, calendar, ledger, Policy.RESTART, cutoff, explain=False)
    assert resumed.due_at <= restarted.due_at


@many
@given(calendars, starts, limits, offsets, st.integers(-5_000, 60_000), policies, cutoffs)
def test_pausing_and_resuming_at_once_changes_nothing(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    moment: int,
    policy: Policy,
    cutoff: time | None,
) -> None:
    without = due_at(start, limit, calendar, ledger_of(start, pairs), policy, cutoff)
    at_once = due_at(start, limit, calendar, ledger_of(start, [*pairs, (moment, 0)]), policy, cutoff)
    assert at_once == without


@many
@given(calendars, starts, amounts, offsets, policies, cutoffs)
def test_n_working_days_are_eight_n_hours(
    calendar: WorkingCalendar,
    start: datetime,
    amount: Decimal,
    pairs: list[tuple[int, int]],
    policy: Policy,
    cutoff: time | None,
) -> None:
    ledger = ledger_of(start, pairs)
    days = due_at(
        start, Limit(amount, LimitUnit.WORKING_DAY), calendar, ledger, policy, cutoff, explain=False
    )
    hours = due_at(start, Limit(amount * 8, LimitUnit.HOUR), calendar, ledger, policy, cutoff, explain=False)
    assert days.due_at == hours.due_at


@many
@given(calendars, starts, st.integers(1, 200), st.integers(1, 200), offsets)
def test_splitting_a_term_in_two_changes_nothing(
    calendar: WorkingCalendar, start: datetime, one: int, other: int, pairs: list[tuple[int, int]]
) -> None:
    ledger = ledger_of(start, pairs)

    def due(begin: datetime, hours: int) -> datetime:
        return due_at(begin, Limit(Decimal(hours), LimitUnit.HOUR), calendar, ledger, explain=False).due_at

    assert due(due(start, one), other) == due(start, one + other)


@many
@given(calendars, starts, limits, offsets, st.integers(0, 100), policies, cutoffs)
def test_splitting_a_pause_in_two_changes_nothing(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    percent: int,
    policy: Policy,
    cutoff: time | None,
) -> None:
    assume(pairs)
    (begin, length), *rest = pairs
    part = length * percent // 100
    split = [(begin + part, length - part), *rest, (begin, part)]
    whole = due_at(start, limit, calendar, ledger_of(start, pairs), policy, cutoff)
    assert due_at(start, limit, calendar, ledger_of(start, split), policy, cutoff) == whole


@many
@given(calendars, starts, limits, offsets, policies, cutoffs)
def test_the_explanation_adds_up(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    policy: Policy,
    cutoff: time | None,
) -> None:
    reckoned = due_at(start, limit, calendar, ledger_of(start, pairs), policy, cutoff)
    counted = [line for line in reckoned.explanation if line.is_counted]
    if not limit.is_office_time:
        assert not counted
        return
    assert reckoned.counted == limit.office_time
    for line in counted:
        assert line.to_at is not None
        assert line.office_time == line.to_at - line.from_at > timedelta(0)
    for earlier, later in pairwise(counted):
        assert earlier.to_at is not None
        assert earlier.to_at <= later.from_at
    if counted:
        assert counted[0].from_at >= reckoned.counted_from
        assert counted[-1].to_at == reckoned.due_at
    taken = sum(
        (line.office_time for line in reckoned.explanation if line.kind is LineKind.PAUSE), timedelta(0)
    )
    if policy is Policy.RESUME and limit.amount:
        from_start = calendar.office_time_between(reckoned.counted_from, reckoned.due_at)
        assert from_start == reckoned.counted + taken


@settings(max_examples=80)
@given(calendars, starts, limits, offsets, policies, cutoffs)
def test_the_words_end_with_the_due_moment(
    calendar: WorkingCalendar,
    start: datetime,
    limit: Limit,
    pairs: list[tuple[int, int]],
    policy: Policy,
    cutoff: time | None,
) -> None:
    reckoned = due_at(start, limit, calendar, ledger_of(start, pairs), policy, cutoff)
    assert f"{reckoned.due_at:%d/%m/%Y}" in plain_words(reckoned)[-1]
    assert str(reckoned.due_at.year) in plain_words(reckoned, "en")[-1]
    for line in reckoned.explanation:
        assert line.name in line_words(line)
        assert line.name_en in line_words(line, "en")
