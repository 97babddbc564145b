"""A photograph of a sheet becomes a scan of it: the sheet's four corners are found and squared, its shadows evened out."""

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.source import Colour, Grey

_SMALL = 700
#: The sheet must fill at least this part of the photograph; what fills nearly all of it has no edges to square.
_LEAST_PART, _WHOLE = 0.2, 0.96
_A4 = 297 / 210
_UNEVEN = 14.0


def flattened(photo: Colour) -> Colour | None:
    """The sheet squared and evenly lit; None if the photograph is already as good as a scan."""
    corners = sheet_corners(photo)
    sheet = photo if corners is None else squared(photo, corners)
    paper = lighting(sheet)
    if paper.std() < _UNEVEN and corners is None:
        return None
    return evenly_lit(sheet, paper) if paper.std() >= _UNEVEN / 2 else sheet


def sheet_corners(photo: Colour) -> NDArray[np.float32] | None:
    """Top left, top right, bottom right, bottom left of the sheet in pixels of the photograph; None if none stands out."""
    factor = min(1.0, _SMALL / max(photo.shape[:2]))
    small = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    light = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small, dtype=np.uint8)
    # Writing is closed up, so that the sheet is one bright piece.
    light = np.asarray(cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), dtype=np.uint8)
    _, bright = cv2.threshold(cv2.GaussianBlur(light, (7, 7), 0), 0, 255, cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    part = cv2.contourArea(outline) / light.size
    if not _LEAST_PART <= part <= _WHOLE:
        return None
    corners = _four_corners(outline)
    if corners is None or cv2.contourArea(corners) < 0.9 * cv2.contourArea(outline):
        return None
    return np.asarray(_in_order(corners.reshape(4, 2)) / factor, dtype=np.float32)


def _four_corners(outline: MatLike) -> NDArray[np.int32] | None:
    around = cv2.arcLength(outline, True)
    for tolerance in (0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(outline, tolerance * around, True)
        if len(corners) == 4:
            return np.asarray(corners, dtype=np.int32)
    return None


def _in_order(corners: NDArray[np.int32]) -> NDArray[np.float32]:
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    order = [total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]
    return np.asarray(corners[order], dtype=np.float32)


def squared(photo: Colour, corners: NDArray[np.float32]) -> Colour:
    """The sheet seen from straight above; a shape near A4 is taken for A4."""
    top, right, bottom, left = (float(np.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4))
    width, height = max(top, bottom), max(left, right)
    for ratio in (_A4, 1 / _A4):
        if abs(height / width - ratio) < 0.18 * ratio:
            height = width * ratio
    size = (max(1, round(width)), max(1, round(height)))
    wanted = np.array(
        [[0, 0], [size[0] - 1, 0], [size[0] - 1, size[1] - 1], [0, size[1] - 1]], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, wanted)
    return np.asarray(
        cv2.warpPerspective(photo, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def lighting(sheet: Colour) -> Grey:
    """How bright the bare paper is at each place, at a fortieth of the size or so."""
    grey = cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY) if sheet.ndim == 3 else sheet
    factor = min(1.0, 400 / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.medianBlur(np.asarray(paper, dtype=np.uint8), 21), dtype=np.uint8)


def evenly_lit(sheet: Colour, paper: Grey) -> Colour:
    """Divide by the light that fell on each place; colours keep their hue."""
    light = cv2.resize(paper, (sheet.shape[1], sheet.shape[0]), interpolation=cv2.INTER_LINEAR).astype(
        np.float32
    )
    gain = 245.0 / np.maximum(light, 40.0)
    if sheet.ndim == 3:
        gain = gain[:, :, None]
    return np.asarray(np.clip(sheet * gain, 0, 255), dtype=np.uint8)
