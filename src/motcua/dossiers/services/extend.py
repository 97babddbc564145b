"""Apology and one new appointment (form 04)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.terms import check_extension
from motcua.dossiers.services.decide import borrow
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def propose_extension(
    *, actor: Actor, dossier_id: UUID, reason: str, new_due_at: datetime, seen: int | None = None
) -> Moved:
    """Whoever works on the dossier proposes to the head that it be appointed anew; the applicant is told nothing yet.

    Refuses: `ReasonMissing`, `ExtensionRefused` where the head could not agree either.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    _check(dossier, new_due_at)
    dossier.proposed_due_at = new_due_at
    detail = {"new_due_at": clock.local(new_due_at).isoformat(timespec="minutes")}
    return make_move(actor, dossier, MoveKey.PROPOSE_EXTENSION, Act(reason=reason, detail=detail))


@transaction.atomic
def apologise_and_extend(
    *, actor: Actor, dossier_id: UUID, reason: str, new_due_at: datetime, seen: int | None = None
) -> Moved:
    """The head of the agency apologises and appoints anew: once, at least one day before the due date (form 04).

    The promised moment stays on record. Refuses: `ExtensionRefused`, `SigningRefused` for whoever is not the head or a
    delegate.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    _check(dossier, new_due_at)
    dossier.extensions += 1
    dossier.proposed_due_at = None
    act = Act(
        reason=reason,
        new_due_at=new_due_at,
        form_content={"new_due_at": clock.local(new_due_at).isoformat(timespec="minutes")},
    )
    borrow(actor, dossier, act)
    return make_move(actor, dossier, MoveKey.EXTEND, act)


def _check(dossier: Dossier, new_due_at: datetime) -> None:
    check_extension(
        now=clock.now(),
        due_at=dossier.due_at,
        new_due_at=new_due_at,
        extended=dossier.extensions,
        today=clock.today(),
        due_on=clock.local(dossier.due_at).date() if dossier.due_at else None,
    )
