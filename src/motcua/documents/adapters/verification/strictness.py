"""What libraries forgive and an official document must not: every byte of the container of a signature counts.

A signature covers all of the file but its own container. Inside it, padding, the case of hexadecimal digits and
certificates nobody needs could be altered unnoticed; so they are checked here.
"""

import re

from asn1crypto import cms, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

_UNIFORM = re.compile(rb"(?:[0-9a-f]*|[0-9A-F]*)")


def is_container_exact(container: bytes, pkcs7: bytes) -> bool:
    """`container` = the raw hexadecimal text between the angle brackets, `pkcs7` = the bytes it decodes to."""
    if not _UNIFORM.fullmatch(container):
        return False
    der = cms.ContentInfo.load(pkcs7).dump()
    return pkcs7.startswith(der) and not pkcs7[len(der) :].strip(b"\0")


def is_header_consistent(signed: cms.SignedData) -> bool:
    """The unsigned heading repeats what the signed part fixes (RFC 5652, 5.1 and 5.3); any other value is a change."""
    people = signed["signer_infos"]
    expected = "v1" if signed["encap_content_info"]["content_type"].native == "data" else "v3"
    declared = {algorithm.dump() for algorithm in signed["digest_algorithms"]}
    used = {person["digest_algorithm"].dump() for person in people}
    versions = {person["version"].native for person in people}
    are_known = all(
        not _is_dotted(attribute) for person in people for attribute in person["unsigned_attrs"] or ()
    )
    version = str(signed["version"].native)
    return version == expected and declared == used and versions == {"v1"} and are_known


def _is_dotted(attribute: cms.CMSAttribute) -> bool:
    """An unsigned attribute of a type nobody knows: a time stamp whose label was altered would hide behind it."""
    return str(attribute["type"].native)[:1].isdigit()


def are_certificates_genuine(signed: cms.SignedData, known: tuple[bytes, ...]) -> bool:
    """Every certificate carried along is itself signed by another one carried along or known."""
    carried = [
        choice.chosen.dump() for choice in signed["certificates"] or () if choice.name == "certificate"
    ]
    pool = [pyca.load_der_x509_certificate(der) for der in {*carried, *known}]
    return all(_is_issued_by_any(pyca.load_der_x509_certificate(der), pool) for der in carried)


def _is_issued_by_any(certificate: pyca.Certificate, pool: list[pyca.Certificate]) -> bool:
    for issuer in pool:
        if issuer.subject != certificate.issuer:
            continue
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
            continue
        return True
    return False


def holder(certificate: x509.Certificate) -> tuple[str, str]:
    """Name and organisation."""
    subject = certificate.subject.native
    return str(subject.get("common_name", "")), str(subject.get("organization_name", ""))
