"""Whose portal this is: the province, its committee and how to reach it. Every public page names them."""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import get_language, gettext

from motcua.directory import queries as directory
from motcua.directory.errors import AgencyCodeInvalid, AgencyUnknown
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.values import show_phone
from motcua.web.kit.when import weekday


@dataclass(frozen=True, slots=True)
class House:
    """The committee whose code is `MOTCUA_PROVINCE_CODE`, as the directory knows it; "" where it knows nothing."""

    owner: str
    owner_en: str
    province: str
    address: str
    phone: str
    email: str
    hours: tuple[str, ...]

    @property
    def owner_said(self) -> str:
        """The committee's name in the reader's language, where it has one."""
        is_english = (get_language() or "vi").startswith("en")
        return self.owner_en if is_english and self.owner_en else self.owner

    @property
    def is_owner_vietnamese(self) -> bool:
        """Whether the name is Vietnamese within another language and has to be marked as such."""
        return not (get_language() or "vi").startswith("vi") and not self.owner_en

    @property
    def province_inside(self) -> str:
        """`tỉnh Minh Sơn`, as the name stands inside a sentence."""
        return self.province[:1].lower() + self.province[1:]

    @property
    def phone_said(self) -> str:
        return show_phone(self.phone)


def house() -> House | None:
    """The province of this installation; None where the directory does not know it (yet) or cannot be asked now.

    A page about a failure has a frame too, and may not fail over it.
    """
    try:
        agency = directory.agency(settings.MOTCUA_PROVINCE_CODE)
        hours = hours_words(directory.calendar_of(agency.id))
    except (AgencyUnknown, AgencyCodeInvalid, DatabaseError):
        return None
    return House(
        agency.name,
        agency.name_en,
        agency.territory_name,
        agency.address,
        agency.phone,
        agency.email,
        hours,
    )


def hours_words(calendar: WorkingCalendar) -> tuple[str, ...]:
    """When an office is open, a line for each run of days alike: `thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:00`."""
    lines: list[tuple[int, int]] = []
    week = calendar.weekday_hours
    for day in range(7):
        if lines and lines[-1][1] == day - 1 and week[lines[-1][0]] == week[day]:
            lines[-1] = (lines[-1][0], day)
        else:
            lines.append((day, day))
    return tuple(_line(first, last, week[first]) for first, last in lines if week[first])


def _line(first: int, last: int, hours: tuple[tuple[time, time], ...]) -> str:
    days = _day(first)
    if last > first:
        days = gettext("%(first)s đến %(last)s") % {"first": _day(first), "last": _day(last)}
    return f"{days}: " + ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in hours)


def _day(number: int) -> str:
    return weekday(date(2024, 1, 1 + number))  # the first of January 2024 was a Monday
