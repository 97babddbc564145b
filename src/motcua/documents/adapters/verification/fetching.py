"""Asking authorities: status answers (RFC 6960), revocation lists (RFC 5280, 5) and issuers not at hand (RFC 5280, 4.2.2.1).

Only about certificates of a path that ends in a trusted root, or, for issuers, only on hosts the installation named:
a stranger's file must not make this machine call addresses of the stranger's choice.
"""

import logging
import threading
import time
import urllib.error
import urllib.request
from base64 import b64decode
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from motcua.documents.adapters.verification.cms import Evidence
from motcua.documents.rules.signatures.findings import Wanted
from motcua.kernel.outside import outside

log = logging.getLogger(__name__)
_SECONDS = 3.0
_LARGEST = 16 << 20
_MOST_QUESTIONS = 8
_KEPT_SECONDS = 900.0
_lists: dict[str, tuple[float, bytes]] = {}
_lock = threading.Lock()


def fetch_revocation(wanted: Iterable[Wanted]) -> Evidence:
    """A status answer for each certificate, else its list; what nobody answers is left out (soft-fail, and told so)."""
    outside("asking an authority about a certificate")
    crls, answers = [], []
    for each in list(wanted)[:_MOST_QUESTIONS]:
        answer = next(filter(None, (_status(url, each) for url in each.ocsp[:2])), None)
        if answer is not None:
            answers.append(answer)
            continue
        found = next(filter(None, (_list(url) for url in each.crls[:2])), None)
        if found is not None:
            crls.append(found)
    return Evidence(crls=tuple(crls), ocsps=tuple(answers))


def fetch_issuers(addresses: Iterable[str], hosts: Collection[str]) -> Evidence:
    """Certificates of issuers, from the hosts the installation allows and no other."""
    outside("fetching an issuer's certificate")
    allowed = [url for url in addresses if (urlsplit(url).hostname or "") in hosts]
    found = [_got(url) for url in allowed[:_MOST_QUESTIONS]]
    return Evidence(certificates=tuple(der for der in found if der and _is_certificate(der)))


def _status(url: str, wanted: Wanted) -> bytes | None:
    certificate = x509.load_der_x509_certificate(b64decode(wanted.certificate))
    issuer = x509.load_der_x509_certificate(b64decode(wanted.issuer))
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303 - names a key
    body = builder.build().public_bytes(Encoding.DER)
    return _got(url, body)


def _list(url: str) -> bytes | None:
    """Kept for a while: the lists of large authorities are megabytes, and change by the hour."""
    now = time.monotonic()
    with _lock:
        kept = _lists.get(url)
    if kept and now - kept[0] < _KEPT_SECONDS:
        return kept[1]
    found = _got(url)
    if found is not None:
        with _lock:
            _lists[url] = now, found
    return found


def forget_lists() -> None:
    """Ask anew next time."""
    with _lock:
        _lists.clear()


def _is_certificate(der: bytes) -> bool:
    try:
        x509.load_der_x509_certificate(der)
    except ValueError:
        return False
    return True


class _NoWandering(urllib.request.HTTPRedirectHandler):
    """An authority that sends us elsewhere is not followed."""

    def redirect_request(self, *_given: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoWandering, urllib.request.ProxyHandler())


def _got(url: str, question: bytes | None = None) -> bytes | None:
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    headers = {"Content-Type": "application/ocsp-request"} if question else {}
    request = urllib.request.Request(url, data=question, headers=headers)  # noqa: S310 - the scheme was looked at
    until = time.monotonic() + _SECONDS
    pieces, size = [], 0
    try:
        with _opener.open(request, timeout=_SECONDS) as answer:
            while piece := answer.read1(1 << 16):
                pieces.append(piece)
                size += len(piece)
                if size > _LARGEST or time.monotonic() > until:
                    return None
    except (urllib.error.URLError, OSError, ValueError) as error:
        log.info("no answer from %s: %s", urlsplit(request.full_url).hostname, type(error).__name__)
        return None
    return b"".join(pieces)
