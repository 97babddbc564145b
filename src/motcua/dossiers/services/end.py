"""Endings without a result."""

from uuid import UUID

from django.db import transaction

from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor


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
