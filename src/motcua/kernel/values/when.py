"""Days, and what is known of a day: the year only, the month and year, or nothing.

Kept in the reduced precision of ISO 8601-1 (`1956`, `1956-03`, `1956-03-12`) and, for what nobody knows, as ISO 8601-2
writes an unspecified year (`XXXX`). Civil status records take what is known (Law on Civil Status 2014 art 14; the
declaration of birth asks for the parents' day and month of birth only where they are known).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from motcua.kernel.text import fold
from motcua.kernel.values.unreadable import Unreadable

UNKNOWN = "XXXX"
_UNKNOWN_WORDS = frozenset({"xxxx", "khong ro", "khong biet", "chua ro", "unknown", "not known"})
_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?)?")
_DAY_FIRST = re.compile(
    r"(?:ngay )?(?:(?P<d>\d{1,2}) ?(?:[/.\-]| thang |\s) ?)?(?:thang )?(?P<m>\d{1,2}) ?(?:[/.\-]| nam |\s) ?(?P<y>\d{4})"
)
_EARLIEST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a day. `str()` is what is kept."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return UNKNOWN
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @property
    def exact(self) -> date | None:
        """The day itself, where all of it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def earliest(self) -> date | None:
        """The first day it can have been; None where nothing is known."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date | None:
        """The last day it can have been."""
        if self.year is None:
            return None
        if self.day and self.month:
            return date(self.year, self.month, self.day)
        month = self.month or 12
        following = (
            date(self.year + month // 12, month % 12 + 1, 1) if self.year < date.max.year else date.max
        )
        return date.fromordinal(following.toordinal() - 1) if following is not date.max else date.max

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both may be the same day: what one leaves open, the other may say."""
        pairs = zip((self.year, self.month, self.day), (other.year, other.month, other.day), strict=True)
        return all(one is None or two is None or one == two for one, two in pairs)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    @classmethod
    def kept(cls, text: str) -> "PartialDate":
        """From what is kept. Raises Unreadable."""
        return read_partial_date(text, may_be_unknown=True)


def read_date(text: str) -> date:
    """A whole day: `31/12/2026`, `31-12-2026`, `31.12.2026`, `ngày 31 tháng 12 năm 2026`, `2026-12-31`. Raises Unreadable."""
    found = read_partial_date(text).exact
    if found is None:
        raise Unreadable("date_incomplete")
    return found


def read_partial_date(text: str, *, may_be_unknown: bool = False) -> PartialDate:
    """A day, a month with its year (`3/1956`), or a year alone; where nobody has to know, `không rõ` too. Raises
    Unreadable.
    """
    plain = fold(text[:60])
    if plain in _UNKNOWN_WORDS:
        if may_be_unknown:
            return PartialDate()
        raise Unreadable("date_unknown")
    match = _ISO.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    if match is None or not plain.isascii() or len(text) > 60:
        raise Unreadable("date")
    year, month, day = (int(match[part]) if match[part] else None for part in "ymd")
    return partial_date(year, month, day)


def partial_date(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate:
    """From its parts, nought being unknown as on cards (`00001950`). Raises Unreadable for what is no day."""
    month, day = month or None, day or None
    if not year or year < _EARLIEST_YEAR or (day and not month):
        raise Unreadable("date")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise Unreadable("date_impossible") from None
    return PartialDate(year, month, day)


def date_of_boxes(year: str, month: str = "", day: str = "") -> PartialDate:
    """From three boxes of a page; empty ones (or noughts) are what is not known. Raises Unreadable."""
    parts = [part.strip() for part in (year, month, day)]
    if not all(part.isascii() and (part.isdigit() or not part) and len(part) <= 4 for part in parts):
        raise Unreadable("date")
    if len(parts[0]) != 4:
        raise Unreadable("date")
    return partial_date(*(int(part or 0) for part in parts))


def show_date(kept: str) -> str:
    """`1956-03-12` → `12/03/1956`, `1956-03` → `03/1956`, `1956` → `1956`, nothing known → `không rõ`."""
    found = PartialDate.kept(kept)
    if found.year is None:
        return "không rõ"
    return "/".join([*(f"{part:02d}" for part in (found.day, found.month) if part), f"{found.year:04d}"])
