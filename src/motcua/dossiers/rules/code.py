"""Dossier codes: the unit's code, the day of receipt, a running number of that unit and day.

Two orders of the unit code are in the law: lowest unit first (Circular 01/2018 art. 19 with QCVN 102:2016) and highest
first (Decision 20/2020, used by Circular 03/2025). The running number has at least four digits and may grow.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from motcua.kernel.values import one_dash

#: Circular 03/2025/TT-VPCP took effect; dossiers received before keep the older order.
TOP_DOWN_SINCE = date(2025, 9, 15)

_UNIT = r"[0-9A-Z]{2,3}(?:\.[0-9A-Z]{1,4}){0,3}"
_CODE = re.compile(rf"(?P<unit>{_UNIT})(?:-| )(?P<day>\d{{6}})(?:-| )(?P<number>\d{{1,10}})")
_SHORT = re.compile(r"(?P<day>\d{6})(?:-| )(?P<number>\d{1,10})")


@dataclass(frozen=True, slots=True)
class DossierCode:
    unit: str
    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.unit}-{self.day:%y%m%d}-{self.number:04d}"


def unit_code_on(day: date, *, bottom_up: str, top_down: str) -> str:
    """The order of the unit's code in force on the day of receipt."""
    return top_down if day >= TOP_DOWN_SINCE else bottom_up


def code_like(bottom_up: str, top_down: str, day: date) -> str:
    """The first code a desk would give on a day: an example in the form in force."""
    return str(DossierCode(unit_code_on(day, bottom_up=bottom_up, top_down=top_down), day, 1))


@dataclass(frozen=True, slots=True)
class ShortCode:
    """Day and number, as people say them where the unit goes without saying; its text is the end of a code."""

    day: date
    number: int

    def __str__(self) -> str:
        return f"-{self.day:%y%m%d}-{self.number:04d}"


def parse_code(text: str) -> DossierCode | None:
    """The parts of a code as people type, read out or paste it (blanks, any dash, lower case, noughts left out), or None
    when it is not one.
    """
    match = _CODE.fullmatch(_plain(text))
    day = _day(match["day"]) if match else None
    return DossierCode(match["unit"], day, int(match["number"])) if match and day else None


def parse_short_code(text: str) -> ShortCode | None:
    """`261130-0003`, `261130 3`: the day and the number without the unit; None for anything else."""
    match = _SHORT.fullmatch(_plain(text))
    day = _day(match["day"]) if match else None
    return ShortCode(day, int(match["number"])) if match and day else None


def _plain(text: str) -> str:
    """One kind of dash without blanks around it, single blanks, none beside points, capitals."""
    one = re.sub(r"\s*-\s*", "-", one_dash(text[:80]))
    return re.sub(r"\s+", " ", re.sub(r"\s*\.\s*", ".", one)).strip().upper()


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007 - a code carries a local day, no time
    except ValueError:
        return None
