"""Agency codes in both legal orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.directory.errors import AgencyCodeInvalid, AgencyCodeNotConvertible
from motcua.directory.rules.agency_codes import AgencyCode, parse_agency_code

_LETTERS = st.sampled_from("ABGHKV")
_GROUP = st.integers(1, 99).map("{:02d}".format)
_CODES = st.builds(
    lambda letter, number, lower: (f"{letter}{number:02d}", *lower),
    _LETTERS,
    st.integers(1, 99),
    st.lists(_GROUP, max_size=2),
).map(AgencyCode)


@pytest.mark.parametrize(
    ("written", "decision_20", "qcvn_102"),
    [
        ("000.00.12.H41", "H41.12", "000.00.12.H41"),
        ("H41.12", "H41.12", "000.00.12.H41"),
        ("001.00.10.H47", "H47.10.00.001", "001.00.10.H47"),
        ("000.00.00.G09", "G09", "000.00.00.G09"),
        (" g09.20 ", "G09.20", "000.00.20.G09"),
        ("H99.11.01", "H99.11.01", "000.01.11.H99"),
    ],
)
def test_both_orders_mean_the_same(written: str, decision_20: str, qcvn_102: str) -> None:
    code = parse_agency_code(written)
    assert str(code) == code.as_decision_20 == decision_20
    assert code.as_qcvn_102 == qcvn_102


@pytest.mark.parametrize(
    "written", ["", "H4", "41.H", "H41..12", "H41.1-2", "h", "000.00.12", "H41." + "1" * 40]
)
def test_other_texts_are_refused(written: str) -> None:
    with pytest.raises(AgencyCodeInvalid):
        parse_agency_code(written)


@pytest.mark.parametrize("written", ["H42.5", "H42.256", "H42.AB", "H42.11.01.001.01"])
def test_codes_only_the_newer_rules_allow_have_no_old_form(written: str) -> None:
    code = parse_agency_code(written)
    assert str(code) == written
    with pytest.raises(AgencyCodeNotConvertible):
        _ = code.as_qcvn_102


def test_levels_and_parents() -> None:
    code = parse_agency_code("001.00.10.H47")
    assert code.level == 4
    assert code.parent == AgencyCode(("H47", "10"))
    assert AgencyCode(("H47", "10")).parent == AgencyCode(("H47",))
    assert AgencyCode(("H47",)).parent is None
    assert code.province_or_ministry == "H47"


@given(_CODES)
def test_writing_and_reading_back_changes_nothing(code: AgencyCode) -> None:
    assert parse_agency_code(str(code)) == code
    assert parse_agency_code(code.as_qcvn_102) == code
