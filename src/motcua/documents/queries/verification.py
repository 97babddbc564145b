"""What a signed file or a printed code is worth: signatures by trusted roots, standing by what was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, ProgrammingError

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import READ_CODES
from motcua.documents.errors import CodeUnreadable
from motcua.documents.models import Paper
from motcua.documents.queries.issued import find_issued
from motcua.documents.queries.judging import judge, trust
from motcua.documents.queries.papers import PaperView, paper_view
from motcua.documents.queries.printed import paper_printed_in
from motcua.documents.rules import qr
from motcua.documents.rules.digitization import separators
from motcua.documents.rules.qr import QrPayload
from motcua.documents.rules.signatures.findings import PdfReading, SignatureReading
from motcua.documents.rules.verdicts import Verdict, verdict
from motcua.documents.words import Standing


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer about a file: are its signatures good, and is the paper still in force?

    `is_exact`: the file is what was issued, byte for byte. `is_incomplete`: it is a state of it from before its last signature.
    """

    sha256: str
    reading: PdfReading
    standing: Standing
    paper: PaperView | None = None
    replacement: PaperView | None = None
    is_exact: bool = True
    is_incomplete: bool = False
    #: The signed revision by which the paper was found, where the file is not the issued one.
    issued: str = ""
    #: The issued paper whose printed code the file shows, where the file itself is none of ours.
    named: PaperView | None = None

    @property
    def is_readable(self) -> bool:
        return self.reading.is_readable

    @property
    def signatures(self) -> tuple[SignatureReading, ...]:
        return self.reading.signatures

    @property
    def are_signatures_valid(self) -> bool:
        return self.reading.is_valid

    @property
    def is_valid(self) -> bool:
        """Good signatures, complete, not ended by its issuer. A file of another authority counts by its signatures."""
        ended = (Standing.REPLACED, Standing.REVOKED, Standing.EXPIRED)
        return self.are_signatures_valid and self.standing not in ended and not self.is_incomplete

    @property
    def verdict(self) -> Verdict:
        """The one big sentence, as a code; its Vietnamese source texts are `WORDS[verdict]`."""
        return verdict(
            self.reading,
            self.standing,
            is_exact=self.is_exact,
            is_incomplete=self.is_incomplete,
            issued=self.issued,
        )


@dataclass(frozen=True, slots=True)
class CodeVerification:
    """The answer about a printed code: what it says, and what became of the paper it stands on."""

    payload: QrPayload
    standing: Standing
    paper: PaperView | None = None
    replacement: PaperView | None = None


def verify_pdf(data: bytes, *, trusted_files: Sequence[Path] = (), is_stranger: bool = False) -> Verification:
    """Judge the bytes: signatures by trusted roots, standing by the signed content. Anyone may ask.

    Standing belongs to the content that was signed, not to the file: it is found by the digest of the file and by that of
    each signed revision in it, so nothing appended or cut back hides that a paper was revoked; where none of them is known,
    by the code printed on its pages, which stands under the signatures.
    `trusted_files` are certificates trusted for this question besides those of the installation.
    Where the register cannot be reached the signatures are judged all the same and the standing is `UNKNOWN`.
    Refuses: `DecodersBusy`.
    """
    reading = judge(data, trusted_files=trusted_files, is_stranger=is_stranger)
    digest = sha256(data).hexdigest()
    try:
        found = find_issued(digest, [one.revision for one in reading.signatures if one.revision])
    except (OperationalError, ProgrammingError):
        # no server, or one without our tables: a laptop away from the office
        return Verification(digest, reading, Standing.UNKNOWN)
    if found is None:
        return _by_its_code(data, digest, reading)
    view = paper_view(found.row)
    return Verification(
        sha256=digest,
        reading=reading,
        standing=view.standing,
        paper=view,
        replacement=_replacement(found.row),
        is_exact=found.is_exact,
        is_incomplete=found.is_incomplete,
        issued=found.revision,
    )


def _by_its_code(data: bytes, digest: str, reading: PdfReading) -> Verification:
    """A file that is none of those issued, whatever was done to it: what became of the paper whose code it shows is told."""
    row = paper_printed_in(data, qr_key()) if reading.is_readable else None
    if row is None:
        return Verification(digest, reading, Standing.NOT_OURS)
    view = paper_view(row)
    if view.standing is Standing.IN_FORCE:
        return Verification(digest, reading, Standing.NOT_OURS, named=view, is_exact=False)
    return Verification(
        digest, reading, view.standing, paper=view, replacement=_replacement(row), named=view, is_exact=False
    )


def verify_code(text: str) -> CodeVerification:
    """Judge a scanned code; `CodeUnreadable` or `CodeForged` if it is not ours. Anyone who holds the paper may ask."""
    payload = qr.decode(text, qr_key())
    if not payload.paper:
        return CodeVerification(payload, Standing.UNKNOWN)
    rows = Paper.objects.issued().select_related("file", "replaced_by__file")
    row = rows.filter(verification_code=payload.paper).first()
    if row is None:
        return CodeVerification(payload, Standing.NOT_OURS)
    view = paper_view(row)
    return CodeVerification(payload, view.standing, view, _replacement(row))


def verify_reference(code: str) -> CodeVerification:
    """Judge a paper by its verification code alone (the opaque address of the verification page). Refuses: `CodeUnreadable`."""
    row = Paper.objects.issued().select_related("file", "replaced_by__file").filter(verification_code=code)
    found = row.first()
    if found is None:
        raise CodeUnreadable
    view = paper_view(found)
    payload = QrPayload(view.dossier_code, "", "", view.title, "", view.recorded_at, code)
    return CodeVerification(payload, view.standing, view, _replacement(found))


def stamped_at(token: bytes, digest: bytes) -> datetime | None:
    """When an authority this installation trusts stamped the SHA-256 (RFC 3161); None where the token does not say so."""
    # As for signatures: the judge takes a second to load.
    from motcua.documents.adapters.signing.stamps import stamped_at as judged

    return judged(token, digest, trust().roots)


def is_code_of(payload: QrPayload, number: str) -> bool:
    """Whether a code names the holder of this number, for whoever compares it with the printed one."""
    return qr.is_of_applicant(payload, number, qr_key())


def read_codes(picture: IO[bytes]) -> tuple[str, ...]:
    """Texts of the QR codes in a photograph or a scan; empty where there are none or it is not a picture.

    Refuses: `DecodingRefused`, `DecodersBusy`.
    """
    return decode(READ_CODES, picture)


def _replacement(row: Paper | None) -> PaperView | None:
    """The paper in force at the end of a chain of replacements, however often it was corrected."""
    seen: set[UUID] = set()
    last = row
    while last is not None and last.replaced_by_id is not None and last.id not in seen:
        seen.add(last.id)
        last = last.replaced_by
    return paper_view(last) if row is not None and last is not None and last.id != row.id else None


def qr_key() -> bytes:
    """Key of the codes: the setting `MOTCUA_QR_KEY`, or one derived from the secret of the installation."""
    secret = settings.MOTCUA_QR_KEY or f"qr:{settings.SECRET_KEY}"
    return sha256(secret.encode()).digest()


def separator_text(dossier_code: str, component_key: str = "") -> str:
    """The text of the code on a separator sheet: the papers behind it are this component of this dossier."""
    return separators.encode(dossier_code, component_key, qr_key())


def qr_text(payload: QrPayload) -> str:
    """The text to print as a code."""
    return qr.encode(payload, qr_key())
