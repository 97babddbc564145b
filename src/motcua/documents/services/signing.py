"""Signing a kept file. All or nothing: either a new file with a signature that verifies, or the old one as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, ngettext

from motcua.documents.adapters.signing.protocol import SignerIdentity, SigningOrder, TimeStamping
from motcua.documents.errors import (
    CertificateNotValid,
    ExistingSignatureBroken,
    NotPdf,
    SignerMismatch,
    SigningKeyUnknown,
    SigningRefused,
    TimeStampUnavailable,
    WrongPin,
)
from motcua.documents.models import FileRecord, SignatureAttempt, SignedRevision, SigningKey
from motcua.documents.models.signing import AttemptOutcome, KeyPlace
from motcua.documents.queries import FileView, file_view, judge, may_use_key, trust
from motcua.documents.rules.signatures.findings import PdfReading, StampFinding, TrustFinding
from motcua.documents.rules.signing import PERSONAL_KINDS
from motcua.documents.services.clients import open_signer, stored_pins
from motcua.documents.words import SignatureKind, SignatureLevel
from motcua.kernel import clock, storage
from motcua.kernel.authority import Actor, in_scope, machine_only
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.kernel.outside import outside

_CAUSES = {
    TrustFinding.REVOKED: "đã bị thu hồi",
    TrustFinding.REVOKED_LATER: "đã bị thu hồi",
    TrustFinding.EXPIRED: "ngoài thời hạn hiệu lực",
    TrustFinding.NO_CHAIN: "không do tổ chức được tin cậy cấp",
    TrustFinding.WEAK: "dùng thuật toán không còn được tin cậy",
}


def sign_pdf(
    *,
    actor: Actor,
    file_id: UUID,
    key_label: str,
    kind: SignatureKind,
    pin: str | None = None,
    reason: str = "",
    note: str = "",
) -> FileView:
    """Sign the file with the key and keep the result as a new file (same name and owner).

    `kind` decides look and place; personal kinds need the actor's own key, seals need `dossier.number_and_seal` in the
    agency of the key. `pin` may be left out where the installation knows it. Level by setting `MOTCUA_SIGNATURE_LEVEL`.
    The attempt is recorded whatever happens, so this must be called **outside** a transaction (it refuses otherwise
    with `InsideTransaction`). Refuses: the kin of `SigningRefused`, `SigningKeyUnknown`, `PermissionRefused`, `OutOfScope`.
    """
    record = in_scope(FileRecord.objects.filter(pk=file_id).first())
    outside("the signing token")
    key = SigningKey.objects.select_related("image").filter(label=key_label, withdrawn_at=None).first()
    attempt = SignatureAttempt(
        file_id=file_id,
        key_label=key_label,
        kind=kind.value,
        level=_level().value,
        account_id=actor.account_id,
    )
    began, attempt.at = monotonic(), clock.now()
    try:
        signed, serial, revisions = _signed(actor, record, key, kind, pin, SigningWords(reason, note))
    except WrongPin as refusal:
        _record(attempt, began, error_code=refusal.code)
        raise WrongPin(tries=_tries(key_label, is_final=refusal.is_final)) from refusal
    except DomainError as refusal:
        _record(attempt, began, error_code=refusal.code)
        raise
    attempt.certificate_serial = serial
    stored = storage.store().put(BytesIO(signed))
    with transaction.atomic(durable=True):
        kept = _keep(actor, record, stored)
        SignedRevision.objects.bulk_create(
            SignedRevision(sha256=digest, file=kept, position=position)
            for position, digest in enumerate(revisions)
        )
        attempt.signed_file_id = kept.id
        _record(attempt, began)
    return file_view(kept)


def _tries(key_label: str, *, is_final: bool) -> str:
    """How many wrong PINs in a row this house has seen for the key, and what is left: by the device's own word where it gives
    one, else by `MOTCUA_TOKEN_PIN_TRIES` less those, for a wrong one typed elsewhere counts at the device too.
    """
    attempts = SignatureAttempt.objects.filter(key_label=key_label)
    last_right = attempts.filter(outcome=AttemptOutcome.SIGNED).aggregate(at=Max("at"))["at"]
    since = attempts.filter(at__gt=last_right) if last_right else attempts
    wrong = since.filter(error_code=WrongPin.code).count()
    said = ngettext("Sai %(n)s lần liên tiếp.", "Sai %(n)s lần liên tiếp.", wrong) % {"n": wrong}
    if is_final:
        return f"{said} {gettext('Thiết bị báo: sai một lần nữa là khóa.')}"
    most = settings.MOTCUA_TOKEN_PIN_TRIES
    if not most:
        return said
    left = max(0, most - wrong)
    more = ngettext("Thiết bị còn nhiều nhất %(n)s lần.", "Thiết bị còn nhiều nhất %(n)s lần.", left)
    return f"{said} {more % {'n': left}}"


def sign_form(*, actor: Actor, file_id: UUID, agency_id: UUID, reason: str = "") -> FileView | None:
    """Sign a statutory form with the agency's key, where the installation knows the PIN of one; None where it does not, and
    the form is signed by hand (Decree 68/2024/NĐ-CP: by the officer or the agency).

    Only the machine signs so; outside a transaction. Refuses as `sign_pdf` does.
    """
    machine_only(actor)
    known = set(stored_pins())
    keys = SigningKey.objects.filter(agency_id=agency_id, withdrawn_at=None).order_by("registered_at")
    label = next((label for label in keys.values_list("label", flat=True) if label in known), None)
    if label is None:
        return None
    return sign_pdf(actor=actor, file_id=file_id, key_label=label, kind=SignatureKind.FORM, reason=reason)


@dataclass(frozen=True, slots=True)
class DataSigned:
    """A detached signature over data that is no PDF (CMS, DER), and whose key made it."""

    signature: bytes
    key_label: str
    certificate_serial: str


def sign_agency_data(*, actor: Actor, agency_id: UUID, data: Sequence[bytes]) -> list[DataSigned]:
    """Detached signatures of the agency's key over each of `data`, in their order: receipts and returns to authorities.

    Only the machine signs so, with a key whose PIN the installation knows; called outside a transaction. Refuses:
    `PermissionRefused`, `SigningKeyUnknown` (the agency has no key), the kin of `SigningRefused`.
    """
    machine_only(actor)
    outside("a signing key")
    key = SigningKey.objects.filter(agency_id=agency_id, withdrawn_at=None).order_by("registered_at").first()
    if key is None:
        raise SigningKeyUnknown
    signer = open_signer(key.label, KeyPlace(key.place), None)
    identity = signer.identity()
    _check_identity(identity, key)
    return [DataSigned(signer.sign_data(one), key.label, identity.serial) for one in data]


class SigningWords:
    """Reason of the signature and, for copies, the form of the copy."""

    def __init__(self, reason: str, note: str) -> None:
        self.reason, self.note = reason, note


def _signed(
    actor: Actor,
    record: FileRecord,
    key: SigningKey | None,
    kind: SignatureKind,
    pin: str | None,
    words: SigningWords,
) -> tuple[bytes, str, list[str]]:
    if key is None:
        raise SigningKeyUnknown
    _check_entitled(actor, key, kind)
    if record.media_type != "application/pdf":
        raise NotPdf
    with storage.store().open(record.sha256) as stream:
        pdf = stream.read()
    _check_existing(pdf)
    signer = open_signer(key.label, KeyPlace(key.place), pin)
    identity = signer.identity()
    _check_identity(identity, key)
    signed = signer.sign(pdf, _order(kind, key, words))
    made = _read(signed)
    _check_made(made, identity)
    return signed, identity.serial, list(dict.fromkeys(one.revision for one in made.people))


def _check_entitled(actor: Actor, key: SigningKey, kind: SignatureKind) -> None:
    if (kind in PERSONAL_KINDS) != (key.account_id is not None):
        raise SignerMismatch
    if not may_use_key(actor, key):
        raise SignerMismatch if key.account_id else PermissionRefused(permission="dossier.number_and_seal")


def _check_existing(pdf: bytes) -> None:
    """A signature over a broken one would lend it its own credit."""
    before = _read(pdf, online=False)
    if not before.is_readable:
        raise NotPdf
    if before.signatures and not before.is_valid:
        raise ExistingSignatureBroken


def _check_identity(identity: SignerIdentity, key: SigningKey) -> None:
    if identity.fingerprint != key.fingerprint:
        raise SignerMismatch
    if not identity.not_before <= clock.now() <= identity.not_after:
        raise CertificateNotValid(name=identity.name, cause=_CAUSES[TrustFinding.EXPIRED])


def _check_made(reading: PdfReading, identity: SignerIdentity) -> None:
    """Nothing is kept that the verification page would reject a minute later."""
    if reading.is_valid and not _lacks_stamp(reading):
        return
    own = reading.people[-1:]
    for signature in own:
        if signature.trust in _CAUSES:
            raise CertificateNotValid(name=identity.name, cause=_CAUSES[signature.trust])
    raise TimeStampUnavailable if _lacks_stamp(reading) else SigningRefused


def _lacks_stamp(reading: PdfReading) -> bool:
    """A stamp was made whose authority this installation does not trust: it would prove nothing to anybody here."""
    return any(
        one.stamp in (StampFinding.BROKEN, StampFinding.UNKNOWN_AUTHORITY) for one in reading.people[-1:]
    )


def _read(pdf: bytes, *, online: bool | None = None) -> PdfReading:
    return judge(pdf, online=online)


def _order(kind: SignatureKind, key: SigningKey, words: SigningWords) -> SigningOrder:
    order = SigningOrder(
        kind=kind,
        level=_level(),
        at=clock.now(),
        reason=words.reason,
        note=words.note,
        trust_roots=trust().roots,
        timeout=settings.MOTCUA_SIGNING_TIMEOUT,
    )
    if settings.MOTCUA_TSA_URL:
        stamping = TimeStamping(settings.MOTCUA_TSA_URL, settings.MOTCUA_TSA_TIMEOUT)
        order = replace(order, time_stamping=stamping)
    if key.image is not None:
        with storage.store().open(key.image.sha256) as stream:
            order = replace(order, image=stream.read())
    return order


def _level() -> SignatureLevel:
    return SignatureLevel(settings.MOTCUA_SIGNATURE_LEVEL)


def _keep(actor: Actor, original: FileRecord, stored: storage.Stored) -> FileRecord:
    return FileRecord.objects.create(
        sha256=stored.sha256,
        size=stored.size,
        media_type=original.media_type,
        pages=original.pages,
        filename=original.filename,
        owner_party_id=original.owner_party_id,
        kept_by_id=actor.account_id,
        kept_at=clock.now(),
        # Signing adds to the bytes and looks into none: what was known of them is still all that is known.
        malware=original.malware,
        malware_note=original.malware_note,
        checked_by=original.checked_by,
        checked_at=original.checked_at,
    )


def _record(attempt: SignatureAttempt, began: float, error_code: str = "") -> None:
    attempt.milliseconds = round((monotonic() - began) * 1000)
    attempt.outcome = AttemptOutcome.FAILED if error_code else AttemptOutcome.SIGNED
    attempt.error_code = error_code
    if not error_code:
        attempt.save(force_insert=True)
        return
    with transaction.atomic(durable=True):  # must survive the refusal that follows
        attempt.save(force_insert=True)
