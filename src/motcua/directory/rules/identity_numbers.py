"""Numbers that name a person or an organisation, and what their digits say.

* Personal number (số định danh cá nhân), 12 digits: 3 of the place of birth registration, 1 of century and
  sex, 2 of the year of birth, 6 at random (Decree 137/2015 art 13; Circular 59/2021/TT-BCA). It has **no**
  check digit. A number given before a merger of provinces stays as it is.
* Old identity card (CMND), 9 digits.
* Tax code (Circular 105/2020/TT-BTC): 10 digits, the last a check digit; dependants and branches add
  ``-NNN``. Since 1 July 2025 the personal number is the tax code of individuals and households (Circular
  86/2024/TT-BTC).
* Enterprise number = tax code of 10 digits (Decree 01/2021 art 29).
"""

import re
from dataclasses import dataclass
from datetime import date

from motcua.directory.errors import (
    EnterpriseNumberInvalid,
    OldIdentityNumberInvalid,
    PersonalNumberInvalid,
    PersonalNumberMismatch,
    PhoneInvalid,
    TaxCodeInvalid,
)
from motcua.directory.words import Sex

#: Codes of the 63 provinces of birth registration (the statistical code with a leading zero).
BIRTH_PROVINCES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SPACING = re.compile(r"[\s.\-()]+")


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
        return self.birth_place_code >= "100"

    @property
    def masked(self) -> str:
        """For lists and logs: the first three and the last three digits only."""
        return masked(self.number)


def parse_personal_number(text: str) -> PersonalNumber:
    """Check the structure of a 12-digit personal number. Raises PersonalNumberInvalid."""
    number = re.sub(r"\s+", "", text)
    if not re.fullmatch(r"[0-9]{12}", number):
        raise PersonalNumberInvalid(number=masked(number))
    place, century_and_sex = number[:3], int(number[3])
    if place not in BIRTH_PROVINCES and place < "100":
        raise PersonalNumberInvalid(number=masked(number))
    return PersonalNumber(
        number=number,
        birth_place_code=place,
        sex=Sex.FEMALE if century_and_sex % 2 else Sex.MALE,
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
    )


def check_personal_number(text: str, *, birth_on: date | None, sex: Sex | None) -> PersonalNumber:
    """As parse_personal_number, and refuse a number that contradicts the date of birth or the sex
    (PersonalNumberMismatch).
    """
    parsed = parse_personal_number(text)
    if birth_on is not None and birth_on.year != parsed.birth_year:
        raise PersonalNumberMismatch(number=parsed.masked)
    if sex is not None and sex != parsed.sex:
        raise PersonalNumberMismatch(number=parsed.masked)
    return parsed


def parse_old_identity_number(text: str) -> str:
    """A 9-digit number of the old identity card. Raises OldIdentityNumberInvalid."""
    number = re.sub(r"\s+", "", text)
    if not re.fullmatch(r"[0-9]{9}", number):
        raise OldIdentityNumberInvalid(number=masked(number))
    return number


def tax_check_digit(first_nine: str) -> int | None:
    """The tenth digit that belongs to nine digits, or None where the scheme issues no number."""
    remainder = sum(int(digit) * weight for digit, weight in zip(first_nine, _TAX_WEIGHTS, strict=True)) % 11
    return 10 - remainder if remainder else None


def parse_tax_code(text: str) -> str:
    """The tax code as ``NNNNNNNNNN`` or ``NNNNNNNNNN-NNN``. Raises TaxCodeInvalid."""
    compact = _SPACING.sub("", text)
    if not re.fullmatch(r"[0-9]{10}([0-9]{3})?", compact):
        raise TaxCodeInvalid(number=text)
    if tax_check_digit(compact[:9]) != int(compact[9]) or compact[10:] == "000":
        raise TaxCodeInvalid(number=text)
    return f"{compact[:10]}-{compact[10:]}" if len(compact) == 13 else compact


def parse_enterprise_number(text: str) -> str:
    """The enterprise number: ten digits with the check digit of a tax code. Raises EnterpriseNumberInvalid."""
    try:
        number = parse_tax_code(text)
    except TaxCodeInvalid:
        raise EnterpriseNumberInvalid(number=text) from None
    if len(number) != 10:
        raise EnterpriseNumberInvalid(number=text)
    return number


def parse_phone(text: str) -> str:
    """A Vietnamese number as 0 and nine digits, or eleven for land lines with a three-digit area code. Raises
    PhoneInvalid.
    """
    compact = _SPACING.sub("", text)
    national = re.sub(r"^(\+84|0084|84(?=[0-9]{9,10}$))0?", "0", compact)
    if not re.fullmatch(r"0[1-9][0-9]{8}|02[0-9]{9}", national):
        raise PhoneInvalid(number=text)
    return national


def masked(number: str) -> str:
    """Leave three characters at each end; short texts are hidden whole."""
    return f"{number[:3]}{'•' * (len(number) - 6)}{number[-3:]}" if len(number) > 6 else "•" * len(number)
