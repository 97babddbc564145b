"""What a dossier keeps of its people beside the directory, for lists and search, and how it follows a correction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.directory.queries import PartyView
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.move import Act, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor, ActorKind
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.text import fold

_AT_ONCE = 500
_REASON = "Thông tin của người nộp đã được đính chính"


def search_text(applicant: PartyView, title: str, contact: Mapping[str, Any], former: str = "") -> str:
    """What a dossier is found by: names (a former one too), numbers, the phone of the contact, the title."""
    numbers = dict.fromkeys(filter(None, (applicant.number, applicant.old_number)))
    said = (applicant.full_name, former, *numbers, contact.get("phone") or "", title)
    return fold(" ".join(filter(None, said)))


def follow_correction(*, actor: Actor, party_id: UUID) -> int:
    """Dossiers show a corrected person as they are now, and are found by the former name as well. How many were changed.

    For the system, after `PartyCorrected`; each dossier in a transaction of its own, by an act that its passages tell. What
    passages and papers said before stays. Refuses: `PermissionRefused`.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionRefused
    applicant = directory.party(party_id)
    former = " ".join(directory.former_names(party_id))
    theirs = Dossier.objects.filter(applicant_id=party_id)
    return sum(
        _follow(actor, dossier_id, applicant, former)
        for dossier_id in theirs.values_list("id", flat=True).iterator(_AT_ONCE)
    )


@transaction.atomic
def _follow(actor: Actor, dossier_id: UUID, applicant: PartyView, former: str) -> bool:
    dossier = lock_dossier(actor, dossier_id, None)
    text = search_text(applicant, dossier.procedure_title, dossier.contact, former)
    is_changed = (dossier.applicant_name, dossier.search_text) != (applicant.full_name, text)
    if dossier.search_text != text:
        Dossier.objects.filter(pk=dossier.pk).update(search_text=text)
    if dossier.applicant_name != applicant.full_name:
        detail = {"before": dossier.applicant_name, "after": applicant.full_name}
        dossier.applicant_name = applicant.full_name
        make_move(actor, dossier, MoveKey.FOLLOW_CORRECTION, Act(reason=_REASON, detail=detail))
    return is_changed
