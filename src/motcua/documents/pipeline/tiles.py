"""Reading a sheet too large for one sitting, tile by tile."""

from collections.abc import Iterator

import numpy as np

from motcua.documents.adapters.ocr.engine import Grey, Layout, OcrEngine
from motcua.documents.rules.digitization import tiles
from motcua.documents.rules.digitization.pages import Line


def read_in_tiles(engine: OcrEngine, picture: Grey, *, dpi: float, layout: Layout) -> tuple[Line, ...]:
    """Lines of the whole picture, each word once. Only one tile is in the engine at a time."""
    height, width = picture.shape[:2]
    return tiles.joined(_readings(engine, picture, dpi, layout), width, height)


def _readings(
    engine: OcrEngine, picture: Grey, dpi: float, layout: Layout
) -> Iterator[tuple[tiles.Tile, tuple[Line, ...]]]:
    height, width = picture.shape[:2]
    for tile in tiles.plan(width, height):
        cut = np.ascontiguousarray(picture[tile.top : tile.bottom, tile.left : tile.right])
        if cut.min() < 200:
            yield tile, engine.read(cut, dpi=dpi, layout=layout)
