"""Reading a sheet too large for one sitting, tile by tile."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from motcua.documents.adapters.imaging.linework import without_linework
from motcua.documents.adapters.ocr.engine import Grey, Layout, OcrEngine
from motcua.documents.rules.digitization import tiles
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word

#: In pixels of the finer picture: what around a label is looked at to tell lines from letters, and what is read with it.
_AROUND, _EDGE = 130, 10
_NARROWEST, _SMALLEST = 60, 24


def read_in_tiles(engine: OcrEngine, picture: Grey, *, dpi: float, layout: Layout) -> tuple[Line, ...]:
    """Lines of the whole picture, each word once. Only one tile is in the engine at a time."""
    height, width = picture.shape[:2]
    lines = tiles.joined(_readings(engine, picture, dpi, layout), width, height)
    return tiles.believable(lines) if layout is Layout.SPARSE else lines


def _readings(
    engine: OcrEngine, picture: Grey, dpi: float, layout: Layout
) -> Iterator[tuple[tiles.Tile, tuple[Line, ...]]]:
    height, width = picture.shape[:2]
    for tile in tiles.plan(width, height):
        cut = np.ascontiguousarray(picture[tile.top : tile.bottom, tile.left : tile.right])
        if layout is Layout.SPARSE:
            cut = without_linework(cut, dpi)
        if cut.min() < 200:
            yield tile, engine.read(cut, dpi=dpi, layout=layout)


def read_closer(
    engine: OcrEngine, lines: tuple[Line, ...], fine: Grey, *, scale: float, dpi: float
) -> tuple[Line, ...]:
    """Each label of a drawing read once more in a finer picture, `scale` times larger, in which lines are thin against letters.

    Its pieces are read at the size of the first reading; where nothing believable is read the first reading stays.
    """
    found: list[Line] = []
    for line in lines:
        again = _closer(engine, line, fine, scale, dpi) if line.box.width >= _NARROWEST else ()
        found += again or (line,)
    return tuple(Line(line.words, number) for number, line in enumerate(found))


def _closer(engine: OcrEngine, line: Line, fine: Grey, scale: float, dpi: float) -> tuple[Line, ...]:
    box = line.box.scaled(scale)
    height, width = fine.shape[:2]
    left, top = max(0, int(box.left) - _AROUND), max(0, int(box.top) - _AROUND)
    right, bottom = min(width, int(box.right) + _AROUND), min(height, int(box.bottom) + _AROUND)
    clean = without_linework(np.ascontiguousarray(fine[top:bottom, left:right]), dpi)
    x, y = max(0, int(box.left) - _EDGE - left), max(0, int(box.top) - _EDGE - top)
    label = clean[y : int(box.bottom) + _EDGE - top, x : int(box.right) + _EDGE - left]
    if min(label.shape) < _SMALLEST or label.min() >= 200:
        return ()
    small = cv2.resize(label, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, _EDGE, _EDGE, _EDGE, _EDGE, cv2.BORDER_CONSTANT, value=(255,))
    read = engine.read(np.asarray(framed, dtype=np.uint8), dpi=dpi / scale, layout=Layout.BLOCK)
    moved = ((left + x) / scale - _EDGE, (top + y) / scale - _EDGE)
    words = (_within(one, moved, line.box) for one in read)
    return tiles.believable(Line(kept) for kept in words if kept)


def _within(line: Line, moved: tuple[float, float], box: Box) -> tuple[Word, ...]:
    """The words on the sheet whose middle is in the label, no wider than it; a neighbour's edge may have been cut out too."""
    placed = (Word(word.text, word.confidence, word.box.moved(*moved)) for word in line.words)
    return tuple(
        replace(word, box=_clipped(word.box, box))
        for word in placed
        if box.left <= word.box.middle[0] <= box.right and box.top <= word.box.middle[1] <= box.bottom
    )


def _clipped(box: Box, within: Box) -> Box:
    return Box(
        max(box.left, within.left),
        max(box.top, within.top),
        min(box.right, within.right),
        min(box.bottom, within.bottom),
    )
