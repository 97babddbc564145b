"""Numbers as people write them: 12.903 and 90,34 % in Vietnamese, 12,903 and 90.34 % in English; nothing is "–"."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from motcua.oversight.queries import Figure

register = template.Library()
NONE = "–"


def _grouped(text: str) -> str:
    if (get_language() or "vi").startswith("vi"):
        return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return text


@register.filter
def count(number: object) -> str:
    """A whole number with groups of three; anything else (a missing figure) is nothing."""
    return _grouped(f"{number:,}") if isinstance(number, int) else NONE


@register.filter
def percent(figure: object) -> str:
    """A share in percent with two decimals; the count itself where the figure is no share."""
    if not isinstance(figure, Figure):
        return NONE
    if figure.denominator is None:
        return count(figure.numerator)
    return NONE if figure.percent is None else _grouped(f"{figure.percent:.2f}") + " %"


@register.filter
def points(value: Decimal | float | None) -> str:
    """Points with two decimals."""
    return NONE if value is None else _grouped(f"{value:.2f}")


@register.filter
def signed(value: float | None) -> str:
    """A change with its sign."""
    return NONE if value is None else _grouped(f"{value:+.2f}")
