"""Reading the code of an identity card."""

from datetime import date

import pytest

from motcua.directory.errors import IdentityCardUnreadable, PersonalNumberMismatch
from motcua.directory.queries import Sex, is_identity_card, parse_identity_card

CARD = "040195000123|123456789|Nguyễn Thị Hoa|12031995|Nữ|Thôn Đông, xã An Bình, tỉnh Minh Sơn|25122021"


def test_everything_the_card_says_is_read() -> None:
    card = parse_identity_card(CARD)
    assert (card.number, card.old_number, card.full_name) == ("040195000123", "123456789", "Nguyễn Thị Hoa")
    assert (card.birth_on, card.sex, card.issued_on) == (date(1995, 3, 12), Sex.FEMALE, date(2021, 12, 25))
    assert card.address == "Thôn Đông, xã An Bình, tỉnh Minh Sơn"


def test_a_newer_card_without_old_number_and_with_more_fields_is_read() -> None:
    card = parse_identity_card("040195000123||Nguyễn Thị Hoa|12031995|Nữ|An Bình||Nguyễn Văn A|Lê Thị B|")
    assert card.old_number is None
    assert card.issued_on is None


@pytest.mark.parametrize(
    "text", ["", "H99.11-261122-0001", "1|2|3", CARD.replace("Nữ", "?"), CARD.replace("12031995", "31021995")]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(IdentityCardUnreadable):
        parse_identity_card(text)


def test_a_number_that_contradicts_the_card_is_refused() -> None:
    with pytest.raises(PersonalNumberMismatch):
        parse_identity_card(CARD.replace("12031995", "12031996"))


def test_a_dossier_code_is_not_taken_for_a_card() -> None:
    assert is_identity_card(CARD)
    assert not is_identity_card("H99.11-261122-0001")
    assert not is_identity_card("MC1|H99.11-261122-0001|1.001193|040195000123|x|y|2026|z|sig")


@pytest.mark.parametrize(
    ("birthday", "kept"), [("00001995", "1995"), ("00031995", "1995-03"), ("12031995", "1995-03-12")]
)
def test_a_card_that_knows_the_year_only_is_read(birthday: str, kept: str) -> None:
    card = parse_identity_card(CARD.replace("12031995", birthday).replace("Nữ", "NỮ"))
    assert str(card.born) == kept
    assert (card.birth_on is None) == (len(kept) < 10)
