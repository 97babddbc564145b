"""Reads of the custody: files, papers, the warehouse of a party, and what a signed file is worth.

Functions that take an `actor` answer only within that actor's own papers. Those without one serve packages above,
which have decided by their own scope (a dossier's) that the caller may see the file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.db.models import Q

from motcua.documents.adapters.signing.protocol import SignerIdentity
from motcua.documents.adapters.verification.codes import qr_texts
from motcua.documents.adapters.verification.readings import Fault, PdfReading, SignatureReading
from motcua.documents.adapters.verification.trust import Trust, load_trust
from motcua.documents.models import FileRecord, Paper, SignatureAttempt, SigningKey, Upload
from motcua.documents.models.files import UploadState
from motcua.documents.rules import qr
from motcua.documents.rules.digitization import separators
from motcua.documents.rules.papers import (
    Ending,
    PaperSource,
    Standing,
    TrustLevel,
    Validity,
    is_reusable,
    standing,
)
from motcua.documents.rules.qr import QrPayload
from motcua.documents.rules.signing import SignatureKind, SignatureLevel
from motcua.documents.rules.verdicts import CODE_SENTENCES, FAULT_WORDS, SENTENCES, Verdict, verdict
from motcua.kernel import clock, storage
from motcua.kernel.authority import Actor, in_scope

__all__ = [
    "CODE_SENTENCES",
    "FAULT_WORDS",
    "SENTENCES",
    "AttemptView",
    "CodeVerification",
    "Ending",
    "Fault",
    "FileView",
    "PaperSource",
    "PaperView",
    "QrPayload",
    "SignatureKind",
    "SignatureLevel",
    "SignatureReading",
    "SignerIdentity",
    "SigningKeyView",
    "Standing",
    "TrustLevel",
    "UploadView",
    "Verdict",
    "Verification",
    "attempts_of",
    "file",
    "file_for",
    "file_view",
    "find_reusable",
    "open_file",
    "owned_papers",
    "paper",
    "paper_for",
    "papers_of",
    "qr_key",
    "qr_text",
    "read_codes",
    "reusable_papers",
    "separator_text",
    "signing_keys_of",
    "trust",
    "upload_for",
    "usable_files",
    "verify_code",
    "verify_pdf",
    "warehouse",
]


@dataclass(frozen=True, slots=True)
class FileView:
    """A kept file. `size` in bytes; `pages` None where the notion does not apply."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    filename: str
    pages: int | None
    owner_party_id: UUID | None
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class UploadView:
    """A transfer: `offset` is where the next piece begins; `file` once finished."""

    id: UUID
    filename: str
    size: int
    offset: int
    is_open: bool
    file_id: UUID | None


@dataclass(frozen=True, slots=True)
class PaperView:
    id: UUID
    file: FileView
    owner_party_id: UUID | None
    kind_code: str
    title: str
    number: str
    symbol: str
    issuer: str
    issued_on: date | None
    valid_until: date | None
    source: PaperSource
    trust: TrustLevel
    dossier_code: str
    verification_code: str | None
    recorded_at: datetime
    standing: Standing
    ended_at: datetime | None
    end_reason: str
    replaced_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class SigningKeyView:
    """A key the actor may use; `has_pin` when the installation knows the PIN (a server's HSM), so none is asked."""

    label: str
    holder: str
    is_personal: bool
    agency_id: UUID | None
    has_pin: bool


@dataclass(frozen=True, slots=True)
class AttemptView:
    at: datetime
    key_label: str
    kind: SignatureKind
    level: str
    succeeded: bool
    error_code: str
    milliseconds: int


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


# -- files ---------------------------------------------------------------------------------------------------------


def file(file_id: UUID) -> FileView:
    """A file by id, for packages above that checked their own scope. `OutOfScope` if there is none."""
    return file_view(in_scope(FileRecord.objects.filter(pk=file_id).first()))


def file_for(actor: Actor, file_id: UUID) -> FileView:
    """A file the actor kept or owns; anything else does not exist for them (`OutOfScope`)."""
    record = in_scope(FileRecord.objects.filter(pk=file_id).first())
    is_own = record.owner_party_id in actor.party_ids if record.owner_party_id else False
    kept = actor.account_id is not None and record.kept_by_id == actor.account_id
    return file_view(in_scope(record if is_own or kept else None))


def usable_files(
    actor: Actor, file_ids: Collection[UUID], owners: Collection[UUID] = ()
) -> dict[UUID, FileView]:
    """Of these files, those the actor may hand on: kept by them, their own, or belonging to `owners`. One statement."""
    mine = Q(owner_party_id__in={*actor.party_ids, *owners})
    if actor.account_id is not None:
        mine |= Q(kept_by_id=actor.account_id)
    return {row.id: file_view(row) for row in FileRecord.objects.filter(mine, pk__in=file_ids)}


def owned_papers(paper_ids: Collection[UUID], owners: Collection[UUID]) -> dict[UUID, PaperView]:
    """Of these papers, those that lie in the warehouses of `owners`. One statement."""
    rows = Paper.objects.select_related("file").filter(pk__in=paper_ids, owner_party_id__in=owners)
    return {row.id: paper_view(row) for row in rows}


def open_file(file_id: UUID) -> IO[bytes]:
    """The bytes of a kept file; `ContentMissing` if the store lost them."""
    record = in_scope(FileRecord.objects.filter(pk=file_id).only("sha256").first())
    return storage.store().open(record.sha256)


def upload_for(actor: Actor, upload_id: UUID) -> UploadView:
    """A transfer the actor began: where to go on after a dropped connection."""
    found = Upload.objects.filter(pk=upload_id, begun_by_id=actor.account_id).first()
    return upload_view(in_scope(found))


def file_view(record: FileRecord) -> FileView:
    return FileView(
        id=record.id,
        sha256=record.sha256,
        size=record.size,
        media_type=record.media_type,
        filename=record.filename,
        pages=record.pages,
        owner_party_id=record.owner_party_id,
        kept_at=record.kept_at,
    )


def upload_view(upload: Upload) -> UploadView:
    is_open = upload.state == UploadState.OPEN
    return UploadView(upload.id, upload.filename, upload.size, upload.received, is_open, upload.file_id)


# -- papers --------------------------------------------------------------------------------------------------------


def paper(paper_id: UUID) -> PaperView:
    """A paper by id, for packages above that checked their own scope."""
    return paper_view(in_scope(Paper.objects.select_related("file").filter(pk=paper_id).first()))


def paper_for(actor: Actor, paper_id: UUID) -> PaperView:
    """A paper in the actor's own warehouse."""
    own = Paper.objects.select_related("file").filter(pk=paper_id, owner_party_id__in=actor.party_ids)
    return paper_view(in_scope(own.first()))


def papers_of(
    party_id: UUID, *, kind_code: str | None = None, only_in_force: bool = False
) -> Sequence[PaperView]:
    """The warehouse of a party, newest first, in one statement."""
    rows = Paper.objects.select_related("file").of_party(party_id).order_by("-recorded_at", "-id")
    if kind_code is not None:
        rows = rows.filter(kind_code=kind_code)
    if only_in_force:
        rows = rows.in_force(clock.today())
    return [paper_view(row) for row in rows]


def find_reusable(
    party_id: UUID, kind_code: str, *, on: date | None = None, least: TrustLevel = TrustLevel.COMPARED
) -> PaperView | None:
    """The paper that may stand for a component again: in force on the day, proved at least as far as `least`.

    Decree 45/2020 art. 16: nobody is asked again for a paper the administration holds. Results before scans, newest first.
    """
    day = on or clock.today()
    found = [
        view
        for view in papers_of(party_id, kind_code=kind_code)
        if is_reusable(Validity(view.valid_until, _ending(view)), view.trust, day, least)
    ]
    order = tuple(TrustLevel)
    return max(found, key=lambda view: (order.index(view.trust), view.recorded_at), default=None)


def reusable_papers(
    party_id: UUID, kind_codes: Collection[str], *, least: TrustLevel = TrustLevel.COMPARED
) -> dict[str, PaperView]:
    """As `find_reusable` for a whole checklist, today: kind code → the paper to offer. One statement."""
    kinds = {code for code in kind_codes if code}
    if not kinds:
        return {}
    day, order = clock.today(), tuple(TrustLevel)
    rows = Paper.objects.select_related("file").of_party(party_id).in_force(day).filter(kind_code__in=kinds)
    best: dict[str, PaperView] = {}
    for view in sorted(map(paper_view, rows), key=lambda one: (order.index(one.trust), one.recorded_at)):
        if order.index(view.trust) >= order.index(least):
            best[view.kind_code] = view
    return best


def warehouse(
    *, actor: Actor, after: UUID | None = None, limit: int = 20
) -> tuple[Sequence[PaperView], UUID | None]:
    """The actor's own papers, ended ones too, newest first; and where the next page begins (None: no more)."""
    rows = Paper.objects.select_related("file").filter(owner_party_id__in=actor.party_ids)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = [paper_view(row) for row in rows.order_by("-id")[: limit + 1]]
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def _ending(view: PaperView) -> Ending | None:
    return Ending(view.standing.value) if view.standing in (Standing.REPLACED, Standing.REVOKED) else None


def paper_view(row: Paper) -> PaperView:
    ending = Ending(row.ending) if row.ending else None
    return PaperView(
        id=row.id,
        file=file_view(row.file),
        owner_party_id=row.owner_party_id,
        kind_code=row.kind_code,
        title=row.title,
        number=row.number,
        symbol=row.symbol,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        source=PaperSource(row.source),
        trust=TrustLevel(row.trust),
        dossier_code=row.dossier_code,
        verification_code=row.verification_code,
        recorded_at=row.recorded_at,
        standing=standing(Validity(row.valid_until, ending), clock.today()),
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        replaced_by_id=row.replaced_by_id,
    )


# -- signing keys and attempts ---------------------------------------------------------------------------------------


def signing_keys_of(actor: Actor, pins: frozenset[str] = frozenset()) -> Sequence[SigningKeyView]:
    """Keys the actor may sign with: their own, and the seals of agencies in which they seal."""
    rows = SigningKey.objects.filter(withdrawn_at=None).order_by("label")
    return [_key_view(row, row.label in pins) for row in rows if may_use_key(actor, row)]


def may_use_key(actor: Actor, key: SigningKey) -> bool:
    if key.account_id is not None:
        return key.account_id == actor.account_id
    return actor.may("dossier.number_and_seal", key.agency_id)


def _key_view(key: SigningKey, has_pin: bool) -> SigningKeyView:
    return SigningKeyView(key.label, key.holder, key.account_id is not None, key.agency_id, has_pin)


def attempts_of(file_id: UUID) -> Sequence[AttemptView]:
    """Every attempt to sign the file, oldest first."""
    rows = SignatureAttempt.objects.filter(file_id=file_id).order_by("at", "id")
    return [
        AttemptView(
            at=row.at,
            key_label=row.key_label,
            kind=SignatureKind(row.kind),
            level=row.level,
            succeeded=not row.error_code,
            error_code=row.error_code,
            milliseconds=row.milliseconds,
        )
        for row in rows
    ]


# -- verification ----------------------------------------------------------------------------------------------------


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


def read_codes(picture: bytes) -> tuple[str, ...]:
    """Texts of the QR codes in a photograph or a scan; empty where there are none or it is not a picture."""
    return qr_texts(picture)


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
