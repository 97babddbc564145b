"""Persons and organisations: kinds and plausibility."""

from datetime import date

from motcua.directory.errors import BirthDateInvalid, EmailInvalid, NameMissing

_LONGEST_LIFE_YEARS = 130


def check_name(name: str) -> str:
    """The name without spaces at its ends. Raises NameMissing."""
    trimmed = name.strip()
    if not trimmed:
        raise NameMissing()
    return trimmed


def check_birth_on(birth_on: date | None, *, today: date) -> None:
    """A birthday is in the past and within a human life. Raises BirthDateInvalid."""
    if birth_on is not None and not (birth_on <= today and today.year - birth_on.year <= _LONGEST_LIFE_YEARS):
        raise BirthDateInvalid(birth_on=birth_on.strftime("%d/%m/%Y"))


def check_email(email: str) -> str:
    """An address with one @ and a dotted domain, or nothing. Raises EmailInvalid."""
    address = email.strip()
    name, at, domain = address.rpartition("@")
    if address and (not at or not name or "@" in name or "." not in domain.strip(".") or " " in address):
        raise EmailInvalid(email=email)
    return address
