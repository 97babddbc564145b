"""Apology and one new appointment (form 04)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers.rules.terms import check_extension
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def apologise_and_extend(
    *, actor: Actor, dossier_id: UUID, reason: str, new_due_at: datetime, seen: int | None = None
) -> Moved:
    """Once, at least one day before the due date. The promised moment stays on record. Refuses: `ExtensionRefused`."""
    dossier = lock_dossier(actor, dossier_id, seen)
    check_extension(
        now=clock.now(),
        due_at=dossier.due_at,
        new_due_at=new_due_at,
        extended=dossier.extensions,
        today=clock.today(),
        due_on=clock.local(dossier.due_at).date() if dossier.due_at else None,
    )
    dossier.extensions += 1
    act = Act(
        reason=reason,
        new_due_at=new_due_at,
        form_content={"new_due_at": clock.local(new_due_at).isoformat(timespec="minutes")},
    )
    return make_move(actor, dossier, MoveKey.EXTEND, act)
