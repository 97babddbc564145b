"""Entrusting keys to people and agencies."""

from uuid import UUID

from django.db import transaction

from motcua.directory import services as directory
from motcua.documents.adapters.signing.protocol import SignerIdentity
from motcua.documents.errors import SigningKeyHeld, SigningKeyUnknown
from motcua.documents.models import SigningKey
from motcua.documents.models.signing import KeyPlace
from motcua.documents.services.clients import open_signer
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise


def read_token(
    *, actor: Actor, label: str, pin: str | None = None, place: KeyPlace = KeyPlace.TOKEN
) -> SignerIdentity:
    """What the certificate of a key says, to show it before the key is entrusted. Touches no table.

    Refuses: `PermissionRefused` (needs `directory.manage`), `WrongPin`, `PinMissing`, `TokenMissing`.
    """
    authorise(actor, "directory.manage")
    return open_signer(label, place, pin).identity()


@transaction.atomic
def register_signing_key(
    *,
    actor: Actor,
    label: str,
    identity: SignerIdentity,
    account_id: UUID | None = None,
    agency_id: UUID | None = None,
    place: KeyPlace = KeyPlace.TOKEN,
    image_file_id: UUID | None = None,
) -> None:
    """Entrust the key `label` to an account (own signature) or an agency (seal): exactly one of the two.

    `identity` is what the certificate in the token says (`services.read_token`); signing refuses another certificate.
    Registering again replaces the certificate; it does not give the key to somebody else while it is entrusted.
    Refuses: `SigningKeyHeld`, `PermissionRefused` (needs `directory.manage`). The directory keeps a line and tells.
    """
    authorise(actor, "directory.manage")
    held = SigningKey.objects.select_for_update().filter(label=label, withdrawn_at=None).first()
    if held is not None and (held.account_id, held.agency_id) != (account_id, agency_id):
        raise SigningKeyHeld(label=label)
    SigningKey.objects.update_or_create(
        label=label,
        defaults={
            "place": place,
            "account_id": account_id,
            "agency_id": agency_id,
            "holder": identity.name,
            "fingerprint": identity.fingerprint,
            "image_id": image_file_id,
            "registered_at": clock.now(),
            "withdrawn_at": None,
        },
    )
    directory.note_signing_key(
        actor=actor, is_entrusted=True, holder=identity.name, account_id=account_id, agency_id=agency_id
    )


@transaction.atomic
def withdraw_signing_key(*, actor: Actor, label: str) -> None:
    """The key signs no more; what it signed stays. Refuses: `PermissionRefused`, `SigningKeyUnknown`."""
    authorise(actor, "directory.manage")
    row = SigningKey.objects.select_for_update().filter(label=label, withdrawn_at=None).first()
    if row is None:
        raise SigningKeyUnknown
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    directory.note_signing_key(
        actor=actor,
        is_entrusted=False,
        holder=row.holder,
        account_id=row.account_id,
        agency_id=row.agency_id,
    )
