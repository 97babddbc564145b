"""The national calendar: what was officially decided, what the library knows, and the years beyond."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from motcua.kernel.public_holidays import corrections, national_calendar

CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_swapped_days(off: date, worked: date) -> None:
    assert not CALENDAR.is_working_day(off)
    assert CALENDAR.is_working_day(worked)
    assert worked.weekday() == 5
    assert CALENDAR.days_off[off].stands_for == worked
    assert CALENDAR.days_worked[worked].stands_for == off
    assert CALENDAR.days_off[off].source
    assert CALENDAR.days_worked[worked].source


@pytest.mark.parametrize(
    "first_of_tet",
    [
        *(date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26)),
        *(date(2029, 2, 13), date(2030, 2, 2)),
    ],
)
def test_tet_is_computed_at_the_meridian_of_viet_nam(first_of_tet: date) -> None:
    assert CALENDAR.days_off[first_of_tet].name == "Tết Nguyên Đán"
    assert not CALENDAR.is_working_day(first_of_tet - timedelta(days=1))


def test_tet_of_2026_and_its_return_to_work() -> None:
    closed = [date(2026, 2, 14) + timedelta(days=number) for number in range(9)]
    assert not any(CALENDAR.is_working_day(day) for day in closed)
    assert CALENDAR.is_working_day(date(2026, 2, 13))
    assert CALENDAR.is_working_day(date(2026, 2, 23))


def test_a_holiday_on_a_sunday_is_made_up_on_the_monday() -> None:
    assert CALENDAR.days_off[date(2026, 4, 27)].name == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"
    assert CALENDAR.days_off[date(2026, 4, 27)].name_en == "Hùng Kings' Commemoration Day (compensation)"


def test_the_label_of_28_chap_2025_is_put_right() -> None:
    assert "28 tháng Chạp" in CALENDAR.days_off[date(2025, 1, 27)].name
    assert all("29 Tết" not in note.name for note in CALENDAR.days_off.values())


def test_every_day_off_has_both_names_and_a_source() -> None:
    for day, note in (*CALENDAR.days_off.items(), *CALENDAR.days_worked.items()):
        assert all((note.name, note.source, note.name_en)), day
        assert note.name_en != note.name, day


def test_the_fixed_days_are_off_in_every_year() -> None:
    for year in range(1990, 2150):
        for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
            assert not CALENDAR.is_working_day(date(year, month, day))


def test_each_year_has_a_plausible_number_of_office_days() -> None:
    for year in range(1995, 2101):
        days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
        assert 240 <= sum(CALENDAR.is_working_day(day) for day in days) <= 256, year


def test_the_calendar_of_an_earlier_day_does_not_know_later_decisions() -> None:
    before = national_calendar(date(2025, 12, 24))
    assert before.is_working_day(date(2026, 1, 2))
    assert not before.is_working_day(date(2026, 1, 10))
    after = national_calendar(date(2025, 12, 25))
    assert not after.is_working_day(date(2026, 1, 2))
    assert after.is_working_day(date(2026, 1, 10))


def test_the_corrections_state_source_and_validity() -> None:
    decided_through, rows = corrections()
    assert decided_through >= 2026
    for row in rows:
        assert row.note.source
        assert row.valid_to is None or row.valid_from <= row.valid_to


def test_it_agrees_with_the_days_collected_for_2018_to_2028(shared_data: Path) -> None:
    (collected,) = (shared_data / "calendar").glob("python-holidays-*_VN_2018-2028.json")
    known = json.loads(collected.read_text(encoding="utf-8"))
    wrong = json.loads((shared_data / "calendar" / "corrections.json").read_text(encoding="utf-8"))
    off = {date.fromisoformat(day) for day in known["holidays"]}
    worked = {date.fromisoformat(day) for day in known["weekend_workdays"]}
    worked |= {date.fromisoformat(day) for day in wrong["make_up_workdays_known"]}
    for defect in wrong["defects"]:
        off.add(date.fromisoformat(defect["date"]))
        if "make_up_workday" in defect:
            worked.add(date.fromisoformat(defect["make_up_workday"]))
    day = date(2018, 1, 1)
    while day <= date(2028, 12, 31):
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert CALENDAR.is_working_day(day) == expected, day
        day += timedelta(days=1)
