"""Who may touch a batch. Private to the services of scanning."""

from datetime import timedelta
from uuid import UUID

from motcua.documents.errors import ScanBeingBound, ScanBound
from motcua.documents.models import ScanBatch, ScanPage, ScanPaper
from motcua.documents.rules.digitization.pages import plain_params
from motcua.documents.rules.scans import SCANNING_PERMISSIONS
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, in_scope
from motcua.kernel.errors import DomainError, PermissionRefused

#: Somebody who did nothing for longer than this was doing something else.
LONGEST_SILENCE = timedelta(seconds=120)


def authorise_scanning(actor: Actor, agency_id: UUID) -> None:
    """Reception or a case officer of the agency; `PermissionRefused` for anybody else."""
    if not any(actor.may(permission, agency_id) for permission in SCANNING_PERMISSIONS):
        raise PermissionRefused(permission=SCANNING_PERMISSIONS[0])


def locked_batch(actor: Actor, batch_id: UUID, *, is_open: bool = True) -> ScanBatch:
    """The batch, locked until the transaction ends. Refuses: `OutOfScope`; with `is_open` also `ScanBound` (it was bound
    before) and `ScanBeingBound`.
    """
    batch = in_scope(
        ScanBatch.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=batch_id).first()
    )
    if is_open and batch.bound_at is not None:
        raise ScanBound
    if is_open and batch.binding_asked_at is not None:
        raise ScanBeingBound
    if actor.kind is ActorKind.OFFICER and batch.split_at is not None and batch.bound_at is None:
        _count_time(batch)
    return batch


def _count_time(batch: ScanBatch) -> None:
    """The desk's time on a batch is the time between acts, a longer silence counted as a short one."""
    now = clock.now()
    gap = min(max(now - (batch.touched_at or now), timedelta(0)), LONGEST_SILENCE)
    batch.seconds_at_desk += round(gap.total_seconds())
    batch.touched_at = now
    batch.save(update_fields=["seconds_at_desk", "touched_at"])


def batch_of(actor: Actor, batch_id: UUID) -> ScanBatch:
    return in_scope(ScanBatch.objects.visible_to(actor).filter(pk=batch_id).first())


def paper_of(actor: Actor, paper_id: UUID) -> ScanPaper:
    """A paper that is not bound yet, its batch locked. Refuses: `OutOfScope`, `ScanBound`, `ScanBeingBound`."""
    paper = in_scope(ScanPaper.objects.filter(pk=paper_id).first())
    batch = locked_batch(actor, paper.batch_id, is_open=False)
    check_not_being_bound(batch)
    paper.refresh_from_db()
    if paper.bound_at is not None:
        raise ScanBound
    return paper


def check_not_being_bound(batch: ScanBatch) -> None:
    """Refuses: `ScanBeingBound`."""
    if batch.binding_asked_at is not None and batch.bound_at is None:
        raise ScanBeingBound


def keep_problem(batch_id: UUID, refusal: DomainError | None) -> None:
    """Say on the batch why its work stands still (None: it does no more): the sentence for logs, the code for readers."""
    ScanBatch.objects.filter(pk=batch_id).update(
        problem=refusal.sentence() if refusal else "",
        problem_code=refusal.code if refusal else "",
        problem_params=plain_params(refusal) if refusal else {},
    )


def page_of(actor: Actor, page_id: UUID) -> ScanPage:
    page = in_scope(ScanPage.objects.select_related("paper").filter(pk=page_id).first())
    locked_batch(actor, page.batch_id, is_open=False)
    return page


def person(actor: Actor) -> UUID | None:
    return None if actor.kind is ActorKind.SYSTEM else actor.account_id
