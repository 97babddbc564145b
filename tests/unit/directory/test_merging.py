"""What two records of one person say, where they contradict each other, and what a merge writes."""

import pytest

from motcua.directory.rules.merging import Record, Written, compared, contradictions, written
from motcua.directory.words import MergedDetail

D = MergedDetail


@pytest.mark.parametrize(
    ("standing", "former", "found"),
    [
        ({D.PERSONAL_NUMBER: "1"}, {D.PERSONAL_NUMBER: "1"}, ()),
        ({D.PERSONAL_NUMBER: "1"}, {}, ()),
        ({D.PERSONAL_NUMBER: "1"}, {D.PERSONAL_NUMBER: "2"}, (D.PERSONAL_NUMBER,)),
        ({D.BORN: "1990"}, {D.BORN: "1990-05-01"}, ()),
        ({D.BORN: "1991"}, {D.BORN: "1990-05-01"}, (D.BORN,)),
        ({D.BORN: "1991", D.SEX: "nam"}, {D.BORN: "1990", D.SEX: "nữ"}, (D.BORN, D.SEX)),
        ({D.BORN: "1990", D.SEX: "nam"}, {D.BORN: "1990-05-01", D.SEX: "nữ"}, (D.SEX,)),
        ({D.PERSONAL_NUMBER: "", D.SEX: "nam"}, {D.PERSONAL_NUMBER: "2", D.SEX: "nữ"}, (D.SEX,)),
        ({D.PHONE: "1", D.FULL_NAME: "A"}, {D.PHONE: "2", D.FULL_NAME: "B"}, ()),
    ],
)
def test_only_what_a_person_has_once_contradicts(
    standing: Record, former: Record, found: tuple[MergedDetail, ...]
) -> None:
    assert contradictions(standing, former) == found


def test_the_former_is_proposed_where_it_alone_says_something_or_says_it_more_exactly() -> None:
    standing = {D.FULL_NAME: "Hoa", D.BORN: "1990", D.PHONE: None, D.EMAIL: "a@b.vn"}
    former = {D.FULL_NAME: "Hòa Lê", D.BORN: "1990-05-01", D.PHONE: "0912", D.EMAIL: ""}
    lines = {line.detail: line for line in compared(standing, former)}
    assert list(lines) == list(D)
    assert {detail for detail, line in lines.items() if line.is_former_proposed} == {D.BORN, D.PHONE}
    assert (lines[D.PHONE].standing, lines[D.PHONE].former, lines[D.PHONE].is_same) == ("", "0912", False)
    assert lines[D.PASSPORT].is_same


def test_numbers_change_places_and_nothing_empty_is_taken() -> None:
    standing: Record = {D.PERSONAL_NUMBER: "1", D.PHONE: "0911", D.EMAIL: "a@b.vn", D.SEX: "nữ"}
    former: Record = {
        D.PERSONAL_NUMBER: "2",
        D.PHONE: "0912",
        D.EMAIL: None,
        D.SEX: "nữ",
        D.ADDRESS: "An Bình",
    }
    taken = frozenset({D.PERSONAL_NUMBER, D.PHONE, D.EMAIL, D.SEX})
    assert written("s", standing, "f", former, taken) == (
        Written("f", D.PERSONAL_NUMBER, "2", "1"),
        Written("s", D.PERSONAL_NUMBER, "1", "2"),
        Written("s", D.PHONE, "0911", "0912"),
    )
