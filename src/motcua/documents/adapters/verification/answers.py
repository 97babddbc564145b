"""Status answers of authorities (RFC 6960), read leniently: responders write their times in more ways than the standard."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import ocsp, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.documents.adapters.verification.cms import UNREADABLE

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - what a responder signed with in its time
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is `good`, `revoked` or `unknown`."""

    status: str
    updated_at: datetime
    revoked_at: datetime | None = None
    reason: str = ""


def newest_answer(
    certificate: pyca.Certificate, issuer: pyca.Certificate, answers: Iterable[bytes]
) -> Answer | None:
    """The newest genuine answer about the certificate, if any says good or revoked."""
    found = [answer for der in answers for answer in _answers_in(der, certificate, issuer)]
    known = [answer for answer in found if answer.status != "unknown"]
    return max(known, key=lambda answer: answer.updated_at, default=None)


def _answers_in(der: bytes, certificate: pyca.Certificate, issuer: pyca.Certificate) -> Iterator[Answer]:
    try:
        response = ocsp.OCSPResponse.load(der)
        if response["response_status"].native != "successful":
            return
        basic = response.basic_ocsp_response
        about = [
            single
            for single in basic["tbs_response_data"]["responses"]
            if single["cert_id"]["serial_number"].native == certificate.serial_number
            and _is_about(single["cert_id"], issuer)
        ]
        if about and _is_genuine(basic, issuer):
            yield from map(_answer, about)
    except UNREADABLE:
        return


def _answer(single: Any) -> Answer:
    status, at = single["cert_status"], single["this_update"].native
    if status.name != "revoked":
        return Answer(status.name, at)
    told = status.chosen
    return Answer("revoked", at, told["revocation_time"].native, str(told["revocation_reason"].native or ""))


def _is_about(identifier: Any, issuer: pyca.Certificate) -> bool:
    """By the digest of the issuer's public key bits (RFC 6960, 4.1.1)."""
    key = x509.Certificate.load(issuer.public_bytes(Encoding.DER)).public_key["public_key"]
    name = identifier["hash_algorithm"]["algorithm"].native
    digest = hashlib.new(name, bytes(key), usedforsecurity=False).digest()
    return bool(identifier["issuer_key_hash"].native == digest)


def _is_genuine(basic: Any, issuer: pyca.Certificate) -> bool:
    """Signed by the issuer itself, or by a responder the issuer certified for it (RFC 6960, 4.2.2.2)."""
    carried = [pyca.load_der_x509_certificate(each.dump()) for each in basic["certs"] or ()]
    responders = [issuer, *(each for each in carried if _is_responder_of(each, issuer))]
    return any(_is_signed_by(each, basic) for each in responders)


def _is_responder_of(responder: pyca.Certificate, issuer: pyca.Certificate) -> bool:
    try:
        responder.verify_directly_issued_by(issuer)
        usage = responder.extensions.get_extension_for_class(pyca.ExtendedKeyUsage).value
    except (InvalidSignature, pyca.ExtensionNotFound, *UNREADABLE):
        return False
    return pyca.oid.ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _is_signed_by(signer: pyca.Certificate, basic: Any) -> bool:
    key, value, signed = signer.public_key(), basic["signature"].native, basic["tbs_response_data"].dump()
    algorithm = _HASHES.get(str(basic["signature_algorithm"].hash_algo))
    if algorithm is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, signed, ec.ECDSA(algorithm))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
