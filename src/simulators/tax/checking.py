"""What the authority checks before it takes a summary: written from the rules of the decree, not from the product."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from asn1crypto import cms, pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

NS = "{urn:motcua:bien-lai:1}"
_SIGNATURE = re.compile(rb'<ChuKySo dang="CMS-detached">([A-Za-z0-9+/=]+)</ChuKySo>(</TongHopBienLai>)$')


class Refusal(Exception):
    """The summary is not taken."""

    def __init__(self, code: str, reason: str, status: int = 422) -> None:
        super().__init__(code)
        self.code, self.reason, self.status = code, reason, status


@dataclass(frozen=True)
class Summary:
    """What was read of a summary; `signed` are the bytes under the signature."""

    agency: str
    year: int
    day: date
    numbers: list[int]
    total: int
    is_explained: bool
    begins_at: int
    signed: bytes


def roots_in(folder: Path) -> list[x509.Certificate]:
    """Certificates (PEM) of a folder."""
    return [
        x509.Certificate.load(der)
        for file in sorted(folder.glob("*.pem"))
        for _, _, der in pem.unarmor(file.read_bytes(), multiple=True)
    ]


def read(body: bytes, roots: list[x509.Certificate]) -> Summary:
    """The summary, once everything that can be told from itself holds. Raises `Refusal`."""
    found = _SIGNATURE.search(body)
    if found is None:
        raise Refusal("no_signature", "no detached signature before the closing tag")
    signed = body[: found.start()] + found[2]
    _check_signature(signed, found[1], roots)
    try:
        root = ET.fromstring(signed)  # noqa: S314 - from loopback, signed by a trusted key
        summary = _summary(root, signed)
    except (ET.ParseError, ValueError, TypeError) as fault:
        raise Refusal("unreadable", str(fault)[:200]) from fault
    return summary


def _summary(root: ET.Element, signed: bytes) -> Summary:
    def text(name: str) -> str:
        return root.findtext(NS + name) or ""

    lines = root.findall(f"{NS}DanhSach/{NS}BienLai")
    numbers = [int(line.attrib["so"]) for line in lines]
    sign = {"original": 1, "replacement": 0, "decrease": -1}
    total = sum(sign[line.attrib["tinhChat"]] * int(line.attrib["tien"]) for line in lines)
    day = date.fromisoformat(text("Ngay"))
    if total != int(text("TongTien")) or len(lines) != int(text("SoBienLai")):
        raise Refusal("wrong_sum", f"{total} in {len(lines)} receipts")
    if numbers != list(range(int(text("TuSo")), int(text("DenSo")) + 1)):
        raise Refusal("gap", "numbers inside the summary are not consecutive")
    if max(numbers) > 99_999_999 or min(numbers) < 1:
        raise Refusal("number", "more than eight digits")
    for line in lines:
        if datetime.fromisoformat(line.attrib["luc"]).date() != day:
            raise Refusal("wrong_day", f"receipt {line.attrib['so']} is of another day")
        if line.attrib["tinhChat"] != "original" and not line.attrib.get("lienQuan"):
            raise Refusal("refers_to_nothing", f"receipt {line.attrib['so']}")
    return Summary(
        text("MaDonViThu"),
        int(text("Nam")),
        day,
        numbers,
        total,
        bool(text("SuCo")),
        int(text("BatDauTu") or 1),
        signed,
    )


def _check_signature(signed: bytes, coded: bytes, roots: list[x509.Certificate]) -> None:
    try:
        content = cms.ContentInfo.load(base64.b64decode(coded, validate=True))["content"]
        signer = content["signer_infos"][0]
        serial = signer["sid"].chosen["serial_number"].native
        certificates = [choice.chosen for choice in content["certificates"]]
        own = next(one for one in certificates if one.serial_number == serial)
        attributes = {one["type"].native: one["values"][0] for one in signer["signed_attrs"]}
        digest = attributes["message_digest"].native
    except (ValueError, KeyError, IndexError, TypeError, StopIteration, binascii.Error) as fault:
        raise Refusal("bad_signature", "not a CMS signature") from fault
    if digest != hashlib.sha256(signed).digest():
        raise Refusal("bad_signature", "the content is not what was signed")
    if not _verifies(own, signer["signature"].native, signer["signed_attrs"].untag().dump()):
        raise Refusal("bad_signature", "the signature does not verify")
    if not _leads_to(own, [*certificates, *roots], roots):
        raise Refusal("untrusted", "the certificate leads to no trusted root")


def _verifies(certificate: x509.Certificate, signature: bytes, data: bytes) -> bool:
    key = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _leads_to(
    certificate: x509.Certificate,
    known: list[x509.Certificate],
    roots: list[x509.Certificate],
    depth: int = 0,
) -> bool:
    trusted = {root.sha256 for root in roots}
    if certificate.sha256 in trusted:
        return True
    if depth > 5:
        return False
    for issuer in known:
        if issuer.subject == certificate.issuer and issuer.sha256 != certificate.sha256:
            tbs = certificate["tbs_certificate"].dump()
            if _verifies(issuer, certificate["signature_value"].native, tbs) and _leads_to(
                issuer, known, roots, depth + 1
            ):
                return True
    return False
