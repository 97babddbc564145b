"""What is recorded of a person, put right or put together: the directory's acts, within the reach of whoever does them."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.queries import ConflictOutcome, MergedDetail, Sex
from motcua.dossiers.queries.people import AT_PEOPLE, people_within_reach
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.errors import OutOfScope
from motcua.kernel.values import PartialDate

_MAY_MERGE = ("person.merge",)


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    party_id: UUID,
    reason: str,
    full_name: str | None = None,
    personal_number: str | None = None,
    birth_on: date | PartialDate | None = None,
    sex: Sex | None = None,
) -> None:
    """Put right what was recorded wrongly of a person within the actor's reach (None: as it is).

    Refuses: `OutOfScope`, and what `directory.services.correct_person` refuses.
    """
    _check_reach(actor, [party_id], AT_PEOPLE)
    registry.correct_person(
        actor=actor,
        party_id=party_id,
        reason=reason,
        full_name=full_name,
        personal_number=personal_number,
        birth_on=birth_on,
        sex=sex,
    )


@transaction.atomic
def update_contact(*, actor: Actor, party_id: UUID, phone: str, email: str, address: str) -> None:
    """Change how a party within the actor's reach is reached.

    Refuses: `OutOfScope`, and what `directory.services.update_contact` refuses.
    """
    _check_reach(actor, [party_id], AT_PEOPLE)
    registry.update_contact(actor=actor, party_id=party_id, phone=phone, email=email, address=address)


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
    _check_reach(actor, [party_id, former_id], _MAY_MERGE)
    return registry.merge_people(
        actor=actor, party_id=party_id, former_id=former_id, taken=taken, reason=reason
    )


@transaction.atomic
def decide_identity_conflict(
    *, actor: Actor, conflict_id: UUID, outcome: ConflictOutcome, ground: str
) -> None:
    """Say whose an electronic identity is, if the person with that number is within the actor's reach.

    Refuses: `OutOfScope`, and what `directory.services.decide_identity_conflict` refuses.
    """
    _check_reach(actor, [directory.party_of_conflict(conflict_id)], _MAY_MERGE)
    registry.decide_identity_conflict(actor=actor, conflict_id=conflict_id, outcome=outcome, ground=ground)


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: UUID, reason: str) -> None:
    """Part two records again, if the person is within the actor's reach.

    Refuses: `PermissionRefused`, `OutOfScope`, `MergeUndone`, `MergeCovered`, `PartyNumberTaken`, `NameMissing`.
    """
    merged = directory.merge(merge_id)
    _check_reach(actor, [merged.standing_id], _MAY_MERGE)
    registry.undo_merge(actor=actor, merge_id=merge_id, reason=reason)


def _check_reach(actor: Actor, party_ids: Collection[UUID], permissions: Sequence[str]) -> None:
    if not any(actor.may(one) for one in permissions):
        authorise(actor, permissions[0])
    if people_within_reach(actor=actor, party_ids=party_ids, permissions=permissions) != frozenset(party_ids):
        raise OutOfScope
