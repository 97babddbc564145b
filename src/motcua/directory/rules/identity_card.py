"""The text of the code on an identity card: what a desk scanner types when the card lies under it.

``number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`` (cards since 2021, Circular 06/2021/TT-BCA; cards since July 2024,
Circular 17/2024/TT-BCA, add further fields behind, which are not needed here).
"""

from dataclasses import dataclass
from datetime import date

from motcua.directory.errors import IdentityCardUnreadable
from motcua.directory.rules.identity_numbers import check_personal_number, parse_old_identity_number
from motcua.directory.words import Sex
from motcua.kernel.text import fold
from motcua.kernel.values import PartialDate, Unreadable, partial_date

_FIELDS = 7
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What the card says of its holder; ``issued_on`` is None where the card leaves it out, and of some people's birthday
    it knows the year only (``00001950``).
    """

    number: str
    old_number: str | None
    full_name: str
    born: PartialDate
    sex: Sex
    address: str
    issued_on: date | None

    @property
    def birth_on(self) -> date | None:
        """The day of birth, where the card knows all of it."""
        return self.born.exact


def is_identity_card(text: str) -> bool:
    """Whether a scanned text has the shape of a card at all (so that a dossier code is not taken for one)."""
    parts = text.strip().split("|")
    return len(parts) >= _FIELDS and parts[0].strip().isdigit()


def parse_identity_card(text: str, *, today: date) -> IdentityCard:
    """Read the text of a card. Raises IdentityCardUnreadable, PersonalNumberInvalid, PersonalNumberMismatch."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < _FIELDS or not parts[2]:
        raise IdentityCardUnreadable
    number, old, name, birthday, sex, address, issued = parts[:_FIELDS]
    known_sex, born = _SEXES.get(fold(sex)), _day(birthday)
    if known_sex is None or born is None:
        raise IdentityCardUnreadable
    issued_on = _day(issued)
    return IdentityCard(
        number=check_personal_number(number, born=born, sex=known_sex, today=today).number,
        old_number=parse_old_identity_number(old) if old else None,
        full_name=name,
        born=born,
        sex=known_sex,
        address=address,
        issued_on=issued_on.exact if issued_on else None,
    )


def _day(text: str) -> PartialDate | None:
    """`ddMMyyyy`, noughts for what the register does not know."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return partial_date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except Unreadable:
        return None
