"""The national working calendar: the `holidays` library, put right by a table of official decisions.

`public_holidays.json` holds one row per corrected day: date, kind (`off` or `worked`), name in both
languages, the other half of a swap, source, and from when to when the decision was in force.
`decided_through` is the last year announced in full; later years are worked out (lunar days at UTC+7, Labour
Code) and explanations say so. The library knows the years to 2100; after them only the fixed dates are days
off.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from motcua.kernel.calendar import FIRST_DAY, LAST_DAY, DayNote, WorkingCalendar

_LIBRARY_LAST_YEAR: Final = 2100
_FIXED: Final = ((1, 1), (4, 30), (5, 1), (9, 2))
_ENGLISH: Final = {
    "Tết Dương lịch": "New Year's Day",
    "Nghỉ trước Tết Nguyên Đán": "Break before Lunar New Year",
    "Giao thừa Tết Nguyên Đán": "Lunar New Year's Eve",
    "Tết Nguyên Đán": "Lunar New Year",
    "Mùng hai Tết Nguyên Đán": "Second day of Lunar New Year",
    "Mùng ba Tết Nguyên Đán": "Third day of Lunar New Year",
    "Mùng bốn Tết Nguyên Đán": "Fourth day of Lunar New Year",
    "Mùng năm Tết Nguyên Đán": "Fifth day of Lunar New Year",
    "Mùng sáu Tết Nguyên Đán": "Sixth day of Lunar New Year",
    "Ngày Giỗ Tổ Hùng Vương": "Hùng Kings' Commemoration Day",
    "Ngày Chiến thắng": "Reunification Day",
    "Ngày Quốc tế Lao động": "International Labour Day",
    "Quốc khánh": "National Day",
    "Ngày Văn hóa Việt Nam": "Vietnamese Culture Day",
}
_FIXED_NAMES: Final = ("Tết Dương lịch", "Ngày Chiến thắng", "Ngày Quốc tế Lao động", "Quốc khánh")
# The library's "29 Tết" is the day before New Year's Eve; its lunar number depends on the month's length.
_RENAMED: Final = {"29 Tết": "Nghỉ trước Tết Nguyên Đán"}
_SWAP: Final = re.compile(r"\(thay cho ngày (\d{2})/(\d{2})/(\d{4})\)")
_COMPENSATION: Final = " (nghỉ bù)"


@dataclass(frozen=True, slots=True)
class Correction:
    """One officially decided day; `valid_to` is set when a later decision took it back."""

    day: date
    is_worked: bool
    note: DayNote
    valid_from: date
    valid_to: date | None


@lru_cache(maxsize=8)
def national_calendar(as_of: date | None = None) -> WorkingCalendar:
    """The calendar of state offices: standard office hours and national days off and worked.

    `as_of` gives the calendar as it stood decided on that day (to explain a due date promised before a swap
    was announced); without it, as it stands now.
    """
    off = dict(_computed_days_off(range(FIRST_DAY.year, LAST_DAY.year + 1)))
    worked = {
        note.stands_for: DayNote(
            f"Làm bù cho ngày {day:%d/%m/%Y}", note.source, f"Working Saturday for {_english_day(day)}", day
        )
        for day, note in off.items()
        if note.stands_for is not None
    }
    decided_through, rows = corrections()
    calendar = WorkingCalendar(days_off=off, days_worked=worked, decided_through=decided_through)
    in_force = [row for row in rows if _is_in_force(row, as_of)]
    return calendar.with_days(
        off={row.day: row.note for row in in_force if not row.is_worked},
        worked={row.day: row.note for row in in_force if row.is_worked},
    )


def corrections() -> tuple[int, tuple[Correction, ...]]:
    """The last officially announced year, and the rows of the corrections table."""
    table: dict[str, Any] = json.loads(
        files("motcua.kernel").joinpath("public_holidays.json").read_text(encoding="utf-8")
    )
    return int(table["decided_through"]), tuple(_correction(row) for row in table["rows"])


def _correction(row: Mapping[str, Any]) -> Correction:
    if row["kind"] not in ("off", "worked"):
        raise ValueError(f"{row['date']}: kind is off or worked, not {row['kind']!r}")
    other = date.fromisoformat(row["stands_for"]) if row["stands_for"] else None
    return Correction(
        day=date.fromisoformat(row["date"]),
        is_worked=row["kind"] == "worked",
        note=DayNote(row["name"], row["source"], row["name_en"], other),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _is_in_force(row: Correction, as_of: date | None) -> bool:
    if as_of is None:
        return row.valid_to is None
    return row.valid_from <= as_of and (row.valid_to is None or as_of <= row.valid_to)


def _computed_days_off(years: Iterable[int]) -> Iterable[tuple[date, DayNote]]:
    known = [year for year in years if year <= _LIBRARY_LAST_YEAR]
    for day, name in _vietnam(known).items():
        yield day, _day_off(day, name)
    for year in range(_LIBRARY_LAST_YEAR + 1, LAST_DAY.year + 1):
        for (month, number), name in zip(_FIXED, _FIXED_NAMES, strict=True):
            yield date(year, month, number), _day_off(date(year, month, number), name)


def _vietnam(years: Iterable[int]) -> Mapping[date, str]:
    # Two thirds of a second to import: only when a calendar is made.
    from holidays.countries.vietnam import Vietnam

    return Vietnam(years=years, language="vi")  # type: ignore[no-untyped-call]  # the library's __init__ is untyped


def _day_off(day: date, given: str) -> DayNote:
    if match := _SWAP.search(given):
        number, month, year = map(int, match.groups())
        made_up = date(year, month, number)
        return DayNote(
            f"Nghỉ hoán đổi (làm bù ngày {made_up:%d/%m/%Y})",
            "Quyết định hoán đổi ngày làm việc hằng năm",
            f"Swapped day off (made up on {_english_day(made_up)})",
            made_up,
        )
    base = given.removesuffix(_COMPENSATION)
    name = _RENAMED.get(base, base)
    english = _ENGLISH.get(name, name)
    if base != given:
        return DayNote(name + _COMPENSATION, _ground(day, name), f"{english} (compensation)")
    return DayNote(name, _ground(day, name), english)


def _ground(day: date, name: str) -> str:
    """The article that grants the day off, by the code in force on it."""
    if name == "Ngày Văn hóa Việt Nam":
        return "Nghị quyết 80-NQ/TW"
    if day >= date(2021, 1, 1):
        return "Bộ luật Lao động 2019, điều 112"
    if day >= date(2013, 5, 1):
        return "Bộ luật Lao động 2012, điều 115"
    if day >= date(1995, 1, 1):
        return "Bộ luật Lao động 1994, điều 73"
    return "Ngày nghỉ lễ trước Bộ luật Lao động 1994"


def _english_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
