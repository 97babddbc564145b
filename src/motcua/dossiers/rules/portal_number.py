"""The number a person has at once on sending, before any desk has given the dossier its code: `DV-261130-7K3M-9Q2X`.

It is the dossier's own identifier said shortly: the day the identifier was made, and its last forty bits in Crockford's base
32 (no I, L, O or U, so that it can be read out). Nothing is kept besides, so that the number can be neither lost nor given
twice; forty random bits are not guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.values import one_dash

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SIGN = "DV"
_BITS = 40
_MILLISECONDS = 80  # a version 7 identifier has its moment above these bits


@dataclass(frozen=True, slots=True)
class PortalNumber:
    """What a typed number says: the identifiers of its day, and the end that the right one has."""

    day: date
    end: int

    @property
    def first(self) -> UUID:
        return _identifier(self.day)

    @property
    def beyond(self) -> UUID:
        return _identifier(self.day + timedelta(days=1))

    @property
    def tail(self) -> str:
        """The last hexadecimal digits of the identifier."""
        return f"{self.end:010x}"


def portal_number(dossier_id: UUID) -> str:
    """The number of a dossier, whatever became of it since."""
    made = datetime.fromtimestamp((dossier_id.int >> _MILLISECONDS) / 1000, tz=clock.LOCAL)
    end = dossier_id.int & ((1 << _BITS) - 1)
    said = "".join(_LETTERS[(end >> shift) & 31] for shift in range(_BITS - 5, -5, -5))
    return f"{_SIGN}-{made:%y%m%d}-{said[:4]}-{said[4:]}"


def parse_portal_number(text: str) -> PortalNumber | None:
    """A number as people type, read out or paste it: any dash or none, blanks, small letters, O for 0; None for no number."""
    plain = re.sub(r"[\s.\-]", "", one_dash(text[:60])).upper()
    if not plain.startswith(_SIGN):
        return None
    day_text, end_text = plain[2:8].translate(_MISREAD), plain[8:].translate(_MISREAD)
    if len(end_text) != 8 or set(end_text) - set(_LETTERS):
        return None
    try:
        day = datetime.strptime(day_text, "%y%m%d").date()  # noqa: DTZ007 - a number carries a local day, no time
    except ValueError:
        return None
    end = 0
    for letter in end_text:
        end = end << 5 | _LETTERS.index(letter)
    return PortalNumber(day, end)


def _identifier(day: date) -> UUID:
    opening = datetime.combine(day, time.min, tzinfo=clock.LOCAL)
    return UUID(int=int(opening.timestamp() * 1000) << _MILLISECONDS)
