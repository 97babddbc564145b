"""Numbers as they are written here: a comma before decimals, a point (or a space) between thousands."""

import re
from decimal import Decimal

from motcua.kernel.values.unreadable import Unreadable

#: Whole numbers of so many digits are kept exactly wherever JSON is read (IEEE 754, RFC 8259 section 6), and a double is
#: told apart from every other by so many significant digits.
_MOST_WHOLE, _MOST_SIGNIFICANT = 15, 17
_LIMIT, _SMALLEST = 1_000_000_000_000_000, 1e-15
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_GROUPED = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<rest>\d+))?")
_PLAIN = re.compile(r"(?P<whole>\d+)(?:[.,](?P<rest>\d+))?")
_GROUPED_FROM = 10_000


def read_integer(text: str) -> int:
    """`15.000`, `15 000` and `15000` are fifteen thousand. Raises Unreadable."""
    try:
        value = _read(text)
    except Unreadable as fault:
        raise Unreadable("integer" if fault.reason == "number" else fault.reason) from None
    if value != value.to_integral_value():
        raise Unreadable("integer")
    return int(value)


def read_number(text: str) -> int | float:
    """`85,125` is eighty-five and an eighth, `15.000` fifteen thousand, `0.375` three eighths: nobody groups after a
    lone zero. Raises Unreadable.
    """
    value = _read(text)
    return int(value) if value == value.to_integral_value() else float(value)


def show_number(value: int | float) -> str:
    """`85125.5` → `85.125,5`; numbers below ten thousand are not grouped (a year is one of them)."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    if len(whole) > len(str(_GROUPED_FROM)) - 1:
        whole = f"{int(whole):,}".replace(",", ".")
    rest = rest.rstrip("0")
    sign = "-" if exact < 0 else ""
    return f"{sign}{whole},{rest}" if rest else f"{sign}{whole}"


def is_exact(value: object) -> bool:
    """Whether a JSON number (a program may send any) survives being kept and read again."""
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return -_LIMIT < value < _LIMIT
    if isinstance(value, float):
        return value == 0 or _SMALLEST <= abs(value) < _LIMIT
    return True


def _read(text: str) -> Decimal:
    # Measured before anything reads it: an interpreter refuses numbers of some thousand digits with an error of its own.
    compact = _SPACES.sub("", text[:200]).replace("\u2212", "-").replace("\u2013", "-")
    sign, digits = ("-", compact[1:]) if compact.startswith("-") else ("", compact)
    match = _GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits)
    if match is None or not digits.isascii() or len(text) > 200:
        raise Unreadable("number")
    whole, rest = match["whole"].replace(".", "").lstrip("0") or "0", (match["rest"] or "").rstrip("0")
    significant = (whole + rest).lstrip("0")
    if len(whole) > _MOST_WHOLE or len(significant) > _MOST_SIGNIFICANT:
        raise Unreadable("number_too_long")
    value = Decimal(f"{sign}{whole}.{rest or 0}")
    return value if value else Decimal(0)
