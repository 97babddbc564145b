"""Saying time the way people say it in Việt Nam, in the language of the reader."""

from datetime import date, datetime

from django.utils.translation import gettext

from motcua.kernel import clock


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


def day(on: date) -> str:
    """`23/11/2026`."""
    return f"{on:%d/%m/%Y}"
