"""What differs and what is only written differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.comparison import Difference, Person, ReadValue, differences, same
from motcua.dossiers.words import KnownFrom

FORM = {
    "requester": {"full_name": "Nguyễn Thị Hoa", "personal_number": "099195000123"},
    "child": {"full_name": "Trần Gia Bảo", "birth_on": "2026-11-02", "sex": "male"},
    "mother": {"full_name": "Nguyễn Thị Hoa", "birth_on": "1995-05-12", "address": "Thôn Đông"},
    "father": {"full_name": "Trần Văn Nam", "birth_on": "1993-01-20"},
    "marriage": {"number": "12/2020", "issued_on": "2020-03-08"},
}
HOA = Person("Nguyễn Thị Hoa", "099195000123", "1995-05-12")


def notification(**values: str) -> list[ReadValue]:
    return [ReadValue("1", "birth_notification", key, value) for key, value in values.items()]


def marriage(**values: str) -> list[ReadValue]:
    return [ReadValue("2", "marriage_certificate", key, value) for key, value in values.items()]


def test_what_agrees_is_not_mentioned() -> None:
    read = notification(
        mother_name="NGUYỄN THỊ HOA",
        mother_born="1995",
        mother_residence="Thôn Đông, xã An Bình",
        born_on="2026-11-02",
        gender="Nam",
        child_name="Trần Gia Bảo",
        children="1",
    )
    assert differences(read + marriage(wife_name="Nguyễn Thị Hoa", symbol="12/2020"), FORM, [HOA]) == ()


def test_what_differs_from_the_form_is_said_with_both_values() -> None:
    read = notification(child_name="Trần Gia Bào", born_on="2026-11-03")
    assert differences(read, FORM) == (
        Difference("1", "child_name", "Trần Gia Bào", "Trần Gia Bảo", KnownFrom.FORM),
        Difference("1", "born_on", "2026-11-03", "2026-11-02", KnownFrom.FORM),
    )


def test_the_register_knows_a_person_by_number_or_by_name_and_birth() -> None:
    form = {"mother": {"full_name": "Nguyễn Thị Hoa", "personal_number": "099195000123"}}
    read = notification(mother_born="1996")
    assert differences(read, form, [HOA]) == (
        Difference("1", "mother_born", "1996", "1995-05-12", KnownFrom.REGISTER),
    )
    read = notification(mother_number="099195000124")
    (found,) = differences(read, FORM, [HOA])
    assert (found.known, found.source) == ("099195000123", KnownFrom.REGISTER)
    stranger = Person("Nguyễn Thị Hoa", "001195000999", "1980-01-01")
    assert differences(read, FORM, [stranger]) == ()


def test_two_papers_are_held_against_each_other() -> None:
    read = [*notification(mother_name="Lê Thị Mai"), *marriage(wife_name="Lê Thị Mây")]
    found = differences(read, {"mother": {}})
    assert [(one.paper, one.known, one.source, one.other_kind) for one in found] == [
        ("1", "Lê Thị Mây", KnownFrom.PAPER, "marriage_certificate"),
        ("2", "Lê Thị Mai", KnownFrom.PAPER, "birth_notification"),
    ]


def test_spouses_are_the_parents_where_the_form_is_about_a_child() -> None:
    (found,) = differences(marriage(husband_name="Trần Văn Năm"), FORM)
    assert (found.key, found.known) == ("husband_name", "Trần Văn Nam")


def test_a_card_is_compared_only_with_the_person_it_belongs_to() -> None:
    def card(**values: str) -> list[ReadValue]:
        return [ReadValue("3", "identity_card", key, value) for key, value in values.items()]

    assert differences(card(full_name="Lê Văn Lạ", personal_number="001099000001"), FORM) == ()
    (found,) = differences(card(full_name="Nguyễn Thị Hòa", personal_number="099195000123"), FORM)
    assert (found.key, found.known) == ("full_name", "Nguyễn Thị Hoa")
    (found,) = differences(card(full_name="Trần Văn Nam", born_on="1993-02-20"), FORM)
    assert (found.key, found.known) == ("born_on", "1993-01-20")


def test_a_land_certificate_is_held_against_the_plot() -> None:
    form = {
        "plot": {"plot_number": "117", "map_sheet": 24, "area_m2": 356.8, "certificate_number": "CH 452178"}
    }
    read = [
        ReadValue("4", "land_certificate", key, value)
        for key, value in (("parcel", "117"), ("map_sheet", "42"), ("area", "356,8"), ("serial", "CH452178"))
    ]
    assert [(one.key, one.known) for one in differences(read, form)] == [("map_sheet", "24")]


@pytest.mark.parametrize(
    ("place", "one", "other"),
    [
        ("mother.full_name", "Hoà", "HÒA"),
        ("child.birth_on", "02/11/2026", "2026-11-02"),
        ("business.capital", "15.000.000 đồng", "15000000"),
        ("plot.area_m2", "1.250,5 m²".replace(".", ""), "1250.5"),
        ("child.sex", "Nữ", "female"),
        ("marriage.number", "12/2020", "12 / 2020"),
        ("mother.personal_number", "0991 9500 0123", "099195000123"),
    ],
)
def test_only_written_differently(place: str, one: str, other: str) -> None:
    assert same(place, one, other)


def test_marks_make_another_name() -> None:
    assert not same("mother.full_name", "Hoa", "Hòa")
    assert not same("mother.full_name", "Nguyễn Thị Hoa", "Nguyễn Thị Hoan")


PLACES = st.sampled_from(
    ["child.full_name", "child.birth_on", "plot.area_m2", "mother.personal_number", "child.sex"]
)


@given(PLACES, st.text(max_size=12), st.text(max_size=12))
def test_a_value_agrees_with_itself_and_agreement_is_mutual(place: str, one: str, other: str) -> None:
    assert same(place, one, one)
    assert same(place, one, other) == same(place, other, one)
