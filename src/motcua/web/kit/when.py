"""Saying time the way people say it in Việt Nam, in the language of the reader."""

from datetime import date, datetime

from django.utils.translation import gettext

from motcua.kernel import clock
from motcua.kernel.values import PartialDate, Unreadable, show_date


def weekday(day: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    names = [
        gettext("thứ Hai"),
        gettext("thứ Ba"),
        gettext("thứ Tư"),
        gettext("thứ Năm"),
        gettext("thứ Sáu"),
        gettext("thứ Bảy"),
        gettext("Chủ nhật"),
    ]
    return names[day.weekday()]


def moment(at: datetime) -> str:
    """`16:30 thứ Hai 23/11/2026`, local time."""
    local = clock.local(at)
    return f"{local:%H:%M} {weekday(local.date())} {local:%d/%m/%Y}"


def short_moment(at: datetime) -> str:
    """`16:30 23/11/2026`, local time, for tables."""
    return f"{clock.local(at):%H:%M %d/%m/%Y}"


def known_day(kept: object) -> str:
    """What is known of a day: `23/11/1956`, `11/1956`, `1956`, `không rõ`; as typed where it is none."""
    try:
        found = PartialDate.kept(str(kept))
    except Unreadable:
        return str(kept)
    return gettext("không rõ") if found.year is None else show_date(str(found))


def day(on: date) -> str:
    """`23/11/2026`."""
    return f"{on:%d/%m/%Y}"
