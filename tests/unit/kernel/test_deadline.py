"""Deadlines worked out by hand, and what the explanation says of them."""

from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from motcua.kernel.calendar import MORNING, STANDARD_WEEK, Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline import LineKind, Pause, Policy, Reckoning, due_at, line_words, plain_words
from motcua.kernel.public_holidays import national_calendar
from motcua.kernel.term_errors import MomentOutsideCalendar, PauseInvalid

NATIONAL = national_calendar()
SATURDAY_MORNINGS = NATIONAL.with_hours((*STANDARD_WEEK[:5], (MORNING,), ()))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def pause(begin: str, end: str | None, ground: str = "", form: str = "") -> Pause:
    return Pause(moment(begin), moment(end) if end else None, ground, form)


def reckon(
    start: str,
    amount: float | str,
    unit: LimitUnit,
    *pauses: Pause,
    policy: Policy = Policy.RESUME,
    cutoff: time | None = None,
    calendar: WorkingCalendar = NATIONAL,
) -> Reckoning:
    return due_at(moment(start), Limit(Decimal(str(amount)), unit), calendar, pauses, policy, cutoff)


def due(*request: object, **options: object) -> str:
    reckoned = reckon(*request, **options)  # type: ignore[arg-type]  # passes straight on
    return reckoned.due_at.replace(tzinfo=None).isoformat(timespec="minutes")


HOUR, WORKING_DAY, CALENDAR_DAY, MONTH = LimitUnit


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # the lunch break: due at the close of the morning, not at the opening of the afternoon
        ("2026-03-02T07:30", 4, HOUR, "2026-03-02T11:30"),
        ("2026-03-02T07:30", "4.5", HOUR, "2026-03-02T14:00"),
        ("2026-03-02T07:30", 8, HOUR, "2026-03-02T17:30"),
        ("2026-03-02T12:00", 1, HOUR, "2026-03-02T14:30"),
        ("2026-03-02T20:00", 1, HOUR, "2026-03-03T08:30"),
        # fractions of a working day, as process steps have them
        ("2026-03-02T09:00", "0.25", WORKING_DAY, "2026-03-02T11:00"),
        ("2026-03-02T09:00", "0.5", WORKING_DAY, "2026-03-02T15:00"),
        ("2026-03-06T09:00", 1, WORKING_DAY, "2026-03-09T09:00"),
        # 2 January 2026 was swapped with Saturday 10 January
        ("2026-01-02T09:00", 3, WORKING_DAY, "2026-01-07T17:30"),
        ("2025-12-31T16:30", 1, WORKING_DAY, "2026-01-05T16:30"),
        ("2026-01-09T09:00", 1, WORKING_DAY, "2026-01-10T09:00"),
        # Saturdays worked: 26 April 2025 for 2 May, 22 August 2026 for 31 August
        ("2025-04-25T09:00", 1, WORKING_DAY, "2025-04-26T09:00"),
        ("2025-04-29T09:00", 1, WORKING_DAY, "2025-05-05T09:00"),
        ("2026-08-21T09:00", 1, WORKING_DAY, "2026-08-22T09:00"),
        ("2026-08-28T09:00", 1, WORKING_DAY, "2026-09-03T09:00"),
        # Tết 2026: closed 14–22 February
        ("2026-02-13T15:30", 1, WORKING_DAY, "2026-02-23T15:30"),
        # calendar days and months end at the close of an office day
        ("2026-03-02T09:00", 3, CALENDAR_DAY, "2026-03-05T17:30"),
        ("2026-03-02T09:00", 5, CALENDAR_DAY, "2026-03-09T17:30"),
        ("2026-03-08T09:00", 1, CALENDAR_DAY, "2026-03-09T17:30"),
        ("2026-02-10T09:00", 7, CALENDAR_DAY, "2026-02-23T17:30"),
        ("2026-03-02T09:00", "2.1", CALENDAR_DAY, "2026-03-05T17:30"),
        ("2025-01-31T09:00", 1, MONTH, "2025-02-28T17:30"),
        ("2024-01-31T09:00", 1, MONTH, "2024-02-29T17:30"),
        ("2024-02-29T09:00", 12, MONTH, "2025-02-28T17:30"),
        ("2023-11-30T09:00", 3, MONTH, "2024-02-29T17:30"),
        ("2026-03-02T09:00", "0.5", MONTH, "2026-03-17T17:30"),
        # nothing to run is due where counting would begin
        ("2026-03-02T09:00", 0, HOUR, "2026-03-02T09:00"),
        ("2026-03-02T06:00", 0, WORKING_DAY, "2026-03-02T07:30"),
        ("2026-03-02T09:00", 0, CALENDAR_DAY, "2026-03-02T17:30"),
        ("2026-03-02T18:00", 0, CALENDAR_DAY, "2026-03-03T17:30"),
    ],
)
def test_by_hand(start: str, amount: float | str, unit: LimitUnit, expected: str) -> None:
    assert due(start, amount, unit) == expected


@pytest.mark.parametrize(
    ("unit", "amount", "before", "at_it"),
    [
        (HOUR, 2, "2026-03-06T16:59", "2026-03-09T09:30"),
        (WORKING_DAY, 1, "2026-03-09T14:59", "2026-03-09T17:30"),
        (CALENDAR_DAY, 1, "2026-03-09T17:30", "2026-03-10T17:30"),
        (MONTH, 1, "2026-04-06T17:30", "2026-04-09T17:30"),
    ],
)
def test_the_cutoff_holds_for_every_unit(unit: LimitUnit, amount: int, before: str, at_it: str) -> None:
    # Friday 6 March; from 15:00 on it counts as made on Monday 9 March at 07:30.
    assert due("2026-03-06T14:59", amount, unit, cutoff=time(15)) == before
    assert due("2026-03-06T15:00", amount, unit, cutoff=time(15)) == at_it
    assert due("2026-03-07T16:00", amount, unit, cutoff=time(15)) == at_it


def test_on_closed_days_the_cutoff_is_taken_at_its_word() -> None:
    assert due("2026-03-07T16:00", 1, CALENDAR_DAY, cutoff=time(15)) == "2026-03-10T17:30"
    assert due("2026-03-08T10:00", 1, CALENDAR_DAY, cutoff=time(15)) == "2026-03-09T17:30"


def test_saturday_mornings_are_half_a_day() -> None:
    assert due("2026-03-06T13:30", 1, WORKING_DAY, calendar=SATURDAY_MORNINGS) == "2026-03-07T11:30"
    assert due("2026-03-06T09:00", 1, CALENDAR_DAY, calendar=SATURDAY_MORNINGS) == "2026-03-07T11:30"


def test_a_pause_takes_out_its_office_time() -> None:
    assert due("2026-03-02T09:00", 1, WORKING_DAY) == "2026-03-03T09:00"
    over_lunch = pause("2026-03-02T11:00", "2026-03-02T14:00")
    assert due("2026-03-02T09:00", 1, WORKING_DAY, over_lunch) == "2026-03-03T10:00"
    at_night = pause("2026-03-02T18:00", "2026-03-03T07:00")
    assert due("2026-03-02T09:00", 1, WORKING_DAY, at_night) == "2026-03-03T09:00"
    too_late = pause("2026-03-03T09:00", "2026-03-05T09:00")
    assert due("2026-03-02T09:00", 1, WORKING_DAY, too_late) == "2026-03-03T09:00"


def test_overlapping_pauses_count_once() -> None:
    one, other = pause("2026-03-02T10:00", "2026-03-02T11:00"), pause("2026-03-02T10:30", "2026-03-02T11:30")
    assert due("2026-03-02T09:00", 1, WORKING_DAY, other, one) == "2026-03-03T10:30"


def test_a_pause_before_the_start_is_ignored_for_the_part_before() -> None:
    before = pause("2026-02-27T09:00", "2026-03-02T10:00")
    assert due("2026-03-02T09:00", 1, HOUR, before) == "2026-03-02T11:00"
    long_before = pause("2026-02-24T09:00", "2026-02-25T09:00")
    for policy in Policy:
        assert due("2026-03-02T09:00", 1, HOUR, long_before, policy=policy) == "2026-03-02T10:00"


def test_a_pause_moves_calendar_terms_by_whole_days() -> None:
    waiting = pause("2026-03-03T16:00", "2026-03-05T08:00")
    assert due("2026-03-02T09:00", 10, CALENDAR_DAY) == "2026-03-12T17:30"
    assert due("2026-03-02T09:00", 10, CALENDAR_DAY, waiting) == "2026-03-16T17:30"  # 14 March is a Saturday
    run_out = pause("2026-03-13T08:00", "2026-03-20T08:00")
    assert due("2026-03-02T09:00", 10, CALENDAR_DAY, run_out) == "2026-03-12T17:30"
    within_a_day = pause("2026-03-03T08:00", "2026-03-03T16:00")
    assert due("2026-03-02T09:00", 10, CALENDAR_DAY, within_a_day) == "2026-03-12T17:30"
    assert due("2026-03-02T09:00", 1, MONTH, waiting) == "2026-04-06T17:30"  # 4 April is a Saturday


def test_nothing_falls_due_while_the_clock_stands_still() -> None:
    # The resulting date is Sunday 8 March; the pause begins on the Monday it was moved to.
    waiting = pause("2026-03-09T08:00", "2026-03-11T18:00")
    assert due("2026-03-02T09:00", 6, CALENDAR_DAY, waiting) == "2026-03-12T17:30"


def test_a_pause_in_which_the_term_starts_counts_even_at_the_close() -> None:
    waiting = pause("2025-02-01T19:30", "2025-02-04T20:30")
    assert due("2025-01-25T00:15", 0, CALENDAR_DAY, waiting) == "2025-02-05T17:30"
    assert due("2025-02-04T17:30", 0, CALENDAR_DAY, waiting) == "2025-02-05T17:30"


def test_restart_runs_the_full_term_from_the_end_of_the_last_pause() -> None:
    pauses = pause("2026-03-03T09:00", "2026-03-04T09:00"), pause("2026-03-05T09:00", "2026-03-06T10:00")
    assert due("2026-03-02T09:00", 5, WORKING_DAY, *pauses, policy=Policy.RESTART) == "2026-03-13T10:00"
    assert due("2026-03-02T09:00", 5, CALENDAR_DAY, *pauses, policy=Policy.RESTART) == "2026-03-11T17:30"
    assert due("2026-03-02T09:00", 1, MONTH, *pauses, policy=Policy.RESTART) == "2026-04-06T17:30"
    late = pause("2026-03-05T09:00", "2026-03-06T16:00")
    restarted = due("2026-03-02T09:00", 1, WORKING_DAY, late, policy=Policy.RESTART, cutoff=time(15))
    assert restarted == "2026-03-09T16:00"


def test_an_open_pause_is_reckoned_as_of_its_beginning() -> None:
    still_open = pause("2026-03-03T09:00", None, "Chờ bổ sung hồ sơ", "Mẫu số 02")
    for policy in Policy:
        reckoned = reckon("2026-03-02T09:00", 5, WORKING_DAY, still_open, policy=policy)
        assert reckoned.is_paused
        assert reckoned.due_at == reckon("2026-03-02T09:00", 5, WORKING_DAY).due_at
        assert any("đang tạm dừng" in sentence for sentence in plain_words(reckoned))
        assert any("Mẫu số 02" in sentence for sentence in plain_words(reckoned, "en"))
    assert not reckon("2026-03-02T09:00", 5, WORKING_DAY).is_paused


def test_offsets_are_brought_to_local_time_and_seconds_kept() -> None:
    assert due("2026-03-02T01:30+00:00", 1, HOUR) == "2026-03-02T09:30"
    assert due("2026-03-02T02:30:00Z", 1, HOUR) == "2026-03-02T10:30"
    at = reckon("2026-03-02T09:00:07", 1, HOUR).due_at
    assert at == datetime(2026, 3, 2, 3, 0, 7, tzinfo=UTC)
    assert at.utcoffset() == timedelta(hours=7)
    mixed = Pause(moment("2026-03-02T09:00"), datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=7))))
    assert due("2026-03-02T09:00", 1, HOUR, mixed) == "2026-03-02T11:00"


def test_senseless_requests_are_refused() -> None:
    with pytest.raises(PauseInvalid):
        pause("2026-03-03T09:00", "2026-03-02T09:00")
    with pytest.raises(PauseInvalid):  # only the calendar's zone can tell
        reckon("2026-03-02T09:00", 1, HOUR, pause("2026-03-03T09:00", "2026-03-03T01:00+00:00"))
    for start, amount, unit in (
        ("1889-01-01T09:00", 1, HOUR),
        ("2026-01-01T09:00", "1e9", CALENDAR_DAY),
        ("2026-01-01T09:00", "1e30", WORKING_DAY),
        ("2026-01-01T09:00", 12 * 200, MONTH),
        ("2149-12-01T09:00", 60, CALENDAR_DAY),
    ):
        with pytest.raises(MomentOutsideCalendar):
            reckon(start, amount, unit)


def test_the_lines_name_what_moved_the_deadline() -> None:
    waiting = pause("2026-01-06T09:00", "2026-01-07T10:00", "Chờ bổ sung hồ sơ", "Mẫu số 02")
    reckoned = reckon("2025-12-31T16:00", 9, WORKING_DAY, waiting, cutoff=time(15))
    lines = {kind: [line for line in reckoned.explanation if line.kind is kind] for kind in LineKind}
    (cutoff,) = lines[LineKind.CUTOFF]
    assert cutoff.to_at == reckoned.counted_from == NATIONAL.opening(moment("2026-01-05").date())
    assert sum(line.minutes for line in lines[LineKind.SWAP_WORKED]) == 480
    assert "12729/VPCP-KGVX" in lines[LineKind.SWAP_WORKED][0].source
    (told,) = lines[LineKind.PAUSE]
    assert (told.minutes, told.name, told.source) == (540, "Chờ bổ sung hồ sơ", "Mẫu số 02")
    assert sum(line.minutes for line in reckoned.explanation if line.is_counted) == 9 * 480
    assert reckoned.counted == timedelta(hours=72)


def test_holidays_swaps_and_rest_are_lines_of_their_own() -> None:
    reckoned = reckon("2025-12-31T16:30", 1, WORKING_DAY)
    closed = [(line.kind, line.days) for line in reckoned.explanation if line.days]
    assert closed == [(LineKind.HOLIDAY, 1), (LineKind.SWAP_OFF, 1), (LineKind.WEEKEND, 2)]


def test_a_restart_says_what_became_void() -> None:
    waiting = pause("2026-03-03T09:00", "2026-03-04T09:00")
    reckoned = reckon("2026-03-02T09:00", 2, WORKING_DAY, waiting, policy=Policy.RESTART)
    (restart,) = (line for line in reckoned.explanation if line.kind is LineKind.RESTART)
    assert restart.minutes == 480
    assert reckoned.counted == timedelta(hours=16)


def test_years_not_yet_announced_are_marked() -> None:
    kinds = [line.kind for line in reckon("2026-12-30T09:00", 10, WORKING_DAY).explanation]
    assert kinds.count(LineKind.NOTICE) == 1
    (notice,) = (
        sentence
        for sentence in plain_words(reckon("2026-12-30T09:00", 10, WORKING_DAY))
        if sentence.startswith("Lưu ý")
    )
    assert "2027" in notice
    decided = reckon("2026-03-02T09:00", 10, WORKING_DAY)
    assert all(line.kind is not LineKind.NOTICE for line in decided.explanation)


def test_plain_words_for_a_citizen() -> None:
    reckoned = reckon("2026-01-02T09:00", 3, WORKING_DAY)
    assert plain_words(reckoned) == [
        "Hồ sơ được nhận lúc 09:00 thứ Sáu, ngày 02/01/2026.",
        "Cơ quan chưa làm việc vào lúc đó nên thời hạn bắt đầu tính từ 07:30 thứ Hai, ngày 05/01/2026.",
        "Thời hạn giải quyết là 3 ngày làm việc, tức 24 giờ làm việc; chỉ tính giờ cơ quan mở cửa.",
        "Không tính ngày nghỉ: Nghỉ hoán đổi (làm bù ngày 10/01/2026), thứ Sáu 02/01/2026;"
        " 2 ngày nghỉ hằng tuần.",
        "Hạn trả kết quả: 17:30 thứ Tư, ngày 07/01/2026.",
    ]
    assert plain_words(reckoned, "en")[-1] == "Due: 17:30 on Wednesday 7 January 2026."
    quarter = reckon("2026-03-02T09:00", "0.25", WORKING_DAY)
    assert "0,25 ngày làm việc" in plain_words(quarter)[1]
    assert "0.25 working days" in plain_words(quarter, "en")[1]


def test_words_of_a_pause_a_restart_and_a_moved_end() -> None:
    waiting = pause("2026-03-03T09:00", "2026-03-04T10:30", "Chờ bổ sung hồ sơ", "Mẫu số 02")
    resumed = plain_words(reckon("2026-03-02T09:00", 3, WORKING_DAY, waiting))
    assert any(
        "(Chờ bổ sung hồ sơ, Mẫu số 02): 9 giờ 30 phút làm việc không tính" in text for text in resumed
    )
    restarted = plain_words(reckon("2026-03-02T09:00", 3, WORKING_DAY, waiting, policy=Policy.RESTART))
    assert any("tính lại từ đầu, từ 10:30 thứ Tư, ngày 04/03/2026" in text for text in restarted)
    moved = reckon("2026-03-02T09:00", 5, CALENDAR_DAY, waiting)
    assert any("1 ngày không tính" in text for text in plain_words(moved))
    assert any(
        "2 days of weekly rest" in text
        for text in plain_words(reckon("2026-03-02T09:00", 5, CALENDAR_DAY), "en")
    )
    assert next(line_words(line) for line in moved.explanation).startswith(
        "09:00 03/03/2026 – 10:30 04/03/2026"
    )
