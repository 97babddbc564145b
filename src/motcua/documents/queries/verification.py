"""What a signed file or a printed code is worth: signatures by trusted roots, standing by what was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, ProgrammingError

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import READ_CODES
from motcua.documents.adapters.verification.readings import Fault, PdfReading, SignatureReading
from motcua.documents.adapters.verification.trust import Trust, load_trust
from motcua.documents.errors import CodeUnreadable
from motcua.documents.models import Paper
from motcua.documents.queries.papers import PaperView, paper_view
from motcua.documents.rules import qr
from motcua.documents.rules.digitization import separators
from motcua.documents.rules.qr import QrPayload
from motcua.documents.rules.verdicts import Verdict, verdict
from motcua.documents.words import Standing
from motcua.kernel import clock


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer about a file: are its signatures good, and is the paper still in force?"""

    sha256: str
    is_readable: bool
    signatures: tuple[SignatureReading, ...]
    faults: tuple[Fault, ...]
    are_signatures_valid: bool
    standing: Standing
    paper: PaperView | None = None
    replacement: PaperView | None = None

    @property
    def is_valid(self) -> bool:
        """Good signatures, and not ended by the one who issued it. A file of another authority counts by its signatures."""
        ended = (Standing.REPLACED, Standing.REVOKED, Standing.EXPIRED)
        return self.are_signatures_valid and self.standing not in ended

    @property
    def verdict(self) -> Verdict:
        """The one big sentence, as a code; its Vietnamese source text is `SENTENCES[verdict]`."""
        return verdict(
            is_readable=self.is_readable,
            is_signed=bool(self.signatures or self.faults),
            are_signatures_valid=self.are_signatures_valid,
            standing=self.standing,
        )


@dataclass(frozen=True, slots=True)
class CodeVerification:
    """The answer about a printed code: what it says, and what became of the paper it stands on."""

    payload: QrPayload
    standing: Standing
    paper: PaperView | None = None
    replacement: PaperView | None = None


def trust() -> Trust:
    """Certificates this installation trusts (setting `MOTCUA_TRUST_ROOTS`)."""
    return load_trust(Path(settings.MOTCUA_TRUST_ROOTS))


def verify_pdf(data: bytes, *, trusted_files: Sequence[Path] = ()) -> Verification:
    """Judge the bytes: signatures by trusted roots, standing by the SHA-256 of what was issued. Anyone may ask.

    `trusted_files` are certificates trusted for this question besides those of the installation.
    Where the register cannot be reached the signatures are judged all the same and the standing is `UNKNOWN`.
    """
    reading = _best_reading(data, (trust(), *map(load_trust, trusted_files)))
    digest = sha256(data).hexdigest()
    try:
        row = (
            Paper.objects.issued()
            .select_related("file", "replaced_by__file")
            .filter(file__sha256=digest)
            .first()
        )
    except (OperationalError, ProgrammingError):
        # no server, or one without our tables: a laptop away from the office
        return _verification(digest, reading, Standing.UNKNOWN, None)
    return _verification(digest, reading, Standing.NOT_OURS if row is None else None, row)


def _best_reading(data: bytes, trusted: Sequence[Trust]) -> PdfReading:
    """By the first set of certificates that satisfies, else by the last. Sets are not mixed: authorities renew their
    keys under the same name, and a chain may be sought through the wrong one of two namesakes.
    """
    # The judge takes a second to load; only who asks pays for it.
    from motcua.documents.adapters.verification.reader import read_signatures

    reading = PdfReading(is_readable=False)
    for each in trusted:
        reading = read_signatures(data, trust=each, at=clock.now(), online=settings.MOTCUA_VERIFY_ONLINE)
        if reading.is_valid:
            break
    return reading


def _verification(
    digest: str, reading: PdfReading, given: Standing | None, row: Paper | None
) -> Verification:
    view = paper_view(row) if row is not None else None
    return Verification(
        sha256=digest,
        is_readable=reading.is_readable,
        signatures=reading.signatures,
        faults=reading.faults,
        are_signatures_valid=reading.is_valid,
        standing=given or (view.standing if view else Standing.NOT_OURS),
        paper=view,
        replacement=_replacement(row),
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
