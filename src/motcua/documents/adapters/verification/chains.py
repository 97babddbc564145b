"""Whether a certificate leads to a root this installation trusts, at a moment (RFC 5280, 6.1), and whether it was revoked.

The signature of a trust anchor on itself is not looked at, whatever its algorithm: the anchor is trusted because somebody
put it there (RFC 5280, 6.1.1 d). Certificates carried along that the path does not need say nothing.
"""

from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from motcua.documents.adapters.verification.cms import UNREADABLE, Evidence
from motcua.documents.adapters.verification.trust import Trust
from motcua.documents.rules.signatures.findings import TrustFinding

_ANY_ALGORITHM = DisallowWeakAlgorithmsPolicy(weak_hash_algos=frozenset(), rsa_key_size_threshold=1024)
_WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
_LONGEST_PATH = 8
_STRICT = DisallowWeakAlgorithmsPolicy(weak_hash_algos=_WEAK_DIGESTS)


@dataclass(frozen=True, slots=True)
class Path:
    """`links` from the certificate to the anchor, DER."""

    finding: TrustFinding
    links: tuple[bytes, ...] = ()


def path_of(certificate: x509.Certificate, trust: Trust, evidence: Evidence, moment: datetime) -> Path:
    """The path valid at `moment`. An expired one is told apart from one that leads nowhere."""
    trust, known = _issuers_of(certificate, trust, (*trust.intermediates, *evidence.certificates))
    try:
        return Path(TrustFinding.TRUSTED, _links(certificate, trust, known, moment, _STRICT))
    except DisallowedAlgorithmError:
        return _path_over_installed(certificate, trust, known, moment)
    except (ExpiredError, NotYetValidError):
        return Path(TrustFinding.EXPIRED)
    except (PathBuildingError, ValidationError, *UNREADABLE):
        return Path(TrustFinding.NO_CHAIN)


def _issuers_of(
    certificate: x509.Certificate, trust: Trust, known: tuple[bytes, ...]
) -> tuple[Trust, tuple[bytes, ...]]:
    """Only those that signed the certificate, or signed one that did. Authorities renew keys under one name and number,
    files carry certificates nobody needs: those are namesakes and strangers, and say nothing about this path.
    """
    pool = [each for each in map(_loaded, (*trust.roots, *known)) if each is not None]
    found: set[bytes] = set()
    frontier = [_loaded(certificate.dump())]
    for _ in range(_LONGEST_PATH):
        above = {
            der: issuer
            for each in frontier
            if each is not None
            for der, issuer in pool
            if der not in found and issuer.subject == each[1].issuer and _may_have_signed(issuer, each[1])
        }
        found |= above.keys()
        frontier = list(above.items())
    roots = tuple(der for der in trust.roots if der in found or der == certificate.dump())
    helpers = tuple(der for der in trust.intermediates if der in found)
    return Trust(roots, helpers), tuple(der for der in known if der in found)


def _loaded(der: bytes) -> tuple[bytes, pyca.Certificate] | None:
    try:
        certificate = pyca.load_der_x509_certificate(der)
        _ = certificate.subject, certificate.issuer
    except UNREADABLE:
        return None
    return der, certificate


def _may_have_signed(issuer: pyca.Certificate, certificate: pyca.Certificate) -> bool:
    """Not judged here: a signature by an algorithm unknown to us may be one, an exact judgement follows."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    except UnsupportedAlgorithm:
        return True
    return True


def _path_over_installed(
    certificate: x509.Certificate, trust: Trust, known: tuple[bytes, ...], moment: datetime
) -> Path:
    """An old algorithm may stand only under certificates that somebody installed here by hand: those are vouched for."""
    try:
        links = _links(certificate, trust, known, moment, _ANY_ALGORITHM)
    except (ExpiredError, NotYetValidError):
        return Path(TrustFinding.EXPIRED)
    except (PathBuildingError, ValidationError, *UNREADABLE):
        return Path(TrustFinding.NO_CHAIN)
    installed = {*trust.roots, *trust.intermediates}
    weak = [der for der in links if der not in installed and _is_weakly_signed(der)]
    return Path(TrustFinding.WEAK if weak else TrustFinding.TRUSTED, links)


def _is_weakly_signed(der: bytes) -> bool:
    try:
        return str(x509.Certificate.load(der)["signature_algorithm"].hash_algo) in _WEAK_DIGESTS
    except ValueError:
        return False


def _links(
    certificate: x509.Certificate,
    trust: Trust,
    known: Iterable[bytes],
    moment: datetime,
    policy: DisallowWeakAlgorithmsPolicy,
) -> tuple[bytes, ...]:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=_readable(known),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        algorithm_usage_policy=policy,
    )
    paths = context.path_builder.async_build_paths_lazy(certificate)
    found = _finished(find_valid_path(certificate, paths, context))
    links = [each.dump() for each in found.iter_certs(include_root=True)]
    return tuple(reversed(links))


def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What it returns. Without fetching it waits for nothing, so it needs no event loop (nor the sockets of one)."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    finally:
        work.close()
    raise ValueError("validation waited for something")


def _readable(known: Iterable[bytes]) -> list[x509.Certificate]:
    found = []
    for der in known:
        try:
            certificate = x509.Certificate.load(der)
            _ = certificate.subject.hashable, certificate.issuer.hashable
        except UNREADABLE:
            continue
        found.append(certificate)
    return found
