"""Electronic receipts and the day's summary: what they say, and how the XML says it.

Decree 254/2026/NĐ-CP and Circular 91/2026/TT-BTC: a number of at most eight digits that begins at 1 on 1 January and ends on
31 December, the digital signature of the collecting body, Vietnamese. No official schema is at hand; this module is the whole of
the mapping, so that a published schema changes this file and `docs/guides/bien-lai-dien-tu.md`, nothing else.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from motcua.payments.errors import ReceiptSeriesFull
from motcua.payments.words import ReceiptKind

NAMESPACE = "urn:motcua:bien-lai:1"
#: The symbols of form 01/TH-BLĐT by the kind of a receipt; `8` and `9` as the circular names them (not compared with its text).
SYMBOLS = {ReceiptKind.ORIGINAL: "8", ReceiptKind.REPLACEMENT: "9", ReceiptKind.DECREASE: "9"}
LARGEST_NUMBER = 99_999_999
_SIGNATURE, _END = b"<ChuKySo", b"</BienLaiDienTu>"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """All a receipt says. `amount` is đồng; a decrease lowers the receipt it refers to."""

    agency_code: str
    agency_name: str
    year: int
    number: int
    kind: ReceiptKind
    at: datetime
    payer_name: str
    amount: int
    way: str
    taken_by: str
    dossier: str
    lookup: str
    lines: Sequence[Mapping[str, Any]]
    refers_to: str = ""
    reason: str = ""


def check_number(number: int, year: int) -> int:
    """The number itself. Refuses: `ReceiptSeriesFull`."""
    if number > LARGEST_NUMBER:
        raise ReceiptSeriesFull(year=year)
    return number


def receipt_xml(facts: ReceiptFacts) -> bytes:
    """The receipt as the bytes that are signed; the same facts give the same bytes."""
    root = ET.Element("BienLaiDienTu", {"xmlns": NAMESPACE, "phienBan": "1"})
    for name, value in (
        ("MaDonViThu", facts.agency_code),
        ("TenDonViThu", facts.agency_name),
        ("Nam", str(facts.year)),
        ("So", f"{facts.number:08d}"),
        ("TinhChat", facts.kind.value),
        ("LienQuan", facts.refers_to),
        ("LyDo", facts.reason),
        ("ThoiDiem", facts.at.isoformat(timespec="seconds")),
        ("NguoiNop", facts.payer_name),
        ("HinhThuc", facts.way),
        ("NguoiThu", facts.taken_by),
        ("HoSo", facts.dossier),
        ("MaTraCuu", facts.lookup),
    ):
        if value:
            ET.SubElement(root, name).text = value
    lines = ET.SubElement(root, "DanhSachKhoan")
    for line in facts.lines:
        item = ET.SubElement(lines, "Khoan", {"loai": str(line["kind"]), "ma": str(line["code"])})
        ET.SubElement(item, "Ten").text = str(line["name"])
        if line.get("formula"):
            ET.SubElement(item, "CachTinh").text = str(line["formula"])
        ET.SubElement(item, "SoTien").text = str(line["amount"])
    ET.SubElement(root, "TongTien").text = str(facts.amount)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def enveloped(xml: bytes, signature: bytes, end: bytes = _END) -> bytes:
    """The file people get: the signed bytes with the detached signature put before the closing tag."""
    body, found, rest = xml.rpartition(end)
    if not found or rest:
        raise ValueError("not a document of ours")
    coded = base64.b64encode(signature)
    return body + _SIGNATURE + b' dang="CMS-detached">' + coded + b"</ChuKySo>" + end


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One receipt in the day's summary."""

    number: int
    kind: str
    refers_to: str
    at: str
    amount: int
    digest: str


def summary_xml(
    *,
    agency_code: str,
    year: int,
    day: date,
    part: int,
    lines: Sequence[Mapping[str, Any]],
    begins_at: int = 1,
    incident: str = "",
) -> bytes:
    """Form 01/TH-BLĐT as the bytes that are signed: every receipt of the day once, first to last, and the sums.

    `begins_at` is where the electronic series of the year begins: 1, or what follows the paper receipts of a year in which
    the agency changed over. `incident` says why it comes after its day (the off-line fall-back).
    """
    root = ET.Element("TongHopBienLai", {"xmlns": NAMESPACE, "mau": "01/TH-BLĐT"})
    for name, value in (
        ("MaDonViThu", agency_code),
        ("Nam", str(year)),
        ("Ngay", day.isoformat()),
        ("Lan", str(part)),
        ("BatDauTu", str(begins_at)),
        ("TuSo", str(lines[0]["number"])),
        ("DenSo", str(lines[-1]["number"])),
        ("SoBienLai", str(len(lines))),
        ("TongTien", str(total_of(lines))),
        ("SuCo", incident),
    ):
        if value:
            ET.SubElement(root, name).text = value
    listed = ET.SubElement(root, "DanhSach")
    for line in lines:
        kind = ReceiptKind(line["kind"])
        attributes = {
            "so": str(line["number"]),
            "kyHieu": SYMBOLS[kind],
            "tinhChat": kind.value,
            "luc": str(line["at"]),
            "tien": str(line["amount"]),
            "bam": str(line["digest"]),
        }
        if line["refers_to"]:
            attributes["lienQuan"] = str(line["refers_to"])
        ET.SubElement(listed, "BienLai", attributes)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


SUMMARY_END = b"</TongHopBienLai>"


def total_of(lines: Sequence[Mapping[str, Any]]) -> int:
    """What the day brought in: originals count, decreases lower, a replacement says again what is counted already."""
    signs = {ReceiptKind.ORIGINAL: 1, ReceiptKind.REPLACEMENT: 0, ReceiptKind.DECREASE: -1}
    return sum(signs[ReceiptKind(line["kind"])] * int(line["amount"]) for line in lines)
