"""Judging the signatures of a PDF with pyHanko, stricter than it where an official paper asks for it."""

import logging
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError, UnacceptableSignerError, find_cms_attribute_iter
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from motcua.documents.adapters.verification import strictness
from motcua.documents.adapters.verification.readings import Fault, PdfReading, SignatureReading
from motcua.documents.adapters.verification.trust import Trust

# What the libraries raise on damaged input; all of it means "altered", none of it may become a 500 on a public page.
_DAMAGE = (
    PdfError,
    SigningError,
    SignatureValidationError,
    ValidationError,
    UnacceptableSignerError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    zlib.error,
)
# The findings are returned; the libraries would log each of them again, with a traceback per damaged upload.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def read_signatures(data: bytes, *, trust: Trust, at: datetime, online: bool) -> PdfReading:
    """Judge every signature of `data` at the moment `at` (aware) against the trusted roots.

    `online` allows asking the authorities for revocation, and only those certified by a trusted root: a stranger's
    file must not make this machine call addresses of the stranger's choice.
    """
    if b"%PDF-" not in data[:1024]:
        return PdfReading(is_readable=False)
    was_signed = b"/ByteRange" in data
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        signatures = list(reader.embedded_signatures)
        judge = _Judge(data, reader, trust, at, online)
    except _DAMAGE:
        return PdfReading(is_readable=was_signed, faults=(Fault.ALTERED,) if was_signed else ())
    readings = tuple(judge.read(signature) for signature in signatures)
    faults = tuple(judge.faults_of_file(signatures))
    if was_signed and not readings:
        faults = (Fault.ALTERED,)
    return PdfReading(is_readable=True, signatures=readings, faults=faults)


_Status = PdfSignatureStatus | DocumentTimestampStatus


class _Judge:
    def __init__(self, data: bytes, reader: PdfFileReader, trust: Trust, at: datetime, online: bool) -> None:
        self._data, self._reader, self._at, self._online = data, reader, at, online
        self._known = trust.roots + trust.intermediates
        self._roots = [x509.Certificate.load(der) for der in trust.roots]
        self._intermediates = [x509.Certificate.load(der) for der in trust.intermediates]
        self._final: list[_Status] = []

    def read(self, signature: EmbeddedPdfSignature) -> SignatureReading:
        try:
            if signature.sig_object_type == "/DocTimeStamp":
                return self._read_time_stamp(signature)
            return self._read_signature(signature)
        except _DAMAGE:
            return _unreadable(signature.field_name)

    def faults_of_file(self, signatures: list[EmbeddedPdfSignature]) -> Iterator[Fault]:
        """Nothing but archival data may follow the last signature."""
        if len(self._final) != len(signatures) or not self._final:
            return
        last = self._final[-1]
        whole = last.coverage == SignatureCoverageLevel.ENTIRE_FILE
        is_archival = last.modification_level is ModificationLevel.LTA_UPDATES
        if not whole and not (is_archival and self._data.rstrip(b"\r\n").endswith(b"%%EOF")):
            yield Fault.ALTERED

    def _read_signature(self, signature: EmbeddedPdfSignature) -> SignatureReading:
        signed_at, stamped_by, stamp_faults = self._proved_time(signature)
        status = self._status(signature, signed_at or self._at)
        self._final.append(status)
        name, organisation = strictness.holder(signature.signer_cert)
        return SignatureReading(
            field=signature.field_name,
            signer=name,
            organisation=organisation,
            issuer=str(signature.signer_cert.issuer.native.get("common_name", "")),
            serial=f"{signature.signer_cert.serial_number:x}",
            signed_at=signed_at or signature.self_reported_timestamp,
            is_time_stamped=signed_at is not None,
            time_stamp_authority=stamped_by,
            reason=str(signature.sig_object.get("/Reason", "")),
            covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            faults=tuple(dict.fromkeys((*self._faults(signature, status), *stamp_faults))),
        )

    def _status(self, signature: EmbeddedPdfSignature, moment: datetime) -> PdfSignatureStatus:
        """First without the network; only a chain that ends in a trusted root may be asked about over it."""
        status = validate_pdf_signature(signature, self._context(moment), self._context(self._at))
        if self._online and status.trusted:
            status = validate_pdf_signature(
                signature, self._context(moment, online=True), self._context(self._at)
            )
        return status

    def _proved_time(self, signature: EmbeddedPdfSignature) -> tuple[datetime | None, str, tuple[Fault, ...]]:
        tokens = list(
            find_cms_attribute_iter(signature.signer_info["unsigned_attrs"], "signature_time_stamp_token")
        )
        if not tokens:
            return None, "", ()
        status = validate_pdf_signature(signature, self._context(self._at), self._context(self._at))
        stamp = status.timestamp_validity
        if stamp is None or not (stamp.valid and stamp.intact and stamp.trusted):
            return None, "", (Fault.TIME_STAMP,)
        genuine = all(self._is_genuine(token["content"]) for token in tokens)
        authority, _ = strictness.holder(stamp.signing_cert)
        return stamp.timestamp, authority, () if genuine else (Fault.ALTERED,)

    def _read_time_stamp(self, signature: EmbeddedPdfSignature) -> SignatureReading:
        status = validate_pdf_timestamp(signature, self._context(self._at))
        self._final.append(status)
        authority, organisation = strictness.holder(status.signing_cert)
        return SignatureReading(
            field=signature.field_name,
            signer=authority,
            organisation=organisation,
            issuer=str(status.signing_cert.issuer.native.get("common_name", "")),
            serial=f"{status.signing_cert.serial_number:x}",
            signed_at=status.timestamp,
            is_time_stamped=True,
            time_stamp_authority=authority,
            reason="",
            covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            faults=tuple(self._faults(signature, status)),
            is_document_time_stamp=True,
        )

    def _faults(self, signature: EmbeddedPdfSignature, status: _Status) -> Iterator[Fault]:
        whole = status.coverage in (
            SignatureCoverageLevel.ENTIRE_FILE,
            SignatureCoverageLevel.ENTIRE_REVISION,
        )
        is_intact = status.intact and status.valid and whole and status.docmdp_ok is not False
        is_exact = is_intact and self._is_container_exact(signature)
        if not is_exact or (status.trusted and not self._is_genuine(signature.signed_data)):
            yield Fault.ALTERED
        if status.revoked:
            yield Fault.REVOKED
        elif not status.trusted:
            expired = not (
                status.signing_cert.not_valid_before <= self._at <= status.signing_cert.not_valid_after
            )
            yield Fault.EXPIRED if expired else Fault.UNTRUSTED

    def _is_genuine(self, signed: cms.SignedData) -> bool:
        """Asked only where the chain is trusted: of a stranger's certificates the issuers are not at hand."""
        is_consistent = strictness.is_header_consistent(signed)
        return is_consistent and strictness.are_certificates_genuine(signed, self._known)

    def _is_container_exact(self, signature: EmbeddedPdfSignature) -> bool:
        start, length, resume, _ = (int(part) for part in signature.byte_range)
        gap = self._data[start + length : resume]
        if not (gap.startswith(b"<") and gap.endswith(b">")):
            return False
        return strictness.is_container_exact(gap[1:-1], bytes(signature.pkcs7_content))

    def _context(self, moment: datetime, *, online: bool = False) -> ValidationContext:
        options: dict[str, Any] = {
            "trust_roots": self._roots,
            "other_certs": self._intermediates,
            "moment": moment,
            "allow_fetching": online,
            "revocation_mode": "soft-fail",
            "retroactive_revinfo": True,
        }
        try:
            store = DocumentSecurityStore.read_dss(self._reader)
        except NoDSSFoundError:
            return ValidationContext(**options)
        return store.as_validation_context(options)


def _unreadable(field: str) -> SignatureReading:
    return SignatureReading(
        field, "", "", "", "", None, False, "", "", False, (Fault.UNREADABLE, Fault.ALTERED)
    )
