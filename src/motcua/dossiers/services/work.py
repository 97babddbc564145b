"""The officers' work between receipt and decision."""

from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.dossiers.services.charges import require_settled
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope


@transaction.atomic
def assign(
    *, actor: Actor, dossier_id: UUID, assignee_id: UUID, note: str = "", seen: int | None = None
) -> Moved:
    """Give the dossier to a case officer of the competent agency (`assignee_id` is an account)."""
    dossier = lock_dossier(actor, dossier_id, seen)
    officer = directory.actor_of(assignee_id)
    if not officer.may("dossier.appraise", dossier.competent_id):
        raise OutOfScope
    before = dossier.assignee_name
    dossier.assignee_id, dossier.assignee_name = assignee_id, officer.name
    detail = {"assignee": officer.name, "before": before}
    return make_move(actor, dossier, MoveKey.ASSIGN, Act(reason=note, detail=detail))


@transaction.atomic
def forward(
    *,
    actor: Actor,
    dossier_id: UUID,
    note: str = "",
    assignee_id: UUID | None = None,
    seen: int | None = None,
) -> Moved:
    """Finish the present step of appraisal and pass the dossier to the next one."""
    dossier = lock_dossier(actor, dossier_id, seen)
    detail: dict[str, str] = {}
    if assignee_id is not None:
        officer = directory.actor_of(assignee_id)
        if not officer.may("dossier.appraise", dossier.competent_id):
            raise OutOfScope
        dossier.assignee_id, dossier.assignee_name = assignee_id, officer.name
        detail = {"assignee": officer.name}
    return make_move(actor, dossier, MoveKey.FORWARD, Act(reason=note, detail=detail))


@transaction.atomic
def require_payment(*, actor: Actor, dossier_id: UUID, reason: str, seen: int | None = None) -> Moved:
    """The person has to meet a financial obligation first (status 6); the clock stands still."""
    dossier = lock_dossier(actor, dossier_id, seen)
    return make_move(actor, dossier, MoveKey.REQUIRE_PAYMENT, Act(reason=reason))


@transaction.atomic
def settle_payment(*, actor: Actor, dossier_id: UUID, proof: str = "", seen: int | None = None) -> Moved:
    """The obligation is met: charges settled here, or proof of payment elsewhere. Refuses: `FeeUnpaid`."""
    dossier = lock_dossier(actor, dossier_id, seen)
    require_settled(dossier)
    return make_move(actor, dossier, MoveKey.SETTLE, Act(reason=proof, detail={"proof": proof}))
