"""What the world does to open dossiers: agencies merge, calendars change, procedures get new versions.

None of it touches what was promised: the code stays, the first term stays on record, and every change is a passage with
its ground.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.errors import MoveImpossible, VersionForeign
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.term import reckoning_for
from motcua.dossiers.services.move import Act, Moved, check_may_move, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, authorise, machine_only

_BATCH = 500


def hand_over_to_successor(*, actor: Actor, predecessor_id: UUID, successor_id: UUID, decision: str) -> int:
    """Open dossiers of a closed agency go to its successor, one transaction each; returns how many went now.

    They wait there until somebody of the successor acknowledges (`acknowledge_hand_over`). A repeated call finds none left.
    """
    authorise(actor, "directory.manage", predecessor_id)
    successor = directory.agency(successor_id)
    count = 0
    for dossier_id in _open_of(predecessor_id):
        with transaction.atomic():
            dossier = lock_dossier(actor, dossier_id, None)
            moved_roles = [role for role in _ROLES if getattr(dossier, f"{role}_id") == predecessor_id]
            for role in moved_roles:
                setattr(dossier, f"{role}_id", successor_id)
            dossier.assignee_id, dossier.assignee_name = None, ""
            dossier.awaits_acknowledgement = True
            detail = {"successor": successor.name, "decision": decision, "roles": moved_roles}
            make_move(
                actor, dossier, MoveKey.TRANSFER, Act(reason=decision, agency_id=successor_id, detail=detail)
            )
            count += 1
    return count


def hand_over_due(*, actor: Actor) -> int:
    """Carry out every reorganisation whose day has come and whose predecessor still holds open dossiers; how many went.

    A decision is usually written down before it takes effect; the night before the day, this finds it.
    """
    machine_only(actor)
    found = directory.successions_until(clock.today())
    return sum(
        hand_over_to_successor(
            actor=actor, predecessor_id=predecessor, successor_id=successor, decision=decision
        )
        for predecessor, successor, decision in found
    )


@transaction.atomic
def acknowledge_hand_over(
    *, actor: Actor, dossier_id: UUID, note: str = "", seen: int | None = None
) -> Moved:
    """The successor has taken the dossier over, papers included. Needs `dossier.assign` in the competent agency.

    Refuses: `MoveImpossible` where nothing was handed over.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    check_may_move(actor, dossier, MoveKey.ACKNOWLEDGE, Act())
    if not dossier.awaits_acknowledgement:
        raise MoveImpossible(move="Xác nhận tiếp nhận bàn giao")
    dossier.awaits_acknowledgement = False
    return make_move(actor, dossier, MoveKey.ACKNOWLEDGE, Act(reason=note))


def reproject_terms(*, actor: Actor, agency_id: UUID | None, ground: str) -> int:
    """Reckon the terms of running dossiers anew after a calendar changed (one agency, or all); returns how many moved.

    A dossier whose term was extended by hand keeps that term; a paused one is reckoned when it goes on.
    """
    authorise(actor, "directory.manage", agency_id)
    running = Dossier.objects.filter(
        is_open=True, is_paused=False, received_at__isnull=False, extended_due_at=None
    )
    if agency_id is not None:
        running = running.filter(competent_id=agency_id)
    count = 0
    for dossier_id in list(running.values_list("id", flat=True)):
        with transaction.atomic():
            dossier = lock_dossier(actor, dossier_id, None)
            reckoning = reckoning_for(dossier, catalogue.version(dossier.version_id), explain=False)
            if reckoning is None or reckoning.due_at == dossier.due_at or dossier.is_paused:
                continue
            before = dossier.due_at
            dossier.due_at = reckoning.due_at
            detail = {"before": before.isoformat() if before else None, "after": reckoning.due_at.isoformat()}
            make_move(actor, dossier, MoveKey.REPROJECT, Act(reason=ground, detail=detail))
            count += 1
    return count


@transaction.atomic
def change_version(
    *, actor: Actor, dossier_id: UUID, version_id: UUID, ground: str, seen: int | None = None
) -> Moved:
    """Pin an open dossier to another version of its procedure, on a legal ground. Refuses: `VersionForeign`, `ReasonMissing`.

    Whoever manages the catalogue of the province does it, without a right to read the dossier: they see its code and dates
    only. The term is reckoned by the new version from the same receipt; the passage keeps both version numbers.
    """
    authorise(actor, "catalogue.manage")
    dossier = lock_dossier(SYSTEM, dossier_id, seen)
    old, new = catalogue.version(dossier.version_id), catalogue.version(version_id)
    if new.code != old.code or dossier.case_key not in {case.key for case in new.cases}:
        raise VersionForeign
    dossier.version_id = new.id
    reckoning = reckoning_for(dossier, new, explain=False)
    if reckoning is not None and dossier.extended_due_at is None:
        dossier.due_at = reckoning.due_at
    detail = {"from_version": old.number, "to_version": new.number}
    return make_move(actor, dossier, MoveKey.CHANGE_VERSION, Act(reason=ground, detail=detail))


def _open_of(agency_id: UUID) -> Iterator[UUID]:
    """Open dossiers in which the agency still has a part; read in batches, so a million is no matter."""
    mine = Q()
    for role in _ROLES:
        mine |= Q(**{f"{role}_id": agency_id})
    while True:
        batch = list(
            Dossier.objects.filter(mine, is_open=True).order_by("id").values_list("id", flat=True)[:_BATCH]
        )
        if not batch:
            return
        yield from batch


_ROLES = ("helping", "receiving", "competent", "returning")
