"""Looking at a page: the upright sheet as a small picture, and parts of it enlarged."""

import logging
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pikepdf

from motcua.documents.adapters.imaging.encode import jpeg
from motcua.documents.adapters.imaging.source import Colour, SourcePage
from motcua.documents.adapters.imaging.straighten import turn_array
from motcua.documents.pipeline.options import PageRef
from motcua.documents.pipeline.sources import open_source
from motcua.documents.rules.digitization.geometry import Affine, tilted
from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.zoom import TILE, finest_scale, levels
from motcua.kernel.errors import DomainError

log = logging.getLogger(__name__)

#: Longest side in pixels of the picture beside the fields, and of the thumbnail.
PREVIEW, THUMB = 1400, 220
#: Larger sheets are looked at in grey: colour cannot be decoded at a fraction of its size.
_COLOUR_PIXELS = 40_000_000
#: What decoders and drawers raise; a page that cannot be shown is still read and bound.
_UNSHOWABLE = (OSError, ValueError, RuntimeError, MemoryError, cv2.error, pikepdf.PdfError, DomainError)


def previews(ref: PageRef, result: PageResult) -> tuple[bytes, bytes] | None:
    """Two JPEG files: to look at (longest side 1,400 pixels) and to recognise it by (220); None if it cannot be shown."""
    try:
        return _previews(ref, result)
    except _UNSHOWABLE as error:
        log.info("no preview of page %d of %s: %r", ref.number, ref.source.name, error)
        return None


def _previews(ref: PageRef, result: PageResult) -> tuple[bytes, bytes]:
    source = open_source(ref.source)
    try:
        sheet = sheet_picture(source.page(ref.index), result, PREVIEW / max(result.width, result.height, 1))
    finally:
        source.close()
    return jpeg(_within(sheet, PREVIEW), 72), jpeg(_within(sheet, THUMB), 70)


def sheet_picture(page: SourcePage, result: PageResult, scale: float) -> Colour:
    """The page upright and straight, as the places of its words are told, at about `scale` of its size."""
    facts, picture = page.facts, result.picture
    turn, tilt = (picture.turn, picture.tilt) if picture else (facts.turn, 0.0)
    scale = min(1.0, scale)
    if facts.is_colour and facts.width * facts.height <= _COLOUR_PIXELS:
        array = page.colour(scale if picture is None else 1.0)
    else:
        array, _ = page.grey(scale)
    upright = turn_array(_within(array, round(scale * max(facts.width, facts.height))), turn)
    margin = (
        round(picture.margin * upright.shape[1] / max(1, result.width - 2 * picture.margin)) if picture else 0
    )
    return _straight(upright, tilt, margin)


def _within(picture: Colour, longest: int) -> Colour:
    factor = longest / max(picture.shape[:2])
    if factor >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _straight(picture: Colour, tilt: float, margin: int = 0) -> Colour:
    if not tilt:
        return picture
    height, width = picture.shape[:2]
    m = tilted(width, height, tilt).then(Affine(e=margin, f=margin))
    matrix = np.array([[m.a, m.c, m.e], [m.b, m.d, m.f]])
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width + 2 * margin, height + 2 * margin), borderValue=white),
        dtype=np.uint8,
    )


def tiled_levels(ref: PageRef, result: PageResult) -> Iterator[Iterator[Iterator[bytes]]] | None:
    """All tiles of a sheet too large to be decoded while somebody waits, the coarsest level first; None for others.

    The sheet is decoded once; each coarser level is the finer one at half its size.
    """
    if result.width * result.height <= _COLOUR_PIXELS:
        return None
    count = levels(result.width, result.height)
    try:
        pictures = [level_picture(ref.source, ref.index, result, count)]
    except _UNSHOWABLE as error:
        log.info("no tiles of page %d of %s: %r", ref.number, ref.source.name, error)
        return None
    for _ in range(count):
        above = pictures[0]
        size = (max(1, -(-above.shape[1] // 2)), max(1, -(-above.shape[0] // 2)))
        pictures.insert(0, np.asarray(cv2.resize(above, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))
    return (tiles_of(picture) for picture in pictures)


def tiles_of(picture: Colour) -> Iterator[Iterator[bytes]]:
    """All tiles as JPEG, `[row][column]`."""
    height, width = picture.shape[:2]
    for row in range(-(-height // TILE)):
        yield (_tile(picture, column, row) for column in range(-(-width // TILE)))


def level_picture(path: Path, index: int, result: PageResult, level: int) -> Colour:
    """The whole sheet at one level."""
    scale = finest_scale(result.width, result.height) / 2 ** (levels(result.width, result.height) - level)
    source = open_source(path)
    try:
        return sheet_picture(source.page(index), result, scale)
    finally:
        source.close()


def _tile(picture: Colour, column: int, row: int) -> bytes:
    cut = picture[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
    return jpeg(np.ascontiguousarray(cut), 75)
