"""Which client speaks to a key."""

import json
from pathlib import Path

from django.conf import settings

from motcua.documents.adapters.signing.protocol import Signer
from motcua.documents.errors import SigningKeyUnknown
from motcua.documents.models.signing import KeyPlace
from motcua.documents.queries import trust
from motcua.kernel.outside import outside


def open_signer(label: str, place: KeyPlace, pin: str | None) -> Signer:
    """The client of the key: the token behind the PKCS#11 module, or the file of a development installation."""
    outside("the signing token")
    # Signing libraries take a second to load; only who signs pays for it.
    from motcua.documents.adapters.signing.pkcs11 import Pkcs11Signer
    from motcua.documents.adapters.signing.software import SoftwareSigner

    known_pin = pin if pin else stored_pins().get(label, "")
    if place is KeyPlace.FILE:
        if Path(label).name != label:  # a name, never a way to another folder
            raise SigningKeyUnknown(label=label)
        return SoftwareSigner(path=Path(settings.MOTCUA_SIGNING_KEYS) / f"{label}.p12", pin=known_pin)
    return Pkcs11Signer(
        module=settings.MOTCUA_PKCS11_MODULE, token_label=label, pin=known_pin, chain=trust().intermediates
    )


def stored_pins() -> dict[str, str]:
    """PINs of a server's own HSM by token label (setting `MOTCUA_SIGNING_PINS`: a JSON file); people type theirs."""
    path = Path(settings.MOTCUA_SIGNING_PINS) if settings.MOTCUA_SIGNING_PINS else None
    if path is None or not path.is_file():
        return {}
    pins: dict[str, str] = json.loads(path.read_text())
    return pins
