"""Pictures of scanned pages: small, beside the fields, and in tiles for the deep view."""

import json
import threading
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from motcua.documents.models import ScanBatch, ScanPage
from motcua.documents.queries.scan_views import Zoom
from motcua.documents.rules.digitization.pages import from_plain
from motcua.documents.rules.digitization.zoom import TILE, finest_scale, levels
from motcua.kernel import storage
from motcua.kernel.authority import Actor, in_scope

if TYPE_CHECKING:
    from motcua.documents.adapters.imaging.source import Colour


def page_picture(*, actor: Actor, page_id: UUID, is_thumb: bool = False) -> tuple[str, bytes]:
    """Digest and JPEG of a page of a visible batch. Raises `OutOfScope` (also where the page has no picture)."""
    page = _visible_page(actor, page_id)
    digest = in_scope((page.thumb_sha256 if is_thumb else page.preview_sha256) or None)
    with storage.store().open(digest) as stream:
        return digest, stream.read()


def page_zoom(*, actor: Actor, page_id: UUID) -> Zoom:
    """The levels of a page. Raises `OutOfScope`."""
    page = _visible_page(actor, page_id)
    in_scope(page.preview_sha256 or None)
    scale = finest_scale(page.width, page.height)
    return Zoom(
        levels(page.width, page.height),
        TILE,
        round(page.width * scale),
        round(page.height * scale),
    )


def page_tile(*, actor: Actor, page_id: UUID, level: int, column: int, row: int) -> bytes:
    """One tile as JPEG: kept since the page was read where the sheet is large, else cut from the page's own picture.

    Raises `OutOfScope` outside the sheet or its levels.
    """
    page = _visible_page(actor, page_id)
    inside = 0 <= level <= levels(page.width, page.height) and min(column, row) >= 0
    in_scope(page.preview_sha256 if inside and page.preview_sha256 else None)
    if page.tiles_sha256:
        with storage.store().open(in_scope(_kept_tile(page.tiles_sha256, level, column, row))) as stream:
            return stream.read()
    from motcua.documents.pipeline import preview  # decoders: loaded when somebody looks into a page

    return in_scope(preview.tile(_sheets.level(page, level), column, row))


def _kept_tile(tiles_sha256: str, level: int, column: int, row: int) -> str | None:
    rows = _tiles(tiles_sha256)[level]
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


@lru_cache(maxsize=16)
def _tiles(tiles_sha256: str) -> list[list[list[str]]]:
    """Digests of the tiles, `[level][row][column]`; content under a digest never changes."""
    with storage.store().open(tiles_sha256) as stream:
        found: list[list[list[str]]] = json.load(stream)
    return found


class _Sheets:
    """The sheets somebody is looking at, decoded; the last few only, for an A0 drawing is large."""

    def __init__(self, most_bytes: int = 400 << 20) -> None:
        self._most = most_bytes
        self._kept: dict[tuple[UUID, int], Colour] = {}
        self._lock = threading.Lock()

    def level(self, page: ScanPage, level: int) -> "Colour":
        key = (page.id, level)
        with self._lock:
            if key not in self._kept:
                made = _decoded(page, level)
                while self._kept and sum(p.nbytes for p in self._kept.values()) + made.nbytes > self._most:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = made
            return self._kept[key]


_sheets = _Sheets()


def _decoded(page: ScanPage, level: int) -> "Colour":
    from motcua.documents.pipeline import preview
    from motcua.documents.pipeline.local import local_file, work_room

    file = page.file
    digest = file.readable_sha256 or file.sha256
    name = f"{file.file.filename}.pdf" if file.readable_sha256 else file.file.filename
    with work_room() as room, storage.store().open(page.result_sha256) as stream:
        return preview.level_picture(
            local_file(digest, name, room), page.index, from_plain(json.load(stream)), level
        )


def _visible_page(actor: Actor, page_id: UUID) -> ScanPage:
    visible = ScanBatch.objects.visible_to(actor)
    rows = ScanPage.objects.select_related("file__file").filter(pk=page_id, batch__in=visible)
    return in_scope(rows.first())
