"""What a dossier keeps of its people beside the directory, for lists and search, and how it follows a correction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.directory.queries import KnownAs, PartyView
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.move import Act, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor, ActorKind
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.text import fold

_AT_ONCE = 500
_CORRECTED = "Thông tin của người nộp đã được đính chính"
_MERGED = "Hai bản ghi của người nộp được gộp làm một"
_PARTED = "Việc gộp hai bản ghi của người nộp được hoàn tác"


def search_text(applicant: PartyView, title: str, contact: Mapping[str, Any], known: KnownAs | None) -> str:
    """What a dossier is found by: names and numbers (former ones and those of merged records too, where any is `known`), the
    phone of the contact, the title.
    """
    names = dict.fromkeys([applicant.full_name, *(known.names if known else ())])
    numbers = dict.fromkeys(
        filter(None, (applicant.number, applicant.old_number, *(known.numbers if known else ())))
    )
    said = (*names, *numbers, contact.get("phone") or "", title)
    return fold(" ".join(filter(None, said)))


def follow_correction(*, actor: Actor, party_id: UUID) -> int:
    """Dossiers show a corrected person as they are now, and are found by the former name as well. How many were changed.

    For the system, after `PartyCorrected`; each dossier in a transaction of its own, by an act that its passages tell. What
    passages and papers said before stays. Refuses: `PermissionRefused`.
    """
    return _follow_all(actor, party_id, _CORRECTED)


def follow_merge(*, actor: Actor, party_id: UUID, former_id: UUID, is_undone: bool = False) -> int:
    """Dossiers of two records that were merged are shown under the one that stands and found by both; parted again, each by
    its own. How many were changed.

    For the system, after `PeopleMerged` and `PeopleParted`. Whose dossier it is does not change: what was recorded for the
    former one stays there. Refuses: `PermissionRefused`.
    """
    reason = _PARTED if is_undone else _MERGED
    parties = (party_id, former_id) if is_undone else (party_id,)
    return sum(_follow_all(actor, one, reason) for one in parties)


def _follow_all(actor: Actor, party_id: UUID, reason: str) -> int:
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionRefused
    applicant, known = directory.party(party_id), directory.known_as(party_id)
    theirs = Dossier.objects.filter(applicant_id__in=directory.records_of([party_id]))
    return sum(
        _follow(actor, dossier_id, applicant, known, reason)
        for dossier_id in theirs.values_list("id", flat=True).iterator(_AT_ONCE)
    )


@transaction.atomic
def _follow(actor: Actor, dossier_id: UUID, applicant: PartyView, known: KnownAs, reason: str) -> bool:
    dossier = lock_dossier(actor, dossier_id, None)
    text = search_text(applicant, dossier.procedure_title, dossier.contact, known)
    is_changed = (dossier.applicant_name, dossier.search_text) != (applicant.full_name, text)
    if dossier.search_text != text:
        Dossier.objects.filter(pk=dossier.pk).update(search_text=text)
    if dossier.applicant_name != applicant.full_name:
        detail = {"before": dossier.applicant_name, "after": applicant.full_name}
        dossier.applicant_name = applicant.full_name
        make_move(actor, dossier, MoveKey.FOLLOW_CORRECTION, Act(reason=reason, detail=detail))
    return is_changed
