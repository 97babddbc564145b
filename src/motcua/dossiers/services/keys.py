"""Which key an officer signs with."""

from collections.abc import Iterator
from uuid import UUID

from motcua.documents import queries as custody
from motcua.dossiers.errors import SigningKeyMissing
from motcua.kernel.authority import Actor


def personal_key(actor: Actor) -> str:
    """Label of the actor's own key. Refuses: `SigningKeyMissing`."""
    return _first(key.label for key in custody.signing_keys_of(actor) if key.is_personal)


def agency_key(actor: Actor, agency_id: UUID) -> str:
    """Label of the agency's seal, if the actor keeps it. Refuses: `SigningKeyMissing`."""
    return _first(key.label for key in custody.signing_keys_of(actor) if key.agency_id == agency_id)


def _first(labels: Iterator[str]) -> str:
    label = next(labels, None)
    if label is None:
        raise SigningKeyMissing
    return label
