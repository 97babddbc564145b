"""Putting together what was recorded twice of one person: the directory's act, within the reach of whoever does it."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.queries import MergedDetail
from motcua.dossiers.queries.people import is_within_reach
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.errors import OutOfScope


@transaction.atomic
def merge_people(
    *,
    actor: Actor,
    party_id: UUID,
    former_id: UUID,
    taken: Collection[MergedDetail] = (),
    reason: str,
) -> UUID:
    """Let one record stand for both, if both people are within the actor's reach; the id of the merge.

    Refuses: `PermissionRefused`, `OutOfScope`, `PeopleDiffer`, `AlreadyMerged`, `NameMissing` (no reason).
    """
    _check_reach(actor, party_id, former_id)
    return registry.merge_people(
        actor=actor, party_id=party_id, former_id=former_id, taken=taken, reason=reason
    )


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: UUID, reason: str) -> None:
    """Part two records again, if the person is within the actor's reach.

    Refuses: `PermissionRefused`, `OutOfScope`, `MergeUndone`, `MergeCovered`, `PartyNumberTaken`, `NameMissing`.
    """
    authorise(actor, "person.merge")
    merged = directory.merge(merge_id)
    _check_reach(actor, merged.standing_id)
    registry.undo_merge(actor=actor, merge_id=merge_id, reason=reason)


def _check_reach(actor: Actor, *party_ids: UUID) -> None:
    authorise(actor, "person.merge")
    if not all(is_within_reach(actor=actor, party_id=party_id) for party_id in party_ids):
        raise OutOfScope
