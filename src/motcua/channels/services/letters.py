"""Letters to people in office."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.channels.models import OfficialLetter
from motcua.channels.services.sending import put_out_letter
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, machine_only


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the content store that goes with a letter."""

    filename: str
    media_type: str
    sha256: str


@transaction.atomic
def write_letter(
    *,
    actor: Actor = SYSTEM,
    key: str,
    address: str,
    subject: str,
    body: str,
    enclosures: Sequence[KeptFile] = (),
) -> UUID:
    """Write a letter to somebody in office and have it sent; the same `key` and address twice is one letter.

    Subjects and bodies must carry no personal detail of a citizen.
    """
    machine_only(actor)
    letter, is_new = OfficialLetter.objects.get_or_create(
        key=key,
        address=address,
        defaults={
            "subject": " ".join(subject.split()),
            "body": body,
            "enclosures": [[one.filename, one.media_type, one.sha256] for one in enclosures],
            "written_at": clock.now(),
        },
    )
    if is_new:
        put_out_letter(letter)
        letter.save(update_fields=["message_id"])
    return letter.id


@transaction.atomic
def mail_seal(*, actor: Actor = SYSTEM, number: int) -> int:
    """Write the letters that carry a seal to the addresses of `MOTCUA_SEAL_MAIL`; gives how many. A repeated call makes
    nothing new.

    The seal is in the letter itself: it holds counts and digests, nothing of any person.
    """
    machine_only(actor)
    seal = dossiers.seal_of(number)
    if seal is None:
        return 0
    for address in settings.MOTCUA_SEAL_MAIL:
        write_letter(
            actor=actor,
            key=f"seal-{number}",
            address=address,
            subject=f"Một Cửa: dấu niêm phong nhật ký số {number}",
            body=f"SHA-256 {seal.digest.hex()}\n\n{seal.document}\n",
        )
    return len(settings.MOTCUA_SEAL_MAIL)
