"""Every kind of value has one reading, and what is shown is read back as what was kept."""

import gzip
import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.fitness.texts import PROJECT

from motcua.kernel.text import fold
from motcua.kernel.values import (
    FORMATS,
    PartialDate,
    Unreadable,
    date_of_boxes,
    is_exact,
    one_dash,
    read_address,
    read_date,
    read_email,
    read_integer,
    read_line,
    read_number,
    read_old_identity_number,
    read_partial_date,
    read_passport_number,
    read_person_name,
    read_personal_number,
    read_phone,
    show_date,
    show_number,
    show_phone,
)

TODAY = date(2026, 11, 30)
DATA = PROJECT.parent / "shared" / "data"
CASES = PROJECT.parent / "shared" / "cases"


def refused(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(Unreadable) as fault:
        read(text)
    return fault.value.reason


# -- numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85,125", 85.125),
        ("0,375", 0.375),
        ("0.375", 0.375),
        ("85.125", 85125),
        ("15 000", 15000),
        ("15\u00a0000,5", 15000.5),
        ("1.234.567,25", 1234567.25),
        ("2.5", 2.5),
        ("-3,5", -3.5),
        ("\u22123", -3),
        ("007", 7),
        ("0", 0),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text) == value
    assert read_number(show_number(read_number(text))) == value


@given(st.one_of(st.integers(-(10**15) + 1, 10**15 - 1), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_shown_number_is_read_back_as_itself(value: int | float) -> None:
    assume(is_exact(value))
    back = read_number(show_number(value))
    assert back == value
    assert read_number(show_number(back)) == value
    if isinstance(value, int):
        assert read_integer(show_number(value)) == value


def test_a_number_survives_any_number_of_saves() -> None:
    value: int | float = read_number("85,125")
    for _ in range(100):
        value = read_number(show_number(value))
    assert value == 85.125


@pytest.mark.parametrize("text", ["9" * 5000, "9" * 16, "1" + "0" * 40, "0," + "1" * 30])
def test_a_number_nobody_can_keep_is_no_error_of_the_interpreter(text: str) -> None:
    assert refused(read_number, text) in {"number", "number_too_long"}
    assert refused(read_integer, text) in {"integer", "number_too_long"}


@pytest.mark.parametrize("text", ["", "hai", "1,2,3", "1.2.3", "12a", "--3", "٣", "1e5", "."])
def test_what_is_no_number_is_none(text: str) -> None:
    assert refused(read_number, text) == "number"


def test_a_part_is_no_whole() -> None:
    assert refused(read_integer, "2,5") == "integer"
    assert read_integer("2,0") == 2


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 10**15, 10**400, 1e300, 1e-300])
def test_a_number_of_a_program_that_cannot_be_kept_is_known(value: float) -> None:
    assert not is_exact(value)


# -- days


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("31/12/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("1 2 2026", "2026-02-01"),
        ("ngày 1 tháng 2 năm 2026", "2026-02-01"),
        ("Tháng 2 năm 2026", "2026-02"),
        ("2/1956", "1956-02"),
        ("1956-02", "1956-02"),
        ("1956", "1956"),
    ],
)
def test_days_and_what_is_known_of_them(text: str, kept: str) -> None:
    assert str(read_partial_date(text)) == kept


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
    known = draw(st.integers(0, 3))
    return PartialDate(*(part for part in (day.year, day.month, day.day)[:known]))


@given(partial_dates())
def test_a_shown_day_is_read_back_as_itself(day: PartialDate) -> None:
    assert PartialDate.kept(str(day)) == day
    assert read_partial_date(show_date(str(day)), may_be_unknown=True) == day
    if day.year:
        boxes = (str(day.year), str(day.month or ""), str(day.day or ""))
        assert date_of_boxes(*boxes) == day
        assert day.earliest is not None
        assert day.latest is not None
        assert day.earliest <= day.latest
        assert (day.earliest == day.latest) == bool(day.day)


@given(partial_dates(), partial_dates())
def test_days_agree_both_ways_and_with_themselves(one: PartialDate, two: PartialDate) -> None:
    assert one.agrees_with(one)
    assert one.agrees_with(two) == two.agrees_with(one)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2026", "date_impossible"),
        ("13/2026", "date_impossible"),
        ("hôm qua", "date"),
        ("1/2/26", "date"),
        ("0026", "date"),
        ("không rõ", "date_unknown"),
    ],
)
def test_impossible_days_say_why(text: str, reason: str) -> None:
    assert refused(read_partial_date, text) == reason


def test_a_year_is_no_whole_day_and_nobody_may_know() -> None:
    assert refused(read_date, "1956") == "date_incomplete"
    assert str(read_partial_date("Không rõ", may_be_unknown=True)) == "XXXX"
    assert show_date("XXXX") == "không rõ"


# -- phones


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("+84 (0) 912.345.678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("024 38221234", "02438221234"),
        ("(024) 3822-1234", "02438221234"),
        ("0235–385–1234", "02353851234"),
        ("+82 10 1234 5678", "+821012345678"),
        ("0082 10 1234 5678", "+821012345678"),
        ("+1 415 555 2671", "+14155552671"),
        ("+1 (415) 555‑2671", "+14155552671"),
        ("+856 20 5555 1234", "+8562055551234"),
    ],
)
def test_phones_of_this_and_other_countries(text: str, kept: str) -> None:
    assert read_phone(text) == kept
    assert read_phone(show_phone(kept)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "",
        "12",
        "0912",
        "09123456789",
        "+84 12",
        "+999 1234567",
        "+1 415 555",
        "+",
        "+8210" + "1" * 20,
        "٠٩١٢٣٤٥٦٧٨",
    ],
)
def test_what_nobody_can_call_is_no_phone(text: str) -> None:
    assert refused(read_phone, text) == "phone"


@given(st.from_regex(r"0[1-9][0-9]{8}|02[0-9]{9}|\+(82|856|44|7[0-9]|1[2-9])[0-9]{9}", fullmatch=True))
def test_a_shown_phone_is_read_back_as_itself(text: str) -> None:
    assume(text.isascii())
    kept = read_phone(text)
    assert read_phone(show_phone(kept)) == kept


# -- numbers of people


def test_numbers_of_papers() -> None:
    assert read_personal_number("001 193 012 345", today=TODAY).number == "001193012345"
    assert read_old_identity_number("123 456 789") == "123456789"
    assert read_passport_number(" c 1234567 ") == "C1234567"
    assert refused(read_old_identity_number, "12345678") == "old_identity_number"
    for wrong in (
        "ABCDEFG",
        "C123",
        "C12345678901234567890",
        "С1234567",
    ):  # the last begins with a Cyrillic letter
        assert refused(read_passport_number, wrong) == "passport_number"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("999999999999", "personal_number_year"),
        ("001427000000", "personal_number_year"),
        ("003195000123", "personal_number_place"),
        ("00119301234", "personal_number"),
        ("001193012345" * 400, "personal_number"),
    ],
)
def test_province_century_and_year_of_a_personal_number(number: str, reason: str) -> None:
    assert refused(lambda text: read_personal_number(text, today=TODAY), number) == reason


# -- e-mail


@pytest.mark.parametrize(
    "text", ["hoa@a.vn", " Hoa.Nguyen+tc@Example.COM ", "nguyễn@tỉnh.vn", "o'neil@a.co.uk"]
)
def test_one_address(text: str) -> None:
    kept = read_email(text)
    assert read_email(kept) == kept
    assert kept.rpartition("@")[2] == kept.rpartition("@")[2].lower()


@pytest.mark.parametrize(
    "text",
    [
        "x@a.vn, y@b.vn",
        "Hoa <hoa@a.vn>",
        "a b@c.vn",
        "hoa",
        "hoa@",
        "@a.vn",
        "hoa@a",
        "hoa@a..vn",
        ".hoa@a.vn",
        "hoa@-a.vn",
        "hoa@1.2.3.4",
        "x@a.vn;y@b.vn",
        "hoa\u200b@a.vn",
        "a" * 65 + "@a.vn",
    ],
)
def test_what_is_no_single_address(text: str) -> None:
    assert refused(read_email, text) == "email"


# -- names, lines, codes

NAMES = [
    "Y Bhơ̆k Niê",
    "Y Kuê̆ Niê Kdăm",
    "H’Hen Niê",
    "H'Hen Niê",
    "Mary-Jane O'Neil, Jr.",
    "Ðặng Văn A",
    "K’brơih",
    "A",
    "Y",
    "Suharto",
    "Đặng Thị Ngọc Ánh",
    "José María Ñúñez",
    "Müller-Lüdenscheidt",
    "Anna Maria (Nguyễn)",
    "김민준",
    "Nguyễn Văn A/B",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_of_all_people_here(name: str, form: str) -> None:
    kept = read_person_name(unicodedata.normalize(form, f"  {name}  "))  # type: ignore[arg-type]  # both are forms
    assert kept == unicodedata.normalize("NFC", name)
    assert read_person_name(kept) == kept


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nguyễn\u200bAn", "unseen_signs"),
        ("Nguyễn\u202eAn", "unseen_signs"),
        ("Nguyễn\x00An", "unseen_signs"),
        ("\ufeffAn", "unseen_signs"),
        ("Nguyễn Văn 5", "name_with_other_signs"),
        ("<script>", "name_with_other_signs"),
        ("An ☺", "name_with_other_signs"),
        ("- ' -", "name_without_letter"),
        ("   ", "empty"),
        ("a" * 201, "too_long"),
    ],
)
def test_what_is_no_name(name: str, reason: str) -> None:
    assert refused(read_person_name, name) == reason


def test_lines_and_addresses() -> None:
    assert read_line("  Thôn Đông,\n xã  An Bình ") == "Thôn Đông, xã An Bình"
    assert read_address("Số 5/12 ngõ 3, đường 2/9") == "Số 5/12 ngõ 3, đường 2/9"
    assert read_address("12") == "12"
    assert refused(read_address, "—") == "address"
    assert refused(read_line, "a\u2066b") == "unseen_signs"


@pytest.mark.parametrize("dash", list("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"))
def test_every_dash_is_one(dash: str) -> None:
    assert one_dash(f"H99.11{dash}261130{dash}0003") == "H99.11-261130-0003"


@given(st.sampled_from(sorted(FORMATS)), st.text(max_size=40))
def test_no_text_breaks_a_reading_and_reading_again_changes_nothing(name: str, text: str) -> None:
    kind = FORMATS[name]
    try:
        kept = kind.read(text, TODAY)
    except Unreadable:
        return
    assert kind.read(kept, TODAY) == kept
    assert kind.read(kind.show(kept), TODAY) == kept


# -- letters that look alike


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ðặng", "dang"),
        ("Ðặng", "Đặng"),
        ("Ɖặng", "đặng"),
        ("H’Hen", "h'hen"),
        ("HʼHen", "H‘HEN"),
        ("H`Hen", "h'hen"),
    ],
)
def test_letters_that_look_alike_fold_alike(name: str, typed: str) -> None:
    assert fold(name) == fold(typed)


# -- real data


@pytest.mark.parametrize("file", ["units_2026-07-25.json.gz", "units_before_2025-07-01.json.gz"])
def test_all_official_names_of_units_are_lines_and_addresses(file: str) -> None:
    path = DATA / "units" / file
    if not path.exists():
        pytest.skip(f"no {path.name}: the lists of units are not part of the repository")
    names = set(_texts(json.loads(gzip.decompress(path.read_bytes()))))
    assert len(names) > 3000
    for name in names:
        composed = " ".join(unicodedata.normalize("NFC", name).split())
        assert read_line(name) == composed
        if any(letter.isalnum() for letter in name):
            assert read_address(name) == composed


def test_a_thousand_real_names_are_names() -> None:
    folder = DATA / "names" / "given"
    if not folder.exists():
        pytest.skip("no shared data: the lists of names are not part of the repository")
    names = [
        name
        for file in sorted(folder.glob("*.txt"))
        for name in file.read_text("utf-8").split("\n")
        if name.strip()
    ]
    assert len(names) >= 1000
    for name in names:
        assert read_person_name(f"Nguyễn {name}")
        assert read_person_name(name)


def _texts(found: object) -> list[str]:
    if isinstance(found, dict):
        return [
            text
            for key, value in found.items()
            if "ame" in str(key) or not isinstance(value, str)
            for text in _texts(value)
        ]
    if isinstance(found, list):
        return [text for value in found for text in _texts(value)]
    return [found] if isinstance(found, str) and found.strip() else []


def _case(name: str) -> dict[str, Any]:
    path: Path = next(iter(CASES.glob(f"{name}-*.json")), CASES / name)
    if not path.exists():
        pytest.skip(f"no case {name}: the failed inputs are not part of the repository")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_failed_inputs_of_values_are_read() -> None:
    for typed, stored in zip(
        _case("01")["input"]["typed"],
        _case("01")["expected"]["stored after any number of saves"],
        strict=True,
    ):
        assert read_number(typed) == stored
        assert show_number(read_number(typed)) == typed
    for names in (_case("13")["input"]["child.full_name"], _case("13")["input"]["mother.full_name"]):
        assert all(read_person_name(name) for name in names)
    for phone in (*_case("15")["input"]["e-form phone"], *_case("16")["input"]["phone"]):
        assert read_phone(phone)
    for address in _case("17")["input"]["e-mail on the people page"]:
        assert refused(read_email, address) == "email"
