"""What a dossier keeps of its people beside the directory, for lists and search, and how it follows a correction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.directory.queries import PartyView
from motcua.dossiers.models import Dossier
from motcua.kernel.authority import Actor, ActorKind
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.text import fold

_AT_ONCE = 500


def search_text(applicant: PartyView, title: str, contact: Mapping[str, Any], former: str = "") -> str:
    """What a dossier is found by: names (a former one too), numbers, the phone of the contact, the title."""
    numbers = dict.fromkeys(filter(None, (applicant.number, applicant.old_number)))
    said = (applicant.full_name, former, *numbers, contact.get("phone") or "", title)
    return fold(" ".join(filter(None, said)))


@transaction.atomic
def follow_correction(*, actor: Actor, party_id: UUID) -> int:
    """Dossiers show a corrected person as they are now, and are found by the former name as well. How many were changed.

    For the system, after `PartyCorrected`; passages and papers already issued stay as they were. Refuses:
    `PermissionRefused`.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionRefused
    applicant = directory.party(party_id)
    former = " ".join(directory.former_names(party_id))
    rows = Dossier.objects.select_for_update().filter(applicant_id=party_id)
    changed = []
    for dossier in rows.only("applicant_name", "procedure_title", "contact", "search_text").iterator(
        _AT_ONCE
    ):
        text = search_text(applicant, dossier.procedure_title, dossier.contact, former)
        if (dossier.applicant_name, dossier.search_text) != (applicant.full_name, text):
            dossier.applicant_name, dossier.search_text = applicant.full_name, text
            changed.append(dossier)
    Dossier.objects.bulk_update(changed, ["applicant_name", "search_text"], batch_size=_AT_ONCE)
    return len(changed)
