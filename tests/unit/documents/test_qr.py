"""The code on issued papers: what goes in comes out, and nothing else does."""

import base64
import hashlib
import hmac
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.errors import CodeForged, CodeUnreadable
from motcua.documents.rules.qr import QrPayload, decode, encode, is_of_applicant

KEY = b"a key of this installation"
texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
nfc = texts.map(lambda text: unicodedata.normalize("NFC", text))
moments = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
payloads = st.builds(
    QrPayload,
    dossier_code=nfc,
    procedure_code=nfc,
    applicant_number=nfc,
    title=nfc,
    system=nfc,
    issued_at=moments,
    paper=nfc,
)
ONE = QrPayload(
    "H99.11-1",
    "1.001193",
    "001190000123",
    "Giấy khai sinh",
    "Một cửa",
    datetime(2026, 11, 22, tzinfo=UTC),
    "AB",
)


@given(payloads)
def test_what_is_encoded_is_decoded(payload: QrPayload) -> None:
    text = encode(payload, KEY)
    assert text.startswith("MC2|")
    assert text.count("|") == 8
    assert "\n" not in text
    found = decode(text, KEY)
    assert found == replace(payload, applicant_number="", applicant_mark=found.applicant_mark)
    assert is_of_applicant(found, payload.applicant_number, KEY) is bool(payload.applicant_number.split())


def test_nobody_reads_a_number_from_a_code_but_its_holder_can_compare() -> None:
    text = encode(ONE, KEY)
    assert ONE.applicant_number not in text
    found = decode(text, KEY)
    assert is_of_applicant(found, " 001190 000123 ", KEY)
    assert not is_of_applicant(found, "001190000124", KEY)
    assert not is_of_applicant(found, "", KEY)
    other = decode(encode(replace(ONE, dossier_code="H99.11-2"), KEY), KEY)
    assert other.applicant_mark != found.applicant_mark, (
        "two papers of one person are not recognised as theirs"
    )


def test_codes_printed_before_are_still_read() -> None:
    body = "MC1|H99.11-1|1.001193|001190000123|Giấy khai sinh|Một cửa|2026-11-22T00:00:00+00:00|AB"
    signature = base64.urlsafe_b64encode(hmac.new(KEY, body.encode(), hashlib.sha256).digest()[:16])
    found = decode(f"{body}|{signature.rstrip(b'=').decode()}", KEY)
    assert found == ONE
    assert is_of_applicant(found, ONE.applicant_number, KEY)


@given(st.integers(0, 200), st.sampled_from("0aZ|%-"))
def test_no_changed_character_passes(place: int, letter: str) -> None:
    text = encode(ONE, KEY)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises((CodeForged, CodeUnreadable)):
            decode(changed, KEY)


def test_the_code_of_another_installation_is_forged_here() -> None:
    with pytest.raises(CodeForged):
        decode(encode(ONE, b"another key"), KEY)


@pytest.mark.parametrize("text", ["", "https://example.org", "MC3|a|b|c|d|e|f|g|h", "MC1|a|b"])
def test_other_codes_are_not_ours(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        decode(text, KEY)


def test_a_moment_without_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        encode(QrPayload("", "", "", "", "", datetime(2026, 1, 1)), KEY)
