"""Numbers of people as of today: nobody has one who was not born yet."""

from motcua.directory.rules import identity_card, identity_numbers
from motcua.directory.rules.identity_card import IdentityCard
from motcua.directory.rules.identity_numbers import PersonalNumber
from motcua.kernel import clock


def parse_personal_number(text: str) -> PersonalNumber:
    """Check the structure of a 12-digit personal number. Raises PersonalNumberInvalid."""
    return identity_numbers.parse_personal_number(text, today=clock.today())


def parse_identity_card(text: str) -> IdentityCard:
    """Read the text of a card. Raises IdentityCardUnreadable, PersonalNumberInvalid, PersonalNumberMismatch."""
    return identity_card.parse_identity_card(text, today=clock.today())
