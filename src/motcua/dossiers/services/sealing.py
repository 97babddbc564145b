"""The seal clerk's tray: several results numbered, sealed and issued with one PIN."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from motcua.documents.errors import SigningStopped, TokenRefused
from motcua.dossiers.rules.holding import awaited
from motcua.dossiers.services.correct import seal_correction
from motcua.dossiers.services.finish import Signed, issue_result, number_and_seal
from motcua.dossiers.services.move import Moved, lock_dossier
from motcua.dossiers.words import MoveKey, State
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError


def seal_and_issue(*, actor: Actor, dossier_ids: Sequence[UUID], pin: str = "") -> tuple[Signed, ...]:
    """Seal what is signed, then issue it; what is sealed already is only issued, a correction takes the place of what it
    corrects. Each act is a transaction of its own: a refusal of one dossier does not hold up the others.

    A refusal of the device (a wrong PIN, say) ends the batch: it is asked no second time, what was issued stays issued, and
    the others say `SigningStopped`.
    """
    done: list[Signed] = []
    for at, dossier_id in enumerate(dossier_ids):
        try:
            done.append(Signed(dossier_id, _through(actor, dossier_id, pin), None))
        except TokenRefused as refusal:
            rest = (Signed(other, None, SigningStopped()) for other in dossier_ids[at + 1 :])
            return (*done, Signed(dossier_id, None, refusal), *rest)
        except DomainError as refusal:
            done.append(Signed(dossier_id, None, refusal))
    return tuple(done)


def _through(actor: Actor, dossier_id: UUID, pin: str) -> Moved:
    duty = _duty(actor, dossier_id)
    if duty is MoveKey.SEAL_CORRECTION:
        return seal_correction(actor=actor, dossier_id=dossier_id, pin=pin)
    if duty is not MoveKey.ISSUE:  # sealing refuses what is not signed
        number_and_seal(actor=actor, dossier_id=dossier_id, pin=pin)
    return issue_result(actor=actor, dossier_id=dossier_id)


@transaction.atomic
def _duty(actor: Actor, dossier_id: UUID) -> MoveKey | None:
    dossier = lock_dossier(actor, dossier_id, None)
    return awaited(State(dossier.state), is_assigned=dossier.assignee_id is not None)
