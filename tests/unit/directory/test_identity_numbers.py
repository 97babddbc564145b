"""Personal numbers, tax codes, enterprise numbers, phones, GSO codes, names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.directory.errors import (
    BirthDateInvalid,
    EmailInvalid,
    EnterpriseNumberInvalid,
    GsoCodeInvalid,
    NameMissing,
    OldIdentityNumberInvalid,
    PersonalNumberInvalid,
    PersonalNumberMismatch,
    PhoneInvalid,
    TaxCodeInvalid,
)
from motcua.directory.rules.gso_codes import level_of_gso_code, parse_gso_code
from motcua.directory.rules.identity_numbers import (
    BIRTH_PROVINCES,
    check_personal_number,
    masked,
    parse_enterprise_number,
    parse_old_identity_number,
    parse_personal_number,
    parse_phone,
    parse_tax_code,
    tax_check_digit,
)
from motcua.directory.rules.parties import check_born, check_email, check_name
from motcua.directory.words import Sex, TerritoryLevel
from motcua.kernel.values import PartialDate

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("number", "place", "sex", "year"),
    [
        ("040195000123", "040", Sex.FEMALE, 1995),
        ("038080000001", "038", Sex.MALE, 1980),
        ("001203012345", "001", Sex.MALE, 2003),
        ("096 305 012345", "096", Sex.FEMALE, 2005),
        ("048226000000", "048", Sex.MALE, 2026),
        ("245170000000", "245", Sex.FEMALE, 1970),
    ],
)
def test_what_a_personal_number_says(number: str, place: str, sex: Sex, year: int) -> None:
    parsed = parse_personal_number(number, today=TODAY)
    assert (parsed.birth_place_code, parsed.sex, parsed.birth_year) == (place, sex, year)
    assert parsed.is_born_abroad == (place == "245")


@pytest.mark.parametrize(
    "number",
    [
        "",
        "04019500012",
        "0401950001234",
        "003195000123",
        "000195000123",
        "04019500012a",
        "999999999999",
        "048227000000",
        "048499000000",
        "٠٤٠١٩٥٠٠٠١٢٣",
    ],
)
def test_unsound_personal_numbers_are_refused_without_showing_them(number: str) -> None:
    with pytest.raises(PersonalNumberInvalid) as refusal:
        parse_personal_number(number, today=TODAY)
    assert not number or number not in str(refusal.value)


@pytest.mark.parametrize("number", ["999999999999", "048227000000", "048499000000"])
def test_nobody_has_a_number_of_a_year_to_come(number: str) -> None:
    with pytest.raises(PersonalNumberInvalid):
        parse_personal_number(number, today=TODAY)


def test_a_number_must_fit_birthday_and_sex() -> None:
    for born in (PartialDate(1995, 3, 12), PartialDate(1995), None):
        assert (
            check_personal_number("040195000123", born=born, sex=Sex.FEMALE, today=TODAY).birth_year == 1995
        )
    assert check_personal_number("040195000123", born=None, sex=None, today=TODAY).sex is Sex.FEMALE
    for born, sex in ((PartialDate(1996, 3, 12), Sex.FEMALE), (PartialDate(1996), None), (None, Sex.MALE)):
        with pytest.raises(PersonalNumberMismatch):
            check_personal_number("040195000123", born=born, sex=sex, today=TODAY)


def test_sixty_three_provinces_of_birth() -> None:
    assert len(BIRTH_PROVINCES) == 63


def test_old_identity_numbers() -> None:
    assert parse_old_identity_number("123 456 789") == "123456789"
    for wrong in ("12345678", "1234567890", "12345678x"):
        with pytest.raises(OldIdentityNumberInvalid):
            parse_old_identity_number(wrong)


@pytest.mark.parametrize("number", ["0100109106", "0300588569", "0101248141"])
def test_tax_codes_in_use_pass(number: str) -> None:
    assert parse_tax_code(number) == number
    assert parse_enterprise_number(number) == number
    assert parse_tax_code(f"{number}-001") == f"{number}-001" == parse_tax_code(f"{number}001")


@pytest.mark.parametrize("number", ["", "0100109107", "010010910", "0100109106-000", "0100109106-01", "abc"])
def test_wrong_tax_codes_are_refused(number: str) -> None:
    with pytest.raises(TaxCodeInvalid):
        parse_tax_code(number)
    with pytest.raises(EnterpriseNumberInvalid):
        parse_enterprise_number(number)


def test_a_branch_has_no_enterprise_number() -> None:
    with pytest.raises(EnterpriseNumberInvalid):
        parse_enterprise_number("0100109106-001")


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_changed_digit_is_noticed(first_nine: str, place: int, step: int) -> None:
    check = tax_check_digit(first_nine)
    changed = first_nine[:place] + str((int(first_nine[place]) + step) % 10) + first_nine[place + 1 :]
    if check is not None and check < 10:
        assert parse_tax_code(first_nine + str(check))
        with pytest.raises(TaxCodeInvalid):
            parse_tax_code(changed + str(check))


@pytest.mark.parametrize(
    ("written", "national"),
    [
        ("0912 000 123", "0912000123"),
        ("+84 912.000.123", "0912000123"),
        ("84912000123", "0912000123"),
        ("0084912000123", "0912000123"),
        ("(0237) 3852 246", "02373852246"),
        ("+8402373852246", "02373852246"),
    ],
)
def test_phones_are_kept_in_one_form(written: str, national: str) -> None:
    assert parse_phone(written) == national


@pytest.mark.parametrize("written", ["", "912000123", "09120001234", "0012000123", "0912a00123"])
def test_other_phones_are_refused(written: str) -> None:
    with pytest.raises(PhoneInvalid):
        parse_phone(written)


def test_masking_leaves_the_ends() -> None:
    assert masked("040195000123") == "040••••••123"
    assert masked("12345") == "•••••"


def test_gso_codes_by_level() -> None:
    assert parse_gso_code(" 38 ", TerritoryLevel.PROVINCE) == "38"
    assert level_of_gso_code("14758") is TerritoryLevel.COMMUNE
    assert level_of_gso_code("380") is TerritoryLevel.DISTRICT
    for wrong in ("1", "1475", "3a", "٣٨"):
        with pytest.raises(GsoCodeInvalid):
            level_of_gso_code(wrong)
    with pytest.raises(GsoCodeInvalid):
        parse_gso_code("38", TerritoryLevel.COMMUNE)


def test_names_birthdays_and_addresses() -> None:
    assert check_name("  Hoa ") == "Hoa"
    with pytest.raises(NameMissing):
        check_name("   ")
    today = date(2026, 11, 22)
    check_born(PartialDate.of(today), today=today)
    check_born(None, today=today)
    check_born(PartialDate(1956), today=today)
    for wrong in (PartialDate(2026, 11, 23), PartialDate(1890, 1, 1), PartialDate(2027), PartialDate(1890)):
        with pytest.raises(BirthDateInvalid):
            check_born(wrong, today=today)
    assert check_email(" hoa@example.com ") == "hoa@example.com"
    assert check_email("") == ""
    for wrong_email in ("hoa", "hoa@", "@example.com", "a b@example.com", "hoa@example", "a@b@example.com"):
        with pytest.raises(EmailInvalid):
            check_email(wrong_email)
