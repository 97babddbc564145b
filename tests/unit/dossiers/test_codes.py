"""Codes as people type, read out and paste them."""

from datetime import date

import pytest

from motcua.dossiers.rules.code import parse_code, parse_short_code


@pytest.mark.parametrize(
    "typed",
    [
        "H99.11-261130-0003",
        "h99.11-261130-0003",
        " H99.11 - 261130 - 0003 ",
        "H99.11–261130–0003",
        "H99.11—261130—0003",
        "H99.11\u2011261130\u22120003",
        "H99.11 261130 0003",
        "H99.11\u00a0261130\u00a00003",
        "H99.11-261130-3",
        "H99. 11-261130-0003",
    ],
)
def test_every_notation_of_a_code_is_the_code(typed: str) -> None:
    assert str(parse_code(typed)) == "H99.11-261130-0003"


@pytest.mark.parametrize(
    "typed", ["", "H99.11", "H99.11-261330-0003", "261130-0003", "040195000123", "H99.11-261130-", "x" * 5000]
)
def test_what_is_no_code(typed: str) -> None:
    assert parse_code(typed) is None


@pytest.mark.parametrize("typed", ["261130-0003", "261130–3", "261130 3", " 261130 - 0003 "])
def test_day_and_number_are_enough_within_ones_agency(typed: str) -> None:
    short = parse_short_code(typed)
    assert short is not None
    assert (short.day, short.number, str(short)) == (date(2026, 11, 30), 3, "-261130-0003")


@pytest.mark.parametrize("typed", ["2611300003", "0912 345 678", "261399-1", "H99.11-261130-0003", "261130"])
def test_a_number_is_no_short_code(typed: str) -> None:
    assert parse_short_code(typed) is None
