"""How the ink of words looks beside the print of their page: thickness, height, how unevenly it stands."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.measure import binarised
from motcua.documents.adapters.imaging.source import Grey
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.handwriting import WordLook, suspicious
from motcua.documents.rules.digitization.pages import Line

#: Words read this surely show what the print of the page looks like; so many of them are enough, so few say nothing.
_SURE, _ENOUGH, _FEW = 85.0, 80, 8
#: In pixels: smaller parts are marks, dots and dirt.
_LEAST_HEIGHT, _LEAST_AREA = 6, 12
_LONGEST_RULE = 40

_Measured = tuple[float, float, float]


def word_looks(picture: Grey, lines: Sequence[Line]) -> Mapping[tuple[int, int], WordLook]:
    """Of words on suspicious lines. Empty where none is suspicious, or too little was read surely to compare with."""
    suspects = suspicious(lines)
    if not suspects:
        return {}
    ink = _Ink(picture)
    sure = [
        word.box for line in lines for word in line.words if word.confidence >= _SURE and len(word.text) > 2
    ]
    usual = [measured for box in _spread(sure) if (measured := ink.measured(box)) is not None]
    if len(usual) < _FEW:
        return {}
    stroke, height = median(one[0] for one in usual), median(one[1] for one in usual)
    found = {}
    for at in suspects:
        for place, word in enumerate(lines[at].words):
            measured = ink.measured(word.box)
            if measured is not None:
                found[at, place] = WordLook(measured[0] / stroke, measured[1] / height, measured[2] / height)
    return found


def _spread(boxes: Sequence[Box]) -> Iterable[Box]:
    return boxes[:: max(1, len(boxes) // _ENOUGH)]


class _Ink:
    """The ink of the page without its rules."""

    def __init__(self, picture: Grey) -> None:
        ink, _ = binarised(picture)
        rules = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LONGEST_RULE), np.uint8)))
        self._ink = np.where(rules > 0, 0, ink).astype(np.uint8)

    def measured(self, box: Box) -> _Measured | None:
        """Thickness of the stroke, typical height of its parts, and how far their feet stand apart; None without ink."""
        height, width = self._ink.shape
        rows = slice(max(0, int(box.top)), min(height, int(box.bottom) + 1))
        columns = slice(max(0, int(box.left)), min(width, int(box.right) + 1))
        patch = np.ascontiguousarray(self._ink[rows, columns])
        if patch.size == 0 or not patch.any():
            return None
        _, _, stats, _ = cv2.connectedComponentsWithStats(patch, connectivity=8)
        parts = stats[1:][(stats[1:, 3] >= _LEAST_HEIGHT) & (stats[1:, 4] >= _LEAST_AREA)]
        if not len(parts):
            return None
        feet = (parts[:, 1] + parts[:, 3]).astype(np.float64)
        return _thickness(patch), float(np.median(parts[:, 3])), float(np.std(feet - np.median(feet)))


def _thickness(patch: NDArray[np.uint8]) -> float:
    """Twice the distance from the middle of a stroke to its edge."""
    depth = np.asarray(cv2.distanceTransform(patch, cv2.DIST_L2, 3))
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)) * 0.999)]
    return 2 * float(np.median(ridge))
