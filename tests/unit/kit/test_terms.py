"""The clock bar says what people need: until when, how long still, whether it stands still, how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from motcua.kernel import clock
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline import Reckoning
from motcua.kernel.public_holidays import national_calendar
from motcua.web.kit import terms
from motcua.web.kit.components import Tone

_VN = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=_VN)


RECEIVED_AT = at("2026-11-16T07:30")
DUE_AT = at("2026-11-20T17:30")


@dataclass(frozen=True)
class Sample:
    is_open: bool = True
    is_paused: bool = False
    received_at: datetime | None = RECEIVED_AT
    due_at: datetime | None = DUE_AT
    ended_at: datetime | None = None
    reckoning: Reckoning | None = None
    national_status: int = 4


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return national_calendar()


@pytest.mark.parametrize(
    ("now", "left", "tone"),
    [
        ("2026-11-18T07:30", "còn 3 ngày làm việc", Tone.PLAIN),
        ("2026-11-20T08:30", "còn 7 giờ làm việc", Tone.SOON),
        ("2026-11-20T17:10", "còn 20 phút làm việc", Tone.SOON),
        ("2026-11-23T17:30", "quá hạn 1 ngày làm việc", Tone.LATE),
    ],
)
def test_open_dossier_says_what_is_left(calendar: WorkingCalendar, now: str, left: str, tone: Tone) -> None:
    with clock.frozen(at(now)):
        bar = terms.clock_of(Sample(), calendar)
    assert (bar.left, bar.tone) == (left, tone)
    assert bar.due == "Hẹn trả 17:30 thứ Sáu 20/11/2026"


def test_share_is_office_time_not_wall_time(calendar: WorkingCalendar) -> None:
    with clock.frozen(at("2026-11-18T11:30")):
        assert terms.clock_of(Sample(), calendar).share == 50


def test_paused_clock_says_whom_it_waits_for(calendar: WorkingCalendar) -> None:
    with clock.frozen(at("2026-11-18T11:30")):
        bar = terms.clock_of(Sample(is_paused=True), calendar)
    assert bar.is_paused
    assert "chờ người nộp" in bar.left
    assert "Hẹn trả" not in bar.due


def test_an_officer_still_sees_the_date_a_paused_dossier_had(calendar: WorkingCalendar) -> None:
    with clock.frozen(at("2026-11-18T11:30")):
        assert "Hẹn trả" in terms.clock_of(Sample(is_paused=True), calendar, for_officer=True).due


@pytest.mark.parametrize("status", [3, 7, 8])
def test_what_ended_without_a_result_is_neither_early_nor_green(
    calendar: WorkingCalendar, status: int
) -> None:
    ended = Sample(is_open=False, ended_at=at("2026-11-19T09:00"), national_status=status)
    bar = terms.clock_of(ended, calendar)
    assert bar.tone is Tone.QUIET
    assert "trước hạn" not in bar.left


def test_before_receipt_no_term_runs(calendar: WorkingCalendar) -> None:
    assert terms.clock_of(Sample(received_at=None, due_at=None), calendar).share == 0


@pytest.mark.parametrize(
    ("ended", "said", "tone"),
    [
        ("2026-11-19T09:00", "trước hạn", Tone.DONE),
        ("2026-11-20T18:00", "đúng hạn", Tone.DONE),
        ("2026-11-23T17:30", "trễ 1 ngày làm việc", Tone.LATE),
    ],
)
def test_ended_dossier_says_how_punctual_it_was(
    calendar: WorkingCalendar, ended: str, said: str, tone: Tone
) -> None:
    bar = terms.clock_of(Sample(is_open=False, ended_at=at(ended)), calendar)
    assert (bar.left, bar.tone) == (said, tone)


def test_amounts_are_singular_and_plural_in_english() -> None:
    with translation.override("en"):
        assert terms.office_time(timedelta(hours=8)) == "1 working day"
        assert terms.office_time(timedelta(hours=17)) == "2 working days"
