"""Moments, days and amounts as they are said to people."""

from datetime import date, datetime

from django import template

from motcua.kernel import money as kernel_money
from motcua.web.kit import when

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """`16:30 thứ Hai 23/11/2026`."""
    return when.moment(at) if at else ""


@register.filter
def short_moment(at: datetime | None) -> str:
    """`16:30 23/11/2026`."""
    return when.short_moment(at) if at else ""


@register.filter
def day(on: date | None) -> str:
    """`23/11/2026`."""
    return when.day(on) if on else ""


@register.filter
def known_day(kept: object) -> str:
    """`23/11/1956`, or as much of it as is known: `11/1956`, `1956`."""
    return when.known_day(kept) if kept else ""


@register.filter
def money(amount: int | None) -> str:
    """`15.000 đ`; nothing for an amount that is not known."""
    return "" if amount is None else kernel_money.show(amount)
