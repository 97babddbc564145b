"""Work that lies and that nobody does is begun again: after a crash, a full disk, a lost job."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django import app

from motcua.documents.models import ScanBatch, ScanFile, ScanPage
from motcua.documents.services.scans.asking import BIND
from motcua.documents.services.scans.reading_again import ask_reading_again
from motcua.documents.services.scans.taking import TAKE_IN, ask_for_lanes
from motcua.documents.words import FileState, ScanState
from motcua.kernel import clock
from motcua.kernel.authority import Actor, machine_only

#: Work asked for longer ago than this and still lying has lost its job.
_SILENCE = timedelta(minutes=2)
_MOST = 200


def wake_batches(*, actor: Actor) -> int:
    """Ask for lanes where pages lie, for binding where it was asked for, for turned pages to be read. How many batches."""
    machine_only(actor)
    now = clock.now()
    young = ScanBatch.objects.visible_to(actor).filter(opened_at__gte=now - timedelta(days=14), bound_at=None)
    pages = ScanPage.objects.filter(batch=OuterRef("pk"))
    lying = pages.claimable(now)
    alive = pages.filter(state=ScanState.WORKING, leased_until__gte=now)
    unopened = ScanFile.objects.filter(batch=OuterRef("pk"), state=FileState.WAITING)
    unread = young.filter(
        (Exists(lying) & ~Exists(alive))
        | Exists(unopened)
        | (Q(split_at=None) & Exists(pages.settled()) & ~Exists(lying) & ~Exists(alive))
    )
    unbound = young.filter(binding_asked_at__lt=now - _SILENCE)
    turned = young.filter(Exists(pages.to_read_again()), touched_at__lt=now - _SILENCE)
    woken = set()
    for batch_id in _ids(unread):
        app.configure_task(TAKE_IN).defer(batch_id=str(batch_id))
        ask_for_lanes(batch_id, 1)
        woken.add(batch_id)
    for batch_id in _ids(unbound):
        app.configure_task(BIND).defer(batch_id=str(batch_id))
        woken.add(batch_id)
    for batch_id in _ids(turned):
        ask_reading_again(batch_id)
        woken.add(batch_id)
    return len(woken)


def _ids(batches: Iterable[ScanBatch]) -> list[UUID]:
    return [batch.id for batch in list(batches)[:_MOST]]
