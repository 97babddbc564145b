"""Taking the lines out of a drawing so that its lettering can be read.

A label that a line runs through is one blob with it, and no engine reads blobs. Straight strokes longer than lettering are
found and rubbed out, except where something thicker crosses them, because there a letter stands.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.source import Grey

#: In pixels: shorter strokes may belong to letters, and lines are no thicker than about half of `_SIDE` to either side.
_SHORTEST_LINE = 110
_SIDE = 3
#: In inches: taller or wider parts are no letters.
_TALLEST_LETTER = 0.4
_INK = 140


def without_linework(tile: Grey, dpi: float = 200.0) -> Grey:
    """The tile with long lines and everything too large for lettering painted white."""
    ink = (tile < _INK).astype(np.uint8)
    segments = cv2.HoughLinesP(ink * 255, 1, np.pi / 360, 90, minLineLength=_SHORTEST_LINE, maxLineGap=4)
    rubbed = np.array(tile, copy=True)
    if segments is not None:
        _rub_out(rubbed, ink, np.asarray(segments).reshape(-1, 4).astype(np.float64))
    return _letters_only(rubbed, _TALLEST_LETTER * dpi)


def _rub_out(picture: Grey, ink: NDArray[np.uint8], segments: NDArray[np.float64]) -> None:
    height, width = ink.shape
    starts, ends = segments[:, :2], segments[:, 2:]
    lengths = np.hypot(*(ends - starts).T)
    for start, end, length in zip(starts, ends, lengths, strict=True):
        along = (end - start) / length
        across = np.array([-along[1], along[0]])
        points = start + np.outer(np.arange(-3, int(length) + 4), along)
        beside = np.zeros(len(points), dtype=bool)
        for offset in (-_SIDE - 1, -_SIDE, _SIDE, _SIDE + 1):
            beside |= _at(ink, points + offset * across, width, height) > 0
        thin = points[~beside]
        for offset in range(-_SIDE + 1, _SIDE):
            columns, rows = _cells(thin + offset * across, width, height)
            picture[rows, columns] = 255


def _at(ink: NDArray[np.uint8], points: NDArray[np.float64], width: int, height: int) -> NDArray[np.uint8]:
    columns, rows = _cells(points, width, height)
    return np.asarray(ink[rows, columns], dtype=np.uint8)


def _cells(points: NDArray[np.float64], width: int, height: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    rounded = np.rint(points).astype(np.intp)
    return np.clip(rounded[:, 0], 0, width - 1), np.clip(rounded[:, 1], 0, height - 1)


def _letters_only(picture: Grey, tallest: float) -> Grey:
    """Frames, hatching, curves and stubs of lines go; what has the size of a letter or of a mark over one stays."""
    ink = (picture < 200).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, tall, area = stats[:, 2], stats[:, 3], stats[:, 4]
    is_letter = (wide <= tallest) & (tall <= tallest) & (area >= 4)
    stub = (
        (np.maximum(wide, tall) > 24) & (area < 3.2 * np.maximum(wide, tall)) & (np.minimum(wide, tall) <= 5)
    )
    is_letter &= ~stub
    is_letter[0] = False
    keep = is_letter[labels]
    if count <= 1:
        return picture
    return np.where(keep, picture, np.uint8(255)).astype(np.uint8)
