"""Numbers as people write them: 12.903 and 90,34 % in Vietnamese, 12,903 and 90.34 % in English; nothing is "–"."""

from __future__ import annotations

from decimal import Decimal

from django import template

from motcua.oversight.queries import NOTHING, count_text, figure_text, grouped

register = template.Library()
register.filter("count", count_text)
register.filter("percent", figure_text)


@register.filter
def points(value: Decimal | float | None) -> str:
    """Points with two decimals."""
    return NOTHING if value is None else grouped(f"{value:.2f}")


@register.filter
def signed(value: float | None) -> str:
    """A change with its sign."""
    return NOTHING if value is None else grouped(f"{value:+.2f}")
