"""Numbers that name a person or an organisation: the readings of `kernel.values`, with the refusals of the directory.

* Tax code (Circular 105/2020/TT-BTC): 10 digits, the last a check digit; dependants and branches add
  ``-NNN``. Since 1 July 2025 the personal number is the tax code of individuals and households (Circular
  86/2024/TT-BTC).
* Enterprise number = tax code of 10 digits (Decree 01/2021 art 29).
"""

import re
from datetime import date

from motcua.directory.errors import (
    EnterpriseNumberInvalid,
    OldIdentityNumberInvalid,
    PassportInvalid,
    PersonalNumberInvalid,
    PersonalNumberMismatch,
    PhoneInvalid,
    TaxCodeInvalid,
)
from motcua.kernel import values
from motcua.kernel.values import BIRTH_PROVINCES, PartialDate, PersonalNumber, Sex, Unreadable

__all__ = [
    "BIRTH_PROVINCES",
    "PersonalNumber",
    "check_personal_number",
    "masked",
    "parse_enterprise_number",
    "parse_old_identity_number",
    "parse_passport_number",
    "parse_personal_number",
    "parse_phone",
    "parse_tax_code",
    "tax_check_digit",
]

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SPACING = re.compile(r"[\s.\-()]+")


def parse_personal_number(text: str, *, today: date) -> PersonalNumber:
    """Check the structure of a 12-digit personal number. Raises PersonalNumberInvalid."""
    try:
        return values.read_personal_number(text, today=today)
    except Unreadable:
        raise PersonalNumberInvalid(number=masked(re.sub(r"\s+", "", text))) from None


def check_personal_number(
    text: str, *, born: PartialDate | None, sex: Sex | None, today: date
) -> PersonalNumber:
    """As parse_personal_number, and refuse a number that contradicts the year of birth or the sex
    (PersonalNumberMismatch).
    """
    parsed = parse_personal_number(text, today=today)
    if born is not None and born.year not in (None, parsed.birth_year):
        raise PersonalNumberMismatch(number=parsed.masked)
    if sex is not None and sex != parsed.sex:
        raise PersonalNumberMismatch(number=parsed.masked)
    return parsed


def parse_old_identity_number(text: str) -> str:
    """A 9-digit number of the old identity card. Raises OldIdentityNumberInvalid."""
    try:
        return values.read_old_identity_number(text)
    except Unreadable:
        raise OldIdentityNumberInvalid(number=masked(text)) from None


def parse_passport_number(text: str) -> str:
    """The number of a passport, of any country. Raises PassportInvalid."""
    try:
        return values.read_passport_number(text)
    except Unreadable:
        raise PassportInvalid from None


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
    """A number of this country as `0…`, of another as `+…`. Raises PhoneInvalid."""
    try:
        return values.read_phone(text)
    except Unreadable:
        raise PhoneInvalid(number=text) from None


def masked(number: str) -> str:
    """Leave three characters at each end; short texts are hidden whole."""
    return f"{number[:3]}{'•' * (len(number) - 6)}{number[-3:]}" if len(number) > 6 else "•" * len(number)
