"""Reading a sheet too large for one sitting, tile by tile."""

from collections.abc import Iterator

import numpy as np

from motcua.documents.adapters.imaging.linework import without_linework
from motcua.documents.adapters.ocr.engine import Grey, Layout, OcrEngine
from motcua.documents.rules.digitization import tiles
from motcua.documents.rules.digitization.pages import Line


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
            cut = without_linework(cut)
        if cut.min() < 200:
            yield tile, engine.read(cut, dpi=dpi, layout=layout)
