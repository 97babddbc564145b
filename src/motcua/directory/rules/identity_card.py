"""The text of the code on an identity card: what a desk scanner types when the card lies under it.

``number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`` (cards since 2021, Circular 06/2021/TT-BCA; cards since July 2024,
Circular 17/2024/TT-BCA, add further fields behind, which are not needed here).
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.directory.errors import IdentityCardUnreadable
from motcua.directory.rules.identity_numbers import check_personal_number, parse_old_identity_number
from motcua.directory.words import Sex

_FIELDS = 7
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What the card says of its holder; ``issued_on`` is None where the card leaves it out."""

    number: str
    old_number: str | None
    full_name: str
    birth_on: date
    sex: Sex
    address: str
    issued_on: date | None


def is_identity_card(text: str) -> bool:
    """Whether a scanned text has the shape of a card at all (so that a dossier code is not taken for one)."""
    parts = text.strip().split("|")
    return len(parts) >= _FIELDS and parts[0].strip().isdigit()


def parse_identity_card(text: str) -> IdentityCard:
    """Read the text of a card. Raises IdentityCardUnreadable, PersonalNumberInvalid, PersonalNumberMismatch."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < _FIELDS or not parts[2]:
        raise IdentityCardUnreadable
    number, old, name, born, sex, address, issued = parts[:_FIELDS]
    known_sex, birth_on = _SEXES.get(sex.lower()), _day(born)
    if known_sex is None or birth_on is None:
        raise IdentityCardUnreadable
    return IdentityCard(
        number=check_personal_number(number, birth_on=birth_on, sex=known_sex).number,
        old_number=parse_old_identity_number(old) if old else None,
        full_name=name,
        birth_on=birth_on,
        sex=known_sex,
        address=address,
        issued_on=_day(issued),
    )


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d%m%Y").date()  # noqa: DTZ007 - a card carries a day, no time
    except ValueError:
        return None
