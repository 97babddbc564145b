"""Dossier codes: the unit's code, the day of receipt, a running number of that unit and day.

Two orders of the unit code are in the law: lowest unit first (Circular 01/2018 art. 19 with QCVN 102:2016) and highest
first (Decision 20/2020, used by Circular 03/2025). The running number has at least four digits and may grow.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

#: Circular 03/2025/TT-VPCP took effect; dossiers received before keep the older order.
TOP_DOWN_SINCE = date(2025, 9, 15)

_CODE = re.compile(r"^(?P<unit>[0-9A-Z]{2,3}(?:\.[0-9A-Z]{1,4}){0,3})-(?P<day>\d{6})-(?P<number>\d{4,10})$")


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


def parse_code(text: str) -> DossierCode | None:
    """The parts of a code as people type it (spaces, lower case), or None when it is not one."""
    match = _CODE.match(re.sub(r"\s", "", text).upper())
    if match is None:
        return None
    try:
        day = datetime.strptime(match["day"], "%y%m%d").date()  # noqa: DTZ007 - a code carries a local day, no time
    except ValueError:
        return None
    return DossierCode(match["unit"], day, int(match["number"]))
