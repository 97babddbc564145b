"""Numbers as people write them: 12.903 and 90,34 % in Vietnamese, 12,903 and 90.34 % in English; nothing is "–"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django import template

from motcua.oversight.queries import NOTHING, count_text, figure_text, grouped, numbers

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
    return numbers().signed(value)


@register.filter
def lower_first(text: str) -> str:
    """A name inside a sentence: `năm 2024`."""
    return text[:1].lower() + text[1:]


@register.filter
def upper_first(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


@register.filter
def formula(text: str) -> str:
    """A formula with the decimal comma of the reader."""
    return re.sub(r"\d+\.\d+", lambda number: grouped(number.group()), text)


@register.filter
def value_of(words: Mapping[str, str], key: str) -> str:
    """What stands under a key."""
    return words.get(key, "")
