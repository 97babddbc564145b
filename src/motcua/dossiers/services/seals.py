"""The daily seal over the record: written, time-stamped, kept outside, told to whoever keeps copies."""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from motcua.documents import services as documents
from motcua.documents.errors import TimeStampUnavailable
from motcua.dossiers.events import HistorySealed
from motcua.kernel.authority import Actor, machine_only
from motcua.kernel.events import announce
from motcua.kernel.seals import Seal, keep_stamp, seal_record, seals


def seal_history(*, actor: Actor) -> int:
    """Seal what the record gained; gives the number of the seal. Announces `HistorySealed`. Refuses: `PermissionRefused`.

    The document is kept whether or not a time-stamp authority answers; `stamp_seals` asks again for those without.
    """
    machine_only(actor)
    with transaction.atomic():
        sealed = seal_record()
        announce(HistorySealed(number=sealed.number))
    stamp_seals(actor=actor)
    return sealed.number


def stamp_seals(*, actor: Actor) -> int:
    """Time-stamp seals that have none yet and lay all that are not there into the folder of `MOTCUA_SEALS`; gives how
    many were stamped. Refuses: `PermissionRefused`.
    """
    machine_only(actor)
    stamped = 0
    for seal in seals():
        if seal.token is None:
            try:
                keep_stamp(seal.number, documents.time_stamp(seal.digest))
            except TimeStampUnavailable:
                break
            stamped += 1
    for seal in seals():
        _lay_outside(seal)
    return stamped


def seal_name(number: int) -> str:
    """Name of the file that keeps a seal outside."""
    return f"seal-{number:06d}.json"


def _lay_outside(seal: Seal) -> None:
    """What lies there already is never written over: it may be the only witness."""
    folder = Path(settings.MOTCUA_SEALS)
    folder.mkdir(parents=True, exist_ok=True)
    document = folder / seal_name(seal.number)
    pairs = [(document, seal.document.encode())]
    pairs += [(document.with_suffix(".tsr"), seal.token)] if seal.token is not None else []
    for path, content in pairs:
        if not path.exists():
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.write_bytes(content)
            draft.rename(path)
