"""Checking the whole chain of passages in the background."""

from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from motcua.dossiers.models import ChainCheck, Dossier
from motcua.dossiers.queries import verify_chain
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, machine_only

CHECK_CHAIN = "dossiers.check_chain"
_KEPT_FAULTS = 200
_STEP = 2000


@transaction.atomic
def ask_chain_check(*, actor: Actor) -> bool:
    """Have every dossier checked in the background; False where such a check already waits or runs. Refuses:
    `PermissionRefused`.
    """
    authorise(actor, "audit.read")
    row = ChainCheck(asked_at=clock.now(), asked_by_id=actor.account_id, asked_by_name=actor.name)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    app.configure_task(CHECK_CHAIN).defer(check_id=str(row.id))
    return True


def run_chain_check(*, actor: Actor, check_id: UUID) -> None:
    """Do an asked check and keep its result; done again from the start if the worker was lost. Called by the job only.

    Dossiers that moved while the check was reading are looked at once more before they are called broken. Refuses:
    `PermissionRefused`.
    """
    machine_only(actor)
    asked = ChainCheck.objects.filter(pk=check_id, ended_at=None)
    if not asked.update(total=Dossier.objects.count(), dossiers=0, passages=0):
        return
    report = verify_chain(
        batch=_STEP,
        on_progress=lambda dossiers, passages: _note(check_id, dossiers, passages),
    )
    suspects = {fault.dossier_id for fault in report.faults}
    faults = [
        fault for dossier_id in sorted(suspects) for fault in verify_chain(dossier_id=dossier_id).faults
    ]
    asked.update(
        ended_at=clock.now(),
        dossiers=report.dossiers,
        total=report.dossiers,
        passages=report.passages,
        fault_count=len(faults),
        faults=[[str(one.dossier_id), one.seq, one.kind.value] for one in faults[:_KEPT_FAULTS]],
    )


def _note(check_id: UUID, dossiers: int, passages: int) -> None:
    ChainCheck.objects.filter(pk=check_id).update(dossiers=dossiers, passages=passages)
