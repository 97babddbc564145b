"""Endings without a result."""

from uuid import UUID

from django.db import transaction

from motcua.catalogue.queries import Channel
from motcua.dossiers.errors import MoneyTaken, ReceptionOver, SentOnline
from motcua.dossiers.rules.lifecycle import is_in_time
from motcua.dossiers.services.move import Act, Moved, check_may_move, lock_dossier, make_move
from motcua.dossiers.words import MOVES, MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.payments import queries as payments


@transaction.atomic
def withdraw_dossier(*, actor: Actor, dossier_id: UUID, reason: str, seen: int | None = None) -> Moved:
    """The applicant takes the dossier back, as long as nothing is decided (Decree 118/2025 art. 21)."""
    dossier = lock_dossier(actor, dossier_id, seen)
    return make_move(actor, dossier, MoveKey.WITHDRAW, Act(reason=reason))


@transaction.atomic
def stop_dossier(*, actor: Actor, dossier_id: UUID, reason: str, seen: int | None = None) -> Moved:
    """The agency stops: at the applicant's request, or when a supplement never came (form 05)."""
    dossier = lock_dossier(actor, dossier_id, seen)
    return make_move(actor, dossier, MoveKey.STOP, Act(reason=reason))


@transaction.atomic
def undo_reception(*, actor: Actor, dossier_id: UUID, reason: str, seen: int | None = None) -> Moved:
    """The desk takes back a receipt by mistake (the wrong person or procedure, the same dossier twice) on its very day.

    The number stays with the dossier and is not given again; the person is told; it counts neither as withdrawn by them nor as
    stopped. Refuses: `SentOnline`, `ReceptionOver` on a later day, `MoneyTaken` while a receipt stands, `ReasonMissing`,
    `MoveImpossible`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    check_may_move(actor, dossier, MoveKey.UNDO_RECEPTION, Act(reason=reason))
    if dossier.channel == Channel.ONLINE:
        raise SentOnline
    if not is_in_time(MOVES[MoveKey.UNDO_RECEPTION], dossier.received_at, clock.now()):
        raise ReceptionOver
    if any(
        charge.receipt_id and charge.refunded < charge.amount
        for charge in payments.charges_of(dossier.id, is_locked=True)
    ):
        raise MoneyTaken
    return make_move(actor, dossier, MoveKey.UNDO_RECEPTION, Act(reason=reason))
