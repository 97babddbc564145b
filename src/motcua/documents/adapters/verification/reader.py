"""Judging the signatures of a PDF: each by three findings that are never mixed (see `rules.signatures.findings`)."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, Any

import pikepdf
from asn1crypto import x509

from motcua.documents.adapters.verification import chains, cms, revocation
from motcua.documents.adapters.verification.cms import Container, Evidence, Stamp
from motcua.documents.adapters.verification.envelope import Frame, FrameDisplaced, FrameWrong, frame_of
from motcua.documents.adapters.verification.fields import (
    Damaged,
    Protected,
    SignatureField,
    opened,
    signature_fields,
)
from motcua.documents.adapters.verification.history import History
from motcua.documents.adapters.verification.store import stored_evidence
from motcua.documents.adapters.verification.trust import Trust
from motcua.documents.rules.signatures.findings import (
    FileState,
    Integrity,
    PdfReading,
    RevocationFinding,
    SignatureReading,
    StampFinding,
    TrustFinding,
    Wanted,
)

_CLAIMED = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?)?")
_HEADER_WINDOW = 1024


@dataclass(frozen=True, slots=True)
class _Signed:
    """A signature with what its own bytes say."""

    field: SignatureField
    frame: Frame | None
    container: Container
    own_stamp: Stamp | None = None


def read_signatures(
    data: bytes, *, trust: Trust, at: datetime, evidence: Evidence | None = None
) -> PdfReading:
    """Judge every signature of `data` at the moment `at` (aware) against the trusted roots. Asks nobody.

    `evidence` = certificates, lists and answers fetched for a second look, see `PdfReading.wanted`.
    """
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        return PdfReading(FileState.NOT_PDF)
    try:
        document = opened(data, recover=True)
    except Protected:
        return PdfReading(FileState.PROTECTED)
    except Damaged:
        return PdfReading(FileState.DAMAGED)
    with document:
        fields = signature_fields(document)
        if not fields:
            return PdfReading(FileState.READ, pages=len(document.pages))
        brought = (evidence or Evidence()) + stored_evidence(document)
        return _Judge(data, trust, at, brought, document).read(fields)


def judge(
    stream: IO[bytes], *, trust: dict[str, list[str]], at: str, evidence: dict[str, list[str]]
) -> PdfReading:
    """`read_signatures` for the decoding processes: certificates in base 64, the moment in ISO 8601."""
    return read_signatures(
        stream.read(),
        trust=Trust(_heard(trust["roots"]), _heard(trust["intermediates"])),
        at=datetime.fromisoformat(at),
        evidence=Evidence(
            _heard(evidence["certificates"]), _heard(evidence["crls"]), _heard(evidence["ocsps"])
        ),
    )


def _heard(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(map(b64decode, texts))


def _said(content: bytes) -> str:
    return b64encode(content).decode("ascii")


class _Judge:
    def __init__(
        self, data: bytes, trust: Trust, at: datetime, evidence: Evidence, document: pikepdf.Pdf
    ) -> None:
        self._data, self._trust, self._at, self._evidence = data, trust, at, evidence
        self._pages, self._is_encrypted = len(document.pages), document.is_encrypted
        self._wanted: dict[str, Wanted] = {}
        self._issuers_at: set[str] = set()

    def read(self, fields: list[SignatureField]) -> PdfReading:
        signed = [self._signed(each) for each in fields]
        signed.sort(key=lambda one: one.frame.end if one.frame else len(self._data))
        history = History(self._data, [(one.frame, one.field) for one in signed if one.frame])
        moments = list(self._document_stamps(signed))
        try:
            readings = [self._reading(each, history, moments) for each in signed]
        finally:
            history.close()
        return PdfReading(
            FileState.READ,
            tuple(readings),
            self._pages,
            tuple(self._wanted.values()),
            tuple(sorted(self._issuers_at)),
            tuple((number, _said(before), _said(after)) for number, before, after in history.pictures),
        )

    def _signed(self, field: SignatureField) -> _Signed:
        try:
            frame = frame_of(self._data, field.byte_range, field.contents, is_encrypted=self._is_encrypted)
        except FrameDisplaced:
            return _Signed(field, None, Container(Integrity.DISPLACED))
        except FrameWrong:
            return _Signed(field, None, Container(Integrity.UNREADABLE))
        if field.is_time_stamp:
            container, stamp = cms.read_time_stamp(frame, self._data)
            return _Signed(field, frame, container, stamp)
        if field.sub_filter == "/adbe.x509.rsa_sha1":
            return _Signed(field, frame, cms.read_bare_key(frame, self._data, field.certificates))
        known = (*self._trust.intermediates, *self._trust.roots, *self._evidence.certificates)
        return _Signed(field, frame, cms.read_container(frame, self._data, field.sub_filter, known))

    def _document_stamps(self, signed: list[_Signed]) -> Iterator[tuple[int, datetime, str]]:
        """Where a trusted stamp over the whole document ends, when it was made and by whom: it proves all before it."""
        for each in signed:
            if each.own_stamp and each.frame and self._stamp(each.own_stamp)[0] is StampFinding.GOOD:
                yield each.frame.end, _moment(each.own_stamp), _name_of(each.own_stamp.authority)

    def _stamp(self, stamp: Stamp) -> tuple[StampFinding, str]:
        if not stamp.is_intact or stamp.authority is None or stamp.at is None:
            return StampFinding.BROKEN, ""
        name = _name_of(stamp.authority)
        evidence = self._evidence + stamp.evidence
        path = chains.path_of(stamp.authority, self._trust, evidence, _moment(stamp))
        is_known = path.finding is TrustFinding.TRUSTED and _may_stamp(stamp.authority)
        return (StampFinding.GOOD if is_known else StampFinding.UNKNOWN_AUTHORITY), name

    def _reading(
        self, signed: _Signed, history: History, moments: list[tuple[int, datetime, str]]
    ) -> SignatureReading:
        field, container = signed.field, signed.container
        reading = SignatureReading(
            field=field.name,
            integrity=container.integrity,
            reason=field.reason,
            is_document_time_stamp=field.is_time_stamp,
            signed_at=container.claimed_at or _claimed(field.claimed_at),
        )
        if container.signer is not None:
            reading = replace(reading, **_about(container.signer))
        if signed.frame is None:
            return reading
        reading = replace(
            reading,
            revision=sha256(memoryview(self._data)[: signed.frame.end]).hexdigest(),
            covers_whole_file=signed.frame.is_whole_file(self._data),
        )
        if reading.integrity is not Integrity.WHOLE:
            return reading
        if not history.contains(signed.frame):
            return replace(reading, integrity=Integrity.PARTIAL)
        if not signed.frame.is_plain:
            reading = replace(reading, integrity=Integrity.ODD)
        reading = replace(reading, after=history.after(signed.frame))
        return self._trusted(self._timed(reading, signed, moments), signed)

    def _timed(
        self, reading: SignatureReading, signed: _Signed, moments: list[tuple[int, datetime, str]]
    ) -> SignatureReading:
        """The earliest moment that somebody trusted here has proved."""
        proofs = [(at, by) for end, at, by in moments if signed.frame and end >= signed.frame.end]
        finding = StampFinding.NONE
        stamps = (signed.own_stamp,) if signed.own_stamp else signed.container.stamps
        for stamp in stamps:
            finding, by = self._stamp(stamp)
            if finding is StampFinding.GOOD:
                proofs.append((_moment(stamp), by))
        if signed.own_stamp is not None:
            reading = replace(reading, signed_at=signed.own_stamp.at)
        if not proofs:
            return replace(reading, stamp=finding)
        at, by = min(proofs)
        return replace(
            reading,
            stamp=StampFinding.GOOD if finding is not StampFinding.BROKEN else finding,
            signed_at=at,
            is_time_stamped=True,
            time_stamp_authority=by,
        )

    def _trusted(self, reading: SignatureReading, signed: _Signed) -> SignatureReading:
        certificate = signed.container.signer
        if certificate is None:
            return replace(reading, trust=TrustFinding.NO_CERTIFICATE)
        proved = reading.signed_at if reading.is_time_stamped else None
        evidence = self._evidence + signed.container.evidence
        path = chains.path_of(certificate, self._trust, evidence, proved or self._at)
        if path.finding is TrustFinding.NO_CHAIN:
            self._issuers_at |= set(revocation.issuer_addresses(certificate, evidence))
        if path.finding is not TrustFinding.TRUSTED:
            return replace(reading, trust=path.finding)
        if signed.container.is_weak:
            return replace(reading, trust=TrustFinding.WEAK)
        return self._revocation(reading, path, evidence, proved)

    def _revocation(
        self, reading: SignatureReading, path: chains.Path, evidence: Evidence, proved: datetime | None
    ) -> SignatureReading:
        found = revocation.revocation_of(path.links, evidence)
        for wanted in revocation.wanted_for(path.links):
            self._wanted.setdefault(wanted.certificate, wanted)
        if found.finding is not RevocationFinding.REVOKED:
            return replace(reading, trust=TrustFinding.TRUSTED, revocation=found.finding)
        trust = TrustFinding.REVOKED
        if proved is None:
            # without proof nobody knows which was first, unless the signer itself names a later moment
            claimed = reading.signed_at
            if claimed is None or found.since is None or claimed < found.since:
                trust = TrustFinding.REVOKED_LATER
        elif found.since is not None and proved < found.since and not found.is_compromised:
            return replace(reading, trust=TrustFinding.TRUSTED, revocation=RevocationFinding.GOOD)
        return replace(reading, trust=trust, revocation=found.finding)


def _about(certificate: x509.Certificate) -> dict[str, Any]:
    subject = certificate.subject.native
    return {
        "signer": _text(subject.get("common_name", "")),
        "organisation": _text(subject.get("organization_name", "")),
        "issuer": _text(certificate.issuer.native.get("common_name", "")),
        "serial": f"{certificate.serial_number:x}",
    }


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _name_of(certificate: x509.Certificate | None) -> str:
    return _text(certificate.subject.native.get("common_name", "")) if certificate is not None else ""


def _may_stamp(certificate: x509.Certificate) -> bool:
    usage = certificate.extended_key_usage_value
    return usage is not None and "time_stamping" in usage.native


def _moment(stamp: Stamp) -> datetime:
    return stamp.at or datetime.min.replace(tzinfo=UTC)


def _claimed(text: str) -> datetime | None:
    """`/M` of the dictionary: a claim, like the clock of any computer."""
    match = _CLAIMED.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    zone = "+0000" if sign is None else f"{sign}{hours}{minutes or '00'}"
    try:
        return datetime.strptime(f"{year}{month}{day}{hour}{minute}{second}{zone}", "%Y%m%d%H%M%S%z")
    except ValueError:
        return None
