"""What may become of a charge, and what a receipt and the day's summary say, to the byte."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from motcua.kernel.errors import DomainError
from motcua.payments.errors import (
    AmountInvalid,
    ChargeClosed,
    ChargeNameMissing,
    ExemptionUnknown,
    ReasonMissing,
    ReceiptSeriesFull,
    RefundTooLarge,
)
from motcua.payments.rules import charges, receipts
from motcua.payments.words import ChargeState, ReceiptKind

_NS = "{urn:motcua:bien-lai:1}"


@pytest.mark.parametrize(("amount", "least"), [(0, 0), (1, 1), (100_000_000_000, 0)])
def test_amounts_up_to_the_bounds_are_taken(amount: int, least: int) -> None:
    assert charges.check_amount(amount, least=least) == amount


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda: charges.check_amount(-1), AmountInvalid),
        (lambda: charges.check_amount(0, least=1), AmountInvalid),
        (lambda: charges.check_amount(100_000_000_001), AmountInvalid),
        (lambda: charges.check_reason("  "), ReasonMissing),
        (lambda: charges.check_name(" "), ChargeNameMissing),
        (lambda: charges.check_open(ChargeState.PAID, "lệ phí"), ChargeClosed),
        (lambda: charges.check_exemption("nghèo", ["cận nghèo"]), ExemptionUnknown),
        (lambda: charges.check_refund(paid=10, refunded=0, amount=10, reason=" "), ReasonMissing),
        (lambda: charges.check_refund(paid=10, refunded=0, amount=0, reason="sai"), RefundTooLarge),
        (lambda: charges.check_refund(paid=10, refunded=1, amount=10, reason="sai"), RefundTooLarge),
        (lambda: receipts.check_number(100_000_000, 2026), ReceiptSeriesFull),
    ],
)
def test_what_is_refused(act: Callable[[], object], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        act()


def test_what_is_kept_of_words() -> None:
    assert charges.check_reason(" thu sai ") == "thu sai"
    assert len(charges.check_reason("x" * 1001)) == 1000
    assert charges.check_name(" Lệ phí ") == "Lệ phí"
    assert len(charges.check_name("x" * 201)) == 200
    charges.check_open(ChargeState.OPEN, "lệ phí")
    charges.check_exemption("nghèo", ["nghèo"])
    assert receipts.check_number(99_999_999, 2026) == 99_999_999


@pytest.mark.parametrize(
    ("refunded", "amount", "state"),
    [(0, 10, ChargeState.REFUNDED), (4, 6, ChargeState.REFUNDED), (0, 9, ChargeState.PAID)],
)
def test_a_charge_is_refunded_when_nothing_of_it_is_left(
    refunded: int, amount: int, state: ChargeState
) -> None:
    assert charges.check_refund(paid=10, refunded=refunded, amount=amount, reason="sai") is state


def facts(kind: ReceiptKind = ReceiptKind.ORIGINAL, **more: str) -> receipts.ReceiptFacts:
    return receipts.ReceiptFacts(
        agency_code="H99.11", agency_name="UBND xã An Bình", year=2026, number=7, kind=kind,
        at=datetime(2026, 11, 30, 3, 4, 5, 6, tzinfo=UTC), payer_name="Nguyễn Thị Hoa", amount=16_000, way="cash",
        taken_by="Bình", dossier="H99.11-261130-0001", lookup="abc",
        lines=[
            {"kind": "fee", "code": "A", "name": "Lệ phí", "amount": 10_000, "formula": "2 x 5000"},
            {"kind": "charge", "code": "B", "name": "Phí", "amount": 6_000},
        ],
        **more,
    )  # fmt: skip


def test_a_receipt_says_its_facts_in_order_and_nothing_that_is_empty() -> None:
    xml = receipts.receipt_xml(facts())
    assert xml == receipts.receipt_xml(facts()), "the same facts give the same bytes"
    root = ET.fromstring(xml)  # noqa: S314 - bytes of ours
    said = {child.tag.removeprefix(_NS): child.text for child in root if not len(child)}
    assert said == {
        "MaDonViThu": "H99.11", "TenDonViThu": "UBND xã An Bình", "Nam": "2026", "So": "00000007", "TinhChat": "original",
        "ThoiDiem": "2026-11-30T03:04:05+00:00", "NguoiNop": "Nguyễn Thị Hoa", "HinhThuc": "cash", "NguoiThu": "Bình",
        "HoSo": "H99.11-261130-0001", "MaTraCuu": "abc", "TongTien": "16000",
    }  # fmt: skip
    first, second = root.findall(f"{_NS}DanhSachKhoan/{_NS}Khoan")
    assert first.attrib == {"loai": "fee", "ma": "A"}
    assert [part.text for part in first] == ["Lệ phí", "2 x 5000", "10000"]
    assert [part.text for part in second] == ["Phí", "6000"]
    lowered = receipts.receipt_xml(
        facts(ReceiptKind.DECREASE, refers_to="00000006", reason="thu thừa")
    ).decode()
    assert "<LienQuan>00000006</LienQuan><LyDo>thu thừa</LyDo>" in lowered


def test_the_signature_stands_before_the_closing_tag_and_the_signed_bytes_are_whole() -> None:
    xml = receipts.receipt_xml(facts())
    whole = receipts.enveloped(xml, b"\x30\x82")
    tag = b'<ChuKySo dang="CMS-detached">' + base64.b64encode(b"\x30\x82") + b"</ChuKySo>"
    assert whole == xml.removesuffix(b"</BienLaiDienTu>") + tag + b"</BienLaiDienTu>"
    for wrong in (b"<Khac/>", xml + b" "):
        with pytest.raises(ValueError, match="not a document of ours"):
            receipts.enveloped(wrong, b"")


def test_the_days_summary_counts_replacements_once_and_lowers_by_what_was_given_back() -> None:
    lines = [
        {"number": 5, "kind": "original", "refers_to": "", "at": "08:00", "amount": 10_000, "digest": "aa"},
        {
            "number": 6,
            "kind": "replacement",
            "refers_to": "5",
            "at": "09:00",
            "amount": 10_000,
            "digest": "bb",
        },
        {"number": 7, "kind": "decrease", "refers_to": "6", "at": "10:00", "amount": 4_000, "digest": "cc"},
    ]
    assert receipts.total_of(lines) == 6_000
    xml = receipts.summary_xml(
        agency_code="H99.11", year=2026, day=date(2026, 11, 30), part=1, lines=lines, incident="mất mạng"
    )
    root = ET.fromstring(xml)  # noqa: S314 - bytes of ours
    said = {child.tag.removeprefix(_NS): child.text for child in root if not len(child)}
    assert said == {
        "MaDonViThu": "H99.11", "Nam": "2026", "Ngay": "2026-11-30", "Lan": "1", "BatDauTu": "1", "TuSo": "5", "DenSo": "7",
        "SoBienLai": "3", "TongTien": "6000", "SuCo": "mất mạng",
    }  # fmt: skip
    listed = root.findall(f"{_NS}DanhSach/{_NS}BienLai")
    assert listed[0].attrib == {
        "so": "5", "kyHieu": "8", "tinhChat": "original", "luc": "08:00", "tien": "10000", "bam": "aa",
    }  # fmt: skip
    assert [(one.get("kyHieu"), one.get("lienQuan")) for one in listed] == [
        ("8", None),
        ("9", "5"),
        ("9", "6"),
    ]
    assert receipts.enveloped(xml, b"x", receipts.SUMMARY_END).endswith(b"</ChuKySo></TongHopBienLai>")
