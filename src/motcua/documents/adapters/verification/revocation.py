"""Whether a certificate was revoked, by the lists and answers at hand, and whom one could ask (RFC 5280, 5; RFC 6960)."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import cast

from asn1crypto import x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID

from motcua.documents.adapters.verification.answers import newest_answer
from motcua.documents.adapters.verification.cms import UNREADABLE, Evidence
from motcua.documents.rules.signatures.findings import RevocationFinding, Wanted

_COMPROMISED = frozenset({"key_compromise", "ca_compromise", "aa_compromise"})


@dataclass(frozen=True, slots=True)
class Revocation:
    """`is_compromised`: the key was lost or stolen, so earlier signatures without proof are worth nothing either."""

    finding: RevocationFinding
    since: datetime | None = None
    is_compromised: bool = False


def revocation_of(links: tuple[bytes, ...], evidence: Evidence) -> Revocation:
    """Of the whole path but its anchor: revoked when any link is; good when every link was vouched for."""
    findings = []
    for der, issuer in pairwise(links):
        certificate, above = pyca.load_der_x509_certificate(der), pyca.load_der_x509_certificate(issuer)
        found = _by_answers(certificate, above, evidence.ocsps) or _by_lists(
            certificate, above, evidence.crls
        )
        if found is not None and found.finding is RevocationFinding.REVOKED:
            return found
        findings.append(found)
    is_good = bool(findings) and all(found is not None for found in findings)
    return Revocation(RevocationFinding.GOOD if is_good else RevocationFinding.NOT_KNOWN)


def _by_answers(
    certificate: pyca.Certificate, issuer: pyca.Certificate, answers: Iterable[bytes]
) -> Revocation | None:
    found = newest_answer(certificate, issuer, answers)
    if found is None:
        return None
    if found.status == "good":
        return Revocation(RevocationFinding.GOOD)
    return Revocation(RevocationFinding.REVOKED, found.revoked_at, found.reason in _COMPROMISED)


def _by_lists(
    certificate: pyca.Certificate, issuer: pyca.Certificate, lists: Iterable[bytes]
) -> Revocation | None:
    newest: tuple[datetime, Revocation] | None = None
    for der in lists:
        try:
            found = pyca.load_der_x509_crl(der)
            key = cast(CertificateIssuerPublicKeyTypes, issuer.public_key())
            if found.issuer != certificate.issuer or not found.is_signature_valid(key):
                continue
            if newest is not None and found.last_update_utc <= newest[0]:
                continue
            entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
        except (*UNREADABLE, InvalidSignature):
            continue
        state = Revocation(RevocationFinding.GOOD)
        if entry is not None:
            state = _revoked(entry)
        newest = found.last_update_utc, state
    return newest[1] if newest else None


def _revoked(entry: pyca.RevokedCertificate) -> Revocation:
    reason = ""
    try:
        reason = entry.extensions.get_extension_for_class(pyca.CRLReason).value.reason.name
    except (pyca.ExtensionNotFound, *UNREADABLE):
        pass  # a list need not say why
    return Revocation(RevocationFinding.REVOKED, entry.revocation_date_utc, reason in _COMPROMISED)


def wanted_for(links: tuple[bytes, ...]) -> Iterator[Wanted]:
    """Whom one could ask about each link, by what the certificates of a trusted path say."""
    for der, issuer in pairwise(links):
        answers = tuple(_access(der, AuthorityInformationAccessOID.OCSP))
        crls = tuple(_distribution(der))
        if answers or crls:
            yield Wanted(b64encode(der).decode(), b64encode(issuer).decode(), answers, crls)


def issuer_addresses(certificate: x509.Certificate, evidence: Evidence) -> Iterator[str]:
    """Where issuers not at hand are said to be found."""
    for der in (certificate.dump(), *evidence.certificates):
        yield from _access(der, AuthorityInformationAccessOID.CA_ISSUERS)


def _access(der: bytes, method: pyca.ObjectIdentifier) -> Iterator[str]:
    try:
        extensions = pyca.load_der_x509_certificate(der).extensions
        access = extensions.get_extension_for_class(pyca.AuthorityInformationAccess).value
    except (pyca.ExtensionNotFound, *UNREADABLE):
        return
    for each in access:
        if each.access_method == method and isinstance(each.access_location, pyca.UniformResourceIdentifier):
            yield each.access_location.value


def _distribution(der: bytes) -> Iterator[str]:
    try:
        extensions = pyca.load_der_x509_certificate(der).extensions
        points = extensions.get_extension_for_class(pyca.CRLDistributionPoints).value
    except (pyca.ExtensionNotFound, *UNREADABLE):
        return
    for point in points:
        for name in point.full_name or ():
            if isinstance(name, pyca.UniformResourceIdentifier):
                yield name.value
