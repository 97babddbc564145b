"""Periods and their exact cover by years, months and days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.oversight.errors import PeriodInvalid
from motcua.oversight.rules.periods import Period, Span, bucket, cover, cover_before, parse_period, so_far
from motcua.oversight.rules.report import report_row


@pytest.mark.parametrize("text", ["2026", "2026-Q2", "2026-03", "2026-03-05", "2026-03-05/2026-04-09"])
def test_the_address_of_a_period_reads_back(text: str) -> None:
    assert parse_period(text).key == text


@pytest.mark.parametrize("text", ["", "2026-13", "26", "2026-Q5", "2026-02-30", "2026-04-09/2026-03-05"])
def test_bad_periods_are_refused(text: str) -> None:
    with pytest.raises(PeriodInvalid):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "previous"),
    [("2026", "2025"), ("2026-Q1", "2025-Q4"), ("2026-03", "2026-02"), ("2026-03-05", "2026-03-04")],
)
def test_the_period_before_is_of_the_same_kind(text: str, previous: str) -> None:
    assert parse_period(text).previous.key == previous


def is_counted(spans: tuple[Span, ...], day: date) -> int:
    return sum(
        span.first <= bucket(day, span.grain) <= span.last for span in spans if span.first <= span.last
    )


DAYS = st.dates(date(2023, 11, 1), date(2027, 2, 28))


@given(DAYS, st.integers(0, 1100))
@settings(max_examples=60)
def test_a_cover_holds_every_day_once_and_no_other(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    spans, before = cover(Period(first, last)), cover_before(first)
    assert (len(spans), len(before)) == (5, 3)
    for offset in range(-40, length + 40):
        day = first + timedelta(days=offset)
        assert is_counted(spans, day) == (1 if first <= day <= last else 0), day
        assert is_counted(before, day) == (1 if day < first else 0), day


def test_the_report_keeps_its_identity_and_notices_when_it_does_not() -> None:
    before = {"open": 5, "paused": 1, "overdue": 1}
    within = {
        "received": 10,
        "received_online": 10,
        "resolved": 7,
        "early": 6,
        "late": 1,
        "withdrawn": 1,
        "open": 2,
    }
    row = report_row(before, within)
    assert row.is_balanced
    assert (row.carry_in, row.in_process, row.in_process_within, row.paused) == (5, 6, 5, 1)
    assert not report_row(before, within | {"resolved": 8}).is_balanced
    assert not report_row(before, within | {"received_online": 9}).is_balanced


def test_a_running_period_goes_as_far_as_today() -> None:
    quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
    assert so_far(quarter, date(2026, 11, 22)) == Period(date(2026, 10, 1), date(2026, 11, 22))
    assert so_far(quarter, date(2026, 12, 31)) == quarter
    assert so_far(quarter, date(2027, 1, 5)) == quarter
    assert so_far(quarter, date(2026, 9, 30)) == quarter
