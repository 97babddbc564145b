"""Persons and organisations: kinds and plausibility."""

from datetime import date

from motcua.directory.errors import BirthDateInvalid, EmailInvalid, NameInvalid, NameMissing
from motcua.kernel import values
from motcua.kernel.values import PartialDate, Unreadable, show_date

_LONGEST_LIFE_YEARS = 130


def check_name(name: str) -> str:
    """The name without spaces at its ends. Raises NameMissing."""
    trimmed = name.strip()
    if not trimmed:
        raise NameMissing()
    return trimmed


def check_person_name(name: str) -> str:
    """A person's name as it is kept. Raises NameMissing, NameInvalid."""
    try:
        return values.read_person_name(check_name(name))
    except Unreadable:
        raise NameInvalid from None


def check_line(text: str) -> str:
    """One line (a name of an organisation, an address) as it is kept, or nothing. Raises NameInvalid."""
    try:
        return values.read_line(text) if text.strip() else ""
    except Unreadable:
        raise NameInvalid from None


def check_born(born: PartialDate | None, *, today: date) -> None:
    """What is known of a birthday is in the past and within a human life. Raises BirthDateInvalid."""
    first, last = (born.earliest, born.latest) if born else (None, None)
    if first is None or last is None:
        return
    if first > today or today.year - last.year > _LONGEST_LIFE_YEARS:
        raise BirthDateInvalid(birth_on=show_date(str(born)))


def check_email(email: str) -> str:
    """One address, or nothing. Raises EmailInvalid."""
    try:
        return values.read_email(email) if email.strip() else ""
    except Unreadable:
        raise EmailInvalid(email=email) from None
