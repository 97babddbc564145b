"""Numbers on the papers a person identifies themselves with.

* Personal number (số định danh cá nhân), 12 digits: 3 of the place of birth registration, 1 of century and sex, 2 of the
  year of birth, 6 at random (Decree 137/2015 art 13; Circular 59/2021/TT-BCA). It has **no** check digit. A number given
  before a merger of provinces stays as it is.
* Old identity card (CMND), 9 digits.
* Passport of any country: letters and digits (ICAO Doc 9303 part 4 has nine in the machine-readable zone; some countries
  print more).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.kernel.values.unreadable import Unreadable


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


_PROVINCE_CODES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 "
    "49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
)
#: Codes of the 63 provinces of birth registration (the statistical code with a leading zero).
BIRTH_PROVINCES = frozenset(f"0{code}" for code in _PROVINCE_CODES.split())
_SPACING = re.compile(r"[\s.\-]+")
_FIRST_ABROAD = "100"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What a structurally sound personal number says about its holder."""

    number: str
    birth_place_code: str
    sex: Sex
    birth_year: int

    @property
    def is_born_abroad(self) -> bool:
        """Codes from 100 up name countries, not provinces (Circular 59/2021/TT-BCA, annex II)."""
        return self.birth_place_code >= _FIRST_ABROAD

    @property
    def masked(self) -> str:
        """For lists and logs: the first three and the last three digits only."""
        return f"{self.number[:3]}{'•' * 6}{self.number[-3:]}"


def read_personal_number(text: str, *, today: date) -> PersonalNumber:
    """Twelve digits in any grouping, of a known province (or a country), of somebody born by today. Raises Unreadable.

    How many country codes there are is not checked: the annex was not at hand, and it grows.
    """
    number = _SPACING.sub("", text[:60])
    if not re.fullmatch(r"[0-9]{12}", number) or len(text) > 60:
        raise Unreadable("personal_number")
    place, century_and_sex = number[:3], int(number[3])
    if place not in BIRTH_PROVINCES and place < _FIRST_ABROAD:
        raise Unreadable("personal_number_place")
    birth_year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
    if birth_year > today.year:
        raise Unreadable("personal_number_year")
    sex = Sex.FEMALE if century_and_sex % 2 else Sex.MALE
    return PersonalNumber(number, place, sex, birth_year)


def read_old_identity_number(text: str) -> str:
    """A 9-digit number of the old identity card. Raises Unreadable."""
    number = _SPACING.sub("", text[:60])
    if not re.fullmatch(r"[0-9]{9}", number):
        raise Unreadable("old_identity_number")
    return number


def read_passport_number(text: str) -> str:
    """Capital letters and digits, five to twenty, at least one of them a digit. Raises Unreadable."""
    number = _SPACING.sub("", text[:60]).upper()
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,20}", number):
        raise Unreadable("passport_number")
    return number
