"""Pictures of scanned pages: small, beside the fields, and in tiles for the deep view."""

import json
import threading
from base64 import b64decode
from functools import lru_cache
from uuid import UUID

from motcua.documents.adapters.decoding import decode
from motcua.documents.models import ScanBatch, ScanPage
from motcua.documents.pipeline.tasks import LEVEL_TILES
from motcua.documents.queries.scan_views import Zoom
from motcua.documents.rules.digitization.zoom import TILE, finest_scale, levels
from motcua.kernel import storage
from motcua.kernel.authority import Actor, in_scope

#: Tiles of a level, `[row][column]`, JPEG in base 64.
_Tiles = tuple[tuple[str, ...], ...]


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
    rows = _sheets.level(page, level)
    is_there = row < len(rows) and column < len(rows[row])
    return b64decode(in_scope(rows[row][column] if is_there else None))


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
    """Levels somebody is looking at, cut into tiles; the last few only. One is cut at a time, for whoever looks at a sheet asks
    for all its tiles at once.
    """

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._kept: dict[tuple[UUID, str, int], _Tiles] = {}
        self._lock = threading.Lock()

    def level(self, page: ScanPage, level: int) -> "_Tiles":
        key = (page.id, page.result_sha256, level)
        with self._lock:
            if key not in self._kept:
                made = _cut(page, level)
                while len(self._kept) >= self._most:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = made
            return self._kept[key]


_sheets = _Sheets()


def _cut(page: ScanPage, level: int) -> "_Tiles":
    """In a decoding process: a scan is what somebody sent, and may be anything. Raises also what opening it refuses."""
    with storage.store().open(page.result_sha256) as stream:
        result = json.load(stream)
    with storage.store().open(page.file.readable_sha256 or page.file.sha256) as stream:
        return decode(LEVEL_TILES, stream, index=page.index, result=result, level=level)


def _visible_page(actor: Actor, page_id: UUID) -> ScanPage:
    visible = ScanBatch.objects.visible_to(actor)
    rows = ScanPage.objects.select_related("file__file").filter(pk=page_id, batch__in=visible)
    return in_scope(rows.first())
