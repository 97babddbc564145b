"""Numbers of slips given at the door: a series of their own, so that nobody takes one for a dossier.

`P-H99.11-261130-0001`: the unit, the day, a running number of that unit and day; the letter says that it is a slip.
"""

from datetime import date

from motcua.dossiers.rules.code import DossierCode, parse_code
from motcua.kernel.values import one_dash

_MARK = "P"


def door_number(unit: str, day: date, number: int) -> str:
    """The number of a slip."""
    return f"{_MARK}-{DossierCode(unit, day, number)}"


def door_series(unit: str) -> str:
    """The name of the series in the book of running numbers, beside that of dossier codes."""
    return f"{_MARK}-{unit}"


def parse_door_number(text: str) -> str | None:
    """The number as it is kept, typed with or without care; None for anything else."""
    plain = one_dash(text[:80]).strip().upper()
    if not plain.startswith(_MARK):
        return None
    code = parse_code(plain[1:].lstrip(" -."))
    return f"{_MARK}-{code}" if code else None
