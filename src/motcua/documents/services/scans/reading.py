"""Reading pages. A lane claims some, brings each to the database the moment it is read, and holds its claim by a heartbeat:

a worker killed at any moment loses the pages it had in hand and nothing else; another lane takes them when the claim has run out.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.documents.models import ScanPage
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.local import work_room
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.workers import recognise_pages
from motcua.documents.rules.digitization.pages import PageState
from motcua.documents.rules.digitization.refusals import DiskFull, EngineMissing
from motcua.documents.services.scans.scope import keep_problem
from motcua.documents.services.scans.splitting import split_batch
from motcua.documents.services.scans.storing import page_ref, stored
from motcua.documents.services.scans.taking import CLAIM
from motcua.documents.words import ScanState
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError

#: How long a claim holds without a sign of life, and how often a lane gives one.
LEASE, BEAT = timedelta(seconds=45), 10.0
UNSETTLED = (ScanState.WAITING, ScanState.WORKING)


def read_pages(
    *,
    actor: Actor,
    batch_id: UUID,
    options: Options | None = None,
    most: int = CLAIM,
    lease: timedelta = LEASE,
) -> int:
    """One lane's turn: claim up to `most` pages of the batch, read them, keep each as it is done; how many were claimed.

    When no page of the batch is left, the batch is split into papers. Reading a page again gives the same bytes. Refuses:
    `EngineMissing`, `DiskFull` (pages in hand wait again).
    """
    claimed = _claim(batch_id, most, lease)
    if claimed:
        try:
            with _kept_alive([page.id for page in claimed], lease):
                _read(claimed, options or Options())
        except (EngineMissing, DiskFull) as stopped:
            _release(batch_id, claimed, stopped)
            raise
    if not ScanPage.objects.filter(batch_id=batch_id, state__in=UNSETTLED).exists():
        split_batch(actor=actor, batch_id=batch_id)
    return len(claimed)


@transaction.atomic
def _claim(batch_id: UUID, most: int, lease: timedelta) -> list[ScanPage]:
    now = clock.now()
    rows = (
        ScanPage.objects.claimable(now)
        .filter(batch_id=batch_id)
        .select_related("file__file")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("number")
    )
    pages = list(rows[:most])
    ScanPage.objects.filter(pk__in=[page.id for page in pages]).update(
        state=ScanState.WORKING, leased_until=now + lease
    )
    return pages


@transaction.atomic
def _release(batch_id: UUID, pages: list[ScanPage], problem: DomainError) -> None:
    in_hand = ScanPage.objects.filter(pk__in=[page.id for page in pages], state=ScanState.WORKING)
    in_hand.update(state=ScanState.WAITING, leased_until=None)
    keep_problem(batch_id, problem)


@contextmanager
def _kept_alive(pages: list[UUID], lease: timedelta) -> Iterator[None]:
    """Renew the claim from a thread of its own: a large drawing may keep the lane silent for minutes."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(min(BEAT, lease.total_seconds() / 3)):
                mine = ScanPage.objects.filter(pk__in=pages, state=ScanState.WORKING)
                mine.update(leased_until=clock.now() + lease)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="scan-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _read(pages: list[ScanPage], options: Options) -> None:
    with work_room() as room:
        folder = WorkFolder(room / "pages")
        folder.path.mkdir()
        refs = {page.number: page_ref(page, room) for page in pages}
        by_number = {page.number: page for page in pages}

        def keep(number: int, _state: PageState, _problem: str | None) -> None:
            _keep(by_number[number], refs[number], folder)

        recognise_pages(refs.values(), options, folder.path, 1, keep)


def _keep(page: ScanPage, ref: PageRef, folder: WorkFolder) -> None:
    """Bytes first, then the row that points to them, in one transaction for this page alone."""
    kept = stored(folder.result(page.number), ref, folder)
    with transaction.atomic():
        row = in_scope(ScanPage.objects.select_for_update().filter(pk=page.id).first())
        if row.state != ScanState.WORKING:
            return
        for name, value in kept.items():
            setattr(row, name, value)
        row.leased_until, row.finished_at = None, clock.now()
        row.save()
    folder.page_file(page.number).unlink()
