"""Statistical codes of administrative units (Decision 124/2004/QĐ-TTg, replaced by Decision 19/2025/QĐ-TTg).

Province 2 digits, district 3 digits (closed on 1 July 2025), commune 5 digits.
"""

from datetime import date

from motcua.directory.errors import GsoCodeInvalid
from motcua.directory.words import TerritoryLevel

#: Districts end here: the model of two levels (Law 72/2025/QH15, in force 1 July 2025).
TWO_LEVELS_FROM = date(2025, 7, 1)

_DIGITS = {TerritoryLevel.PROVINCE: 2, TerritoryLevel.DISTRICT: 3, TerritoryLevel.COMMUNE: 5}


def parse_gso_code(text: str, level: TerritoryLevel) -> str:
    """The code as digits of the level's exact length. Raises GsoCodeInvalid."""
    code = text.strip()
    if len(code) != _DIGITS[level] or not (code.isascii() and code.isdigit()):
        raise GsoCodeInvalid(code=text, digits=_DIGITS[level])
    return code


def level_of_gso_code(text: str) -> TerritoryLevel:
    """Which level a code belongs to, told by its length. Raises GsoCodeInvalid."""
    code = text.strip()
    for level, digits in _DIGITS.items():
        if len(code) == digits and code.isascii() and code.isdigit():
            return level
    raise GsoCodeInvalid(code=text, digits="2, 3, 5")
