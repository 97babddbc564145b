"""Entrusting keys to people and agencies."""

from uuid import UUID

from django.db import transaction

from motcua.documents.adapters.signing.protocol import SignerIdentity
from motcua.documents.errors import SigningKeyUnknown
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
    Registering again replaces the certificate. Refuses: `PermissionRefused` (needs `directory.manage`).
    """
    authorise(actor, "directory.manage")
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


@transaction.atomic
def withdraw_signing_key(*, actor: Actor, label: str) -> None:
    """The key signs no more; what it signed stays. Refuses: `PermissionRefused`, `SigningKeyUnknown`."""
    authorise(actor, "directory.manage")
    if not SigningKey.objects.filter(label=label, withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise SigningKeyUnknown
