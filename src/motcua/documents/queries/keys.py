"""Keys an actor may sign with, and what became of each attempt to sign."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from motcua.documents.models import SignatureAttempt, SigningKey
from motcua.documents.models.signing import KeyPlace as KeyPlace
from motcua.documents.words import SignatureKind
from motcua.kernel.authority import Actor, authorise


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
class KeyHeldView:
    """A key as administrators see it: whose it is, what its certificate says, since when (and until when) it signs."""

    label: str
    place: KeyPlace
    holder: str
    fingerprint: str
    account_id: UUID | None
    agency_id: UUID | None
    registered_at: datetime
    withdrawn_at: datetime | None


def signing_keys_held(
    *, actor: Actor, agency_id: UUID, account_ids: Collection[UUID]
) -> tuple[KeyHeldView, ...]:
    """Keys of an agency's seal and of people who serve in it, those in use first. Raises `PermissionRefused`."""
    authorise(actor, "directory.manage", agency_id)
    whose = Q(agency_id=agency_id) | Q(account_id__in=account_ids)
    rows = SigningKey.objects.filter(whose).order_by(F("withdrawn_at").desc(nulls_first=True), "label")
    return tuple(
        KeyHeldView(
            label=row.label,
            place=KeyPlace(row.place),
            holder=row.holder,
            fingerprint=row.fingerprint,
            account_id=row.account_id,
            agency_id=row.agency_id,
            registered_at=row.registered_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


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
