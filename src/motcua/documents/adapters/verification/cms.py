"""What a signature container proves by itself: who signed which digest with which key, and who stamped the time (RFC 5652, 3161).

Nothing is encoded anew to be compared: governments' and vendors' programs write the outer layers in BER (indefinite
length), and only the signed attributes are signed (RFC 5652, 5.4). Trust is not asked here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, core, ocsp, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.general import check_ess_certid, find_cms_attribute_iter
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_self_reported_ts,
    get_signing_cert_attr,
    validate_sig_integrity,
)
from pyhanko_certvalidator.errors import ValidationError

from motcua.documents.adapters.verification.envelope import Frame
from motcua.documents.rules.signatures.findings import Integrity

#: What the libraries raise on containers that make no sense.
UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    SignatureValidationError,
    ValidationError,
    UnsupportedAlgorithm,
)
_WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
#: Digests inside signature algorithms (RFC 8017, A.2.4: RSA with SHA-1, 256, 384, 512, 224).
_DIGEST_IN = {
    f"1.2.840.113549.1.1.{last}": digest
    for last, digest in {5: "sha1", 11: "sha256", 12: "sha384", 13: "sha512", 14: "sha224"}.items()
}
_SMALLEST_RSA = 2048
_MOST_CERTIFICATES = 64


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, revocation lists and status answers, as DER."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            tuple(dict.fromkeys(self.certificates + other.certificates)),
            tuple(dict.fromkeys(self.crls + other.crls)),
            tuple(dict.fromkeys(self.ocsps + other.ocsps)),
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp token: `is_intact` when it stamps what it stands on and its own signature holds."""

    is_intact: bool
    at: datetime | None = None
    authority: x509.Certificate | None = None
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Container:
    """`is_weak`: the algorithms no longer bind anybody, however whole the bytes are."""

    integrity: Integrity
    signer: x509.Certificate | None = None
    is_weak: bool = False
    claimed_at: datetime | None = None
    stamps: tuple[Stamp, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)


def read_container(frame: Frame, data: bytes, sub_filter: str, known: tuple[bytes, ...]) -> Container:
    """The container of an ordinary signature over the covered bytes of `data`."""
    try:
        signed = _signed_data(frame.cms)
        person = _only_signer(signed)
        digest = frame.digest(data, _digest_name(person))
        content_type, expected = "data", digest
        if sub_filter == "/adbe.pkcs7.sha1":
            inner = bytes(signed["encap_content_info"]["content"].native or b"")
            if inner != frame.digest(data, "sha1"):
                return Container(Integrity.BYTES_DIFFER)
            expected = hashlib.new(_digest_name(person), inner, usedforsecurity=False).digest()
        evidence = _evidence(signed, person)
        signer = _signer_of(person, evidence.certificates + known)
        return Container(
            integrity=_integrity(person, signer, content_type, expected),
            signer=signer,
            is_weak=sub_filter == "/adbe.pkcs7.sha1" or _is_weak(person, signer),
            claimed_at=extract_self_reported_ts(person),
            stamps=tuple(_stamps_on(person)),
            evidence=evidence,
        )
    except UNREADABLE:
        return Container(Integrity.UNREADABLE)


def read_time_stamp(frame: Frame, data: bytes) -> tuple[Container, Stamp]:
    """The container of a document time stamp (ETSI EN 319 142-1, 5.4.3): a token over the covered bytes."""
    stamp = _stamp(frame.cms, lambda name: frame.digest(data, name))
    if stamp.authority is None:
        return Container(Integrity.UNREADABLE), stamp
    integrity = Integrity.WHOLE if stamp.is_intact else Integrity.BYTES_DIFFER
    return Container(integrity, stamp.authority, evidence=stamp.evidence), stamp


def read_bare_key(frame: Frame, data: bytes, carried: tuple[bytes, ...]) -> Container:
    """`adbe.x509.rsa_sha1`: the certificate stands in the dictionary, the container is a bare RSA signature."""
    try:
        value = core.OctetString.load(frame.cms).native
        key = load_der_x509_certificate(carried[0]).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return Container(Integrity.UNREADABLE)
        covered = b"".join(data[start:end] for start, end in (frame.first, frame.second))
        key.verify(value, covered, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the format's name says so
        integrity = Integrity.WHOLE
    except InvalidSignature:
        integrity = Integrity.BYTES_DIFFER
    except UNREADABLE:
        return Container(Integrity.UNREADABLE)
    return Container(
        integrity, x509.Certificate.load(carried[0]), is_weak=True, evidence=Evidence(certificates=carried)
    )


def _signed_data(der: bytes) -> Any:
    message = cms.ContentInfo.load(der)
    if message["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    return message["content"]


def _only_signer(signed: Any) -> Any:
    people = list(signed["signer_infos"])
    if len(people) != 1:
        raise ValueError("exactly one signer is expected (ISO 32000-2, 12.8.3.3.1)")
    # Some programs name the whole signature algorithm where only its digest belongs: it is the same digest.
    named = people[0]["digest_algorithm"]["algorithm"].native
    if named in _DIGEST_IN:
        people[0]["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": _DIGEST_IN[named]})
    return people[0]


def _digest_name(person: Any) -> str:
    return str(person["digest_algorithm"]["algorithm"].native).replace("-", "")


def _integrity(person: Any, signer: x509.Certificate | None, content_type: str, digest: bytes) -> Integrity:
    if signer is None:
        stated = next(find_cms_attribute_iter(person["signed_attrs"], "message_digest")).native
        return Integrity.WHOLE if stated == digest else Integrity.BYTES_DIFFER
    intact, valid = validate_sig_integrity(person, signer, content_type, digest)
    if not valid:
        # without signed attributes the digest itself is signed: other bytes show as another value
        is_bare = person["signed_attrs"] is core.VOID or not len(person["signed_attrs"])
        return Integrity.BYTES_DIFFER if is_bare or not intact else Integrity.KEY_DIFFERS
    return Integrity.WHOLE if intact else Integrity.BYTES_DIFFER


def _signer_of(person: Any, candidates: tuple[bytes, ...]) -> x509.Certificate | None:
    identifier = person["sid"]
    attribute = get_signing_cert_attr(person["signed_attrs"]) if person["signed_attrs"] else None
    for der in candidates:
        certificate = x509.Certificate.load(der)
        if not _is_named(certificate, identifier):
            continue
        if attribute is None or check_ess_certid(certificate, attribute["certs"][0]):
            return certificate
    return None


def _is_named(certificate: x509.Certificate, identifier: Any) -> bool:
    if identifier.name == "subject_key_identifier":
        return bool(certificate.key_identifier == identifier.chosen.native)
    return bool(
        certificate.serial_number == identifier.chosen["serial_number"].native
        and certificate.issuer == identifier.chosen["issuer"]
    )


def _is_weak(person: Any, signer: x509.Certificate | None) -> bool:
    if _digest_name(person) in _WEAK_DIGESTS:
        return True
    algorithm: algos.SignedDigestAlgorithm = person["signature_algorithm"]
    try:
        if algorithm.hash_algo in _WEAK_DIGESTS:
            return True
    except ValueError:
        pass  # the digest is named elsewhere
    if signer is None:
        return False
    return bool(signer.public_key.algorithm == "rsa" and signer.public_key.bit_size < _SMALLEST_RSA)


def _evidence(signed: Any, person: Any) -> Evidence:
    choices = signed["certificates"] or ()
    carried = [choice.chosen.dump() for choice in choices if choice.name == "certificate"]
    crls = [choice.chosen.dump() for choice in signed["crls"] or () if choice.name != "other"]
    ocsps: list[bytes] = []
    for value in _attribute(person["signed_attrs"], "adobe_revocation_info_archival"):
        crls += [each.dump() for each in value["crl"] or ()]
        ocsps += [each.dump() for each in value["ocsp"] or ()]
    for value in _attribute(person["unsigned_attrs"], "revocation_values"):
        crls += [each.dump() for each in value["crl_vals"] or ()]
        ocsps += [_as_answer(each) for each in value["ocsp_vals"] or ()]
    for value in _attribute(person["unsigned_attrs"], "certificate_values"):
        carried += [each.chosen.dump() if hasattr(each, "chosen") else each.dump() for each in value]
    return Evidence(tuple(carried[:_MOST_CERTIFICATES]), tuple(crls), tuple(ocsps))


def _as_answer(basic: Any) -> bytes:
    content = {"response_type": "basic_ocsp_response", "response": ocsp.BasicOCSPResponse.load(basic.dump())}
    return bytes(ocsp.OCSPResponse({"response_status": "successful", "response_bytes": content}).dump())


def _attribute(attributes: Any, name: str) -> Iterator[Any]:
    if attributes:
        yield from find_cms_attribute_iter(attributes, name)


def _stamps_on(person: Any) -> Iterator[Stamp]:
    value = person["signature"].native
    for token in _attribute(person["unsigned_attrs"], "signature_time_stamp_token"):
        yield _stamp(token.dump(), lambda name: hashlib.new(name, value, usedforsecurity=False).digest())


def _stamp(der: bytes, digest: Any) -> Stamp:
    try:
        signed = _signed_data(der)
        person = _only_signer(signed)
        content = signed["encap_content_info"]["content"]
        info: tsp.TSTInfo = content.parsed
        imprint = info["message_imprint"]
        name = str(imprint["hash_algorithm"]["algorithm"].native)
        evidence = _evidence(signed, person)
        authority = _signer_of(person, evidence.certificates)
        inner = hashlib.new(_digest_name(person), bytes(content), usedforsecurity=False).digest()
        is_own = authority is not None and _integrity(person, authority, "tst_info", inner) is Integrity.WHOLE
        is_intact = is_own and imprint["hashed_message"].native == digest(name.replace("-", ""))
        return Stamp(is_intact, info["gen_time"].native, authority, evidence)
    except UNREADABLE:
        return Stamp(is_intact=False)
