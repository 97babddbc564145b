"""A page somebody turned by hand is read again that way up: the engine had read it lying."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from motcua.documents.models import ScanPage
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.local import work_room
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.workers import recognise_pages
from motcua.documents.queries import page_result
from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.turning import turned_by_hand
from motcua.documents.services.scans.page_readings import PageReadings, reads_outside
from motcua.documents.services.scans.scope import locked_batch
from motcua.documents.services.scans.splitting import read_fields
from motcua.documents.services.scans.storing import page_ref, stored
from motcua.kernel import storage
from motcua.kernel.authority import Actor, machine_only

READ_AGAIN = "documents.read_again"


def ask_reading_again(batch_id: UUID) -> None:
    """Enqueue the reading of the batch's turned pages, in the caller's transaction."""
    app.configure_task(READ_AGAIN).defer(batch_id=str(batch_id))


def read_again(*, actor: Actor, batch_id: UUID, options: Options | None = None) -> int:
    """Read every turned page of the batch that is not bound yet, the way up it was told; how many were read.

    What a person has put in stays; the values of the papers concerned are read anew. Turned once more while it was read,
    a page is read once more. Repeating it does nothing.
    """
    machine_only(actor)
    read = 0
    while (page := _next(batch_id)) is not None:
        _read(actor, page, options or Options())
        read += 1
    return read


def _next(batch_id: UUID) -> ScanPage | None:
    rows = ScanPage.objects.to_read_again().filter(batch_id=batch_id)
    return rows.select_related("file__file").order_by("number").first()


def _read(actor: Actor, page: ScanPage, options: Options) -> None:
    old, turn = page_result(page), page.rotation
    with work_room() as room:
        folder = WorkFolder(room / "pages")
        folder.path.mkdir()
        ref = page_ref(page, room, _told(old, turn))
        found = _found(old, turn, ref, page, options, folder)
        kept = stored(found, ref, folder)
    _keep(actor, page, turn, kept)


@reads_outside
def _keep(readings: PageReadings, actor: Actor, page: ScanPage, turn: int, kept: Mapping[str, Any]) -> None:
    """Put the page read anew in the place of the one that was turned, unless somebody was quicker."""
    locked_batch(actor, page.batch_id, is_open=False)
    row = ScanPage.objects.select_for_update(of=("self",)).select_related("paper").get(pk=page.id)
    if row.result_sha256 != page.result_sha256 or (row.paper and row.paper.bound_at):
        return
    for name, value in kept.items():
        setattr(row, name, value)
    row.rotation, row.turned = (row.rotation - turn) % 360, (row.turned + turn) % 360
    row.save()
    if row.paper is not None:
        row.paper.fields.filter(page=row).exclude(checked_at=None).update(box=None)
        read_fields(readings, [row.paper])


def _told(old: PageResult, turn: int) -> int:
    return ((old.picture.turn if old.picture else 0) + turn) % 360


def _found(
    old: PageResult, turn: int, ref: PageRef, page: ScanPage, options: Options, folder: WorkFolder
) -> PageResult:
    """The page read anew; where there is nothing to read anew (born digital) or it fails, the old result, turned."""
    if old.state is not PageState.BORN_DIGITAL and old.picture is not None:
        recognise_pages([ref], options, folder.path, 1, lambda *_: None)
        found = folder.result(ref.number)
        if not found.has_failed or old.has_failed:
            return found
    turned = turned_by_hand(old, turn)
    if turned.picture is not None and turned.picture.made is not None:
        with storage.store().open(page.picture_sha256) as stream:
            made = folder.keep_picture(ref.number, page.picture_ending, stream.read())
        turned = replace(turned, picture=replace(turned.picture, made=made))
    folder.keep(turned)
    return turned
