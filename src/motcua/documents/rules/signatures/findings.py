"""Three findings about a signature that are never mixed, and the indication that follows from them.

1. Is the signed content whole? (`Integrity`: bytes and keys, nothing else.)
2. What was added after, and may it be? (`Addition`: told; `Alteration`: what the signer signed no longer looks as signed.)
3. Do we trust the signer here and now? (`TrustFinding`, `StampFinding`, `RevocationFinding`.)

ETSI EN 319 102-1 (5.1.3) names what follows: TOTAL-PASSED, INDETERMINATE with a sub-indication, TOTAL-FAILED.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Integrity(StrEnum):
    """The first finding: do the signed bytes match the signature?"""

    WHOLE = "whole"
    #: The bytes under the signature are others than those signed.
    BYTES_DIFFER = "bytes_differ"
    #: The digest matches, the signature value does not belong to the key.
    KEY_DIFFERS = "key_differs"
    #: The signature leaves bytes out that it should cover: they are vouched for by nobody.
    PARTIAL = "partial"
    #: All bytes match, but something that is no padding stands behind the container, where nobody signed.
    ODD = "odd"
    #: The signature was made over other bytes: the file was cut, or saved anew by a program that keeps no signature.
    DISPLACED = "displaced"
    #: The container cannot be read as a signature at all.
    UNREADABLE = "unreadable"


class AdditionKind(StrEnum):
    """What people and programs add to a signed file without touching what was signed."""

    SIGNATURE = "signature"
    TIME_STAMP = "time_stamp"
    VALIDATION_DATA = "validation_data"
    FIELD = "field"
    FORM_FILLED = "form_filled"
    ANNOTATION = "annotation"
    ATTACHMENT = "attachment"
    METADATA = "metadata"
    STRUCTURE = "structure"


class AlterationKind(StrEnum):
    """What makes a signed file another one."""

    PAGE_CONTENT = "page_content"
    PAGES = "pages"
    COVERED = "covered"
    LAYERS = "layers"
    ACTIVE = "active"
    LOCKED_FIELD = "locked_field"


@dataclass(frozen=True, slots=True)
class Addition:
    """`pages` counts from 1; `is_visible` when it put ink on them. `by` = the field or the kind of annotation."""

    kind: AdditionKind
    by: str = ""
    pages: tuple[int, ...] = ()
    is_visible: bool = False


@dataclass(frozen=True, slots=True)
class Alteration:
    """`objects` = numbers of the PDF objects that differ; enough for a specialist to look them up."""

    kind: AlterationKind
    pages: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()


class TrustFinding(StrEnum):
    """The third finding, about the certificate."""

    TRUSTED = "trusted"
    NO_CHAIN = "no_chain"
    EXPIRED = "expired"
    REVOKED = "revoked"
    #: Revoked, but perhaps only after the signature was made: nothing proves when that was.
    REVOKED_LATER = "revoked_later"
    WEAK = "weak"
    NO_CERTIFICATE = "no_certificate"
    NOT_JUDGED = "not_judged"


class StampFinding(StrEnum):
    NONE = "none"
    GOOD = "good"
    #: Intact, but its authority is not among those trusted here: the time is not proved, nothing is broken.
    UNKNOWN_AUTHORITY = "unknown_authority"
    BROKEN = "broken"


class RevocationFinding(StrEnum):
    GOOD = "good"
    #: Nobody said: not asked, or no answer. The certificate counts as not revoked, and that is said (soft-fail).
    NOT_KNOWN = "not_known"
    REVOKED = "revoked"


class Indication(StrEnum):
    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "TOTAL-FAILED"


class Sub(StrEnum):
    """Sub-indications of ETSI EN 319 102-1, table 6, as far as they occur here; `NOT_FINISHED` and the two after it are ours."""

    NONE = ""
    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    NOT_FINISHED = "NOT_FINISHED"
    #: Added although whoever certified the document allowed no additions (ISO 32000-2, 12.8.2.2).
    NOT_PERMITTED = "NOT_PERMITTED"
    #: What was signed no longer looks as signed in the file at hand.
    CONTENT_CHANGED = "CONTENT_CHANGED"
    #: Bytes were added that follow no rule of the format: programs may show different things.
    ADDITION_UNREADABLE = "ADDITION_UNREADABLE"


_BY_INTEGRITY = {
    Integrity.BYTES_DIFFER: (Indication.FAILED, Sub.HASH_FAILURE),
    Integrity.KEY_DIFFERS: (Indication.FAILED, Sub.SIG_CRYPTO_FAILURE),
    Integrity.PARTIAL: (Indication.FAILED, Sub.FORMAT_FAILURE),
    Integrity.DISPLACED: (Indication.FAILED, Sub.FORMAT_FAILURE),
    Integrity.UNREADABLE: (Indication.FAILED, Sub.FORMAT_FAILURE),
}
_BY_TRUST = {
    TrustFinding.TRUSTED: (Indication.PASSED, Sub.NONE),
    TrustFinding.NO_CHAIN: (Indication.INDETERMINATE, Sub.NO_CERTIFICATE_CHAIN_FOUND),
    TrustFinding.EXPIRED: (Indication.INDETERMINATE, Sub.OUT_OF_BOUNDS_NO_POE),
    TrustFinding.REVOKED: (Indication.FAILED, Sub.REVOKED),
    TrustFinding.REVOKED_LATER: (Indication.INDETERMINATE, Sub.REVOKED_NO_POE),
    TrustFinding.WEAK: (Indication.INDETERMINATE, Sub.CRYPTO_CONSTRAINTS_FAILURE_NO_POE),
    TrustFinding.NO_CERTIFICATE: (Indication.INDETERMINATE, Sub.NO_SIGNING_CERTIFICATE_FOUND),
    TrustFinding.NOT_JUDGED: (Indication.INDETERMINATE, Sub.NOT_FINISHED),
}


@dataclass(frozen=True, slots=True)
class After:
    """The second finding: everything that happened to the file after a signature."""

    added: tuple[Addition, ...] = ()
    changed: tuple[Alteration, ...] = ()
    #: Something was added that no reader can be sure about.
    is_readable: bool = True
    is_permitted: bool = True

    @property
    def is_marked(self) -> bool:
        """Somebody drew or wrote on the pages without a signature of their own."""
        return any(each.kind is AdditionKind.ANNOTATION and each.is_visible for each in self.added)


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """One signature. `signed_at` is proved by a time stamp when `is_time_stamped`, else only claimed by the signer.

    `revision` is the SHA-256 of the file as it was when this signature was made: the name of the signed content.
    """

    field: str
    integrity: Integrity
    after: After = After()
    trust: TrustFinding = TrustFinding.NOT_JUDGED
    stamp: StampFinding = StampFinding.NONE
    revocation: RevocationFinding = RevocationFinding.NOT_KNOWN
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    is_time_stamped: bool = False
    time_stamp_authority: str = ""
    reason: str = ""
    revision: str = ""
    covers_whole_file: bool = False
    is_document_time_stamp: bool = False

    @property
    def conclusion(self) -> tuple[Indication, Sub]:
        """The worst of the three findings, in the order in which they count."""
        if self.integrity not in (Integrity.WHOLE, Integrity.ODD):
            return _BY_INTEGRITY[self.integrity]
        if self.after.changed:
            return Indication.FAILED, Sub.CONTENT_CHANGED
        trusted = _BY_TRUST[self.trust]
        if trusted[0] is Indication.FAILED:
            return trusted
        if not self.after.is_readable:
            return Indication.INDETERMINATE, Sub.ADDITION_UNREADABLE
        if self.integrity is Integrity.ODD:
            return Indication.INDETERMINATE, Sub.FORMAT_FAILURE
        if not self.after.is_permitted:
            return Indication.INDETERMINATE, Sub.NOT_PERMITTED
        return trusted

    @property
    def indication(self) -> Indication:
        return self.conclusion[0]

    @property
    def sub(self) -> Sub:
        return self.conclusion[1]

    @property
    def is_valid(self) -> bool:
        return self.indication is Indication.PASSED


class FileState(StrEnum):
    READ = "read"
    NOT_PDF = "not_pdf"
    DAMAGED = "damaged"
    #: Opens only with a password.
    PROTECTED = "protected"
    NOT_FINISHED = "not_finished"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Evidence that would help and is not in the file: the addresses the certificate names for it. Certificates in base 64."""

    certificate: str
    issuer: str
    ocsp: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What reading the signatures of a file gives. `wanted` and `issuers_at` name what could be fetched for a second look."""

    state: FileState
    signatures: tuple[SignatureReading, ...] = ()
    pages: int = 0
    wanted: tuple[Wanted, ...] = ()
    issuers_at: tuple[str, ...] = ()
    #: Of pages that no longer look as signed: number, JPEG before, JPEG after (base 64).
    pictures: tuple[tuple[int, str, str], ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.state is FileState.READ

    @property
    def people(self) -> tuple[SignatureReading, ...]:
        return tuple(one for one in self.signatures if not one.is_document_time_stamp)

    @property
    def indication(self) -> Indication | None:
        """Of the file: the worst of its signatures by people; None where nobody signed."""
        found = {reading.indication for reading in self.people}
        for each in (Indication.FAILED, Indication.INDETERMINATE, Indication.PASSED):
            if each in found:
                return each
        return None

    @property
    def is_marked(self) -> bool:
        return any(reading.after.is_marked for reading in self.people)

    @property
    def is_valid(self) -> bool:
        """At least one signature, all passed, and nobody wrote on the pages since without signing for it."""
        return self.indication is Indication.PASSED and not self.is_marked
