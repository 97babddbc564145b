"""The judge of signatures, asked in a confined process; what is missing is fetched outside of it and shown to it again."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import JUDGE, JUDGE_OF_STRANGER
from motcua.documents.adapters.verification.trust import Trust, load_trust
from motcua.documents.errors import DecodingRefused
from motcua.documents.rules.signatures.findings import FileState, PdfReading
from motcua.documents.rules.signatures.profiles import profile_of
from motcua.kernel import clock


def trust() -> Trust:
    """Certificates this installation trusts (setting `MOTCUA_TRUST_ROOTS`)."""
    return load_trust(Path(settings.MOTCUA_TRUST_ROOTS))


def judge(
    data: bytes,
    *,
    trusted_files: Sequence[Path] = (),
    online: bool | None = None,
    is_stranger: bool = False,
    at: datetime | None = None,
) -> PdfReading:
    """Judge the signatures of a PDF. Certificates of the installation and of `trusted_files` add up.

    More work than the limits allow is `FileState.NOT_FINISHED`, never a verdict. Refuses: `DecodersBusy`.
    """
    trusted = trust()
    for each in trusted_files:
        trusted = trusted + load_trust(each)
    asked = _Question(data, trusted, at or clock.now(), is_stranger)
    reading = asked.answer()
    if settings.MOTCUA_VERIFY_ONLINE if online is None else online:
        return _asked_further(asked, reading)
    return reading


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """One certificate of the trust folder; `fingerprint` = SHA-256 of its DER, upper-case hexadecimal."""

    name: str
    fingerprint: str
    since: date
    until: date
    days_left: int
    is_root: bool
    der: bytes
    #: Of the hierarchy it belongs to (`PROFILES`), empty for others.
    profile: str = ""


def certificates_in(place: Path) -> list[TrustedCertificate]:
    """Those in a folder or a file, roots first. What is no certificate is left out."""
    # the parser of certificates loads when somebody asks
    from cryptography import x509

    trusted, found = load_trust(place), []
    for der in (*trusted.roots, *trusted.intermediates):
        read = x509.load_der_x509_certificate(der)
        profile = profile_of((read.subject.rfc4514_string(), read.issuer.rfc4514_string()))
        since, until = read.not_valid_before_utc, read.not_valid_after_utc
        found.append(
            TrustedCertificate(
                name=read.subject.rfc4514_string(),
                fingerprint=sha256(der).hexdigest().upper(),
                since=since.date(),
                until=until.date(),
                days_left=(until - clock.now()).days,
                is_root=der in trusted.roots,
                der=der,
                profile=profile.code if profile else "",
            )
        )
    return found


class _Question:
    def __init__(self, data: bytes, trusted: Trust, at: datetime, is_stranger: bool) -> None:
        self._data, self._at = data, at
        self._task = JUDGE_OF_STRANGER if is_stranger else JUDGE
        self._trust = {"roots": _texts(trusted.roots), "intermediates": _texts(trusted.intermediates)}
        self.evidence: dict[str, list[str]] = {"certificates": [], "crls": [], "ocsps": []}

    def answer(self) -> PdfReading:
        try:
            return decode(
                self._task, self._data, trust=self._trust, at=self._at.isoformat(), evidence=self.evidence
            )
        except DecodingRefused:
            return PdfReading(FileState.NOT_FINISHED)


def _asked_further(asked: _Question, reading: PdfReading) -> PdfReading:
    """First without the network; only what a trusted path names is asked about over it."""
    # the clients of authorities load when somebody asks
    from motcua.documents.adapters.verification.fetching import fetch_issuers, fetch_revocation

    if reading.issuers_at and settings.MOTCUA_VERIFY_ISSUER_HOSTS:
        found = fetch_issuers(reading.issuers_at, settings.MOTCUA_VERIFY_ISSUER_HOSTS)
        if found.certificates:
            asked.evidence["certificates"] += _texts(found.certificates)
            reading = _better(asked.answer(), reading)
    if reading.wanted:
        brought = fetch_revocation(reading.wanted)
        if brought.crls or brought.ocsps:
            asked.evidence["crls"] += _texts(brought.crls)
            asked.evidence["ocsps"] += _texts(brought.ocsps)
            reading = _better(asked.answer(), reading)
    return reading


def _better(second: PdfReading, first: PdfReading) -> PdfReading:
    """A second look that was not finished must not take away the first."""
    return first if second.state is FileState.NOT_FINISHED else second


def _texts(contents: Iterable[bytes]) -> list[str]:
    return [b64encode(content).decode("ascii") for content in contents]
