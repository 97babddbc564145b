"""When an electronic identity is the person recorded here under the same number."""

import pytest

from motcua.directory.adapters.identity.claims import level_of
from motcua.directory.rules.identities import Named, is_same_person


@pytest.mark.parametrize(
    ("said", "recorded", "is_same"),
    [
        (Named("Lò Thị Lả", "1988-06-05"), Named("LÒ THỊ LẢ", "1988-06-05"), True),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Lò  Thị Lả", "1988"), True),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Lò Thị Lả"), True),
        (Named("Lò Thị Lả"), Named("Lò Thị Lả", "1988-06-05"), True),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Lò Thị Lả", "1989"), False),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Lò Thị Là", "1988-06-05"), True),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Lò Thị Là", "1988"), False),
        (Named("Lò Thị Lả"), Named("Lò Thị Là"), False),
        (Named("Lò Thị Lả", "1988-06-05"), Named("Vàng Thị Mỷ", "1988-06-05"), False),
        (Named("Lò Thị Lả", "no day"), Named("Lò Thị Lả", "1988"), False),
    ],
)
def test_one_number_and_two_sayings(said: Named, recorded: Named, is_same: bool) -> None:
    assert is_same_person(said, recorded) is is_same
    if said.born != "no day":
        assert is_same_person(recorded, said) is is_same


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("LoA2", 2),
        ("loa1", 1),
        ("urn:gov:LoA3", 3),
        ("LoA9", 0),
        ("LoA12", 0),
        ("", 0),
        (None, 0),
        (2, 0),
        ("2", 0),
    ],
)
def test_levels_are_read_and_never_guessed(acr: object, level: int) -> None:
    assert level_of(acr) == level
