"""A photograph of a sheet becomes a scan of it: the sheet's four corners are found and squared, its shadows evened out."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.source import Colour, Grey

_SMALL = 700
#: The sheet must fill at least this part of the photograph; what fills nearly all of it has no edges to square.
_LEAST_PART, _WHOLE = 0.2, 0.96
#: A second sheet has at least this part of the largest one's area; between sheets this part of their height is laid in white.
_LIKE_LARGEST, _GAP, _WHITE = 0.4, 0.05, 245
_A4 = 297 / 210
_UNEVEN = 14.0
#: How much of the distance from its middle is kept around a sheet.
_MARGIN = 0.015
#: Edges are looked for in a picture of this size, so many of its pixels to either side of where the outline says.
_EDGE_LOOK, _REACH = 1000, 36
#: Paper is lighter than what lies under it by a step (means over so many pixels before and after), of which this part is within
#: three pixels, along most of a straight side.
_STEP, _BEFORE, _AFTER, _SUDDEN, _STRAIGHT, _MOST_OF_SIDE = 24.0, 6, 9, 0.45, 4.0, 0.6
#: Corners so near those of the photograph (of its longer side) leave nothing to cut off.
_AT_RIM = 0.04


@dataclass(frozen=True, slots=True)
class Flattened:
    """A photograph as a scan; `sheet_side` = pixels of the longer side of one sheet, `sheets` = how many were seen in it."""

    picture: Colour
    sheet_side: int
    sheets: int = 1


def flattened(photo: Colour) -> Flattened | None:
    """The sheet squared and evenly lit; None if the photograph is already as good as a scan.

    Several sheets in one photograph are squared each and laid side by side in reading order. Where one of them cannot be cut
    out cleanly nothing is cut: a paper at the rim is kept rather than lost.
    """
    seen = sheets_seen(photo)
    if len(seen) > 1:
        cut = [edges_of_paper(photo, corners) for corners in seen]
        whole = [corners for corners in cut if corners is not None]
        if len(whole) == len(seen):
            return _side_by_side([_lit(squared(photo, with_margin(corners))) for corners in whole])
        return Flattened(_lit(photo), max(photo.shape[:2]), len(seen))
    corners = seen[0] if seen else None
    if corners is not None:
        corners = edges_of_paper(photo, corners)
    sheet = photo if corners is None else squared(photo, with_margin(corners))
    if corners is None and lighting(sheet).std() < _UNEVEN:
        return None
    return Flattened(_lit(sheet), max(sheet.shape[:2]))


def _lit(sheet: Colour) -> Colour:
    paper = lighting(sheet)
    return evenly_lit(sheet, paper) if paper.std() >= _UNEVEN / 2 else sheet


def _side_by_side(sheets: list[Colour]) -> Flattened:
    """On white, as high as the highest, with a gap that no line of writing bridges."""
    height = max(sheet.shape[0] for sheet in sheets)
    gap = round(_GAP * height)
    laid = []
    for sheet in sheets:
        below = ((0, height - sheet.shape[0]), (0, gap), (0, 0))[: sheet.ndim]
        laid.append(np.pad(sheet, below, constant_values=_WHITE))
    picture = np.asarray(np.concatenate(laid, axis=1)[:, :-gap], dtype=np.uint8)
    return Flattened(picture, max(max(sheet.shape[:2]) for sheet in sheets), len(sheets))


def sheets_seen(photo: Colour) -> list[NDArray[np.float32]]:
    """The corners of each sheet (top left, top right, bottom right, bottom left, in pixels of the photograph), in reading order.

    Several only where each stands out by itself as a sheet of a size like the largest; else the largest alone, or none.
    """
    factor = min(1.0, _SMALL / max(photo.shape[:2]))
    small = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    light = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small, dtype=np.uint8)
    # Writing is closed up, so that the sheet is one bright piece.
    light = np.asarray(cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), dtype=np.uint8)
    _, bright = cv2.threshold(cv2.GaussianBlur(light, (7, 7), 0), 0, 255, cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hulls = sorted((cv2.convexHull(outline) for outline in outlines), key=cv2.contourArea, reverse=True)
    if not hulls or not _LEAST_PART <= cv2.contourArea(hulls[0]) / light.size <= _WHOLE:
        return []
    alike = [hull for hull in hulls if cv2.contourArea(hull) >= _LIKE_LARGEST * cv2.contourArea(hulls[0])]
    found = [_corners_of(hull, factor) for hull in alike]
    corners = [one for one in found if one is not None]
    if found[0] is None:
        return []
    return _in_reading_order(corners) if len(corners) == len(found) else [found[0]]


def _corners_of(hull: MatLike, factor: float) -> NDArray[np.float32] | None:
    corners = _four_corners(hull)
    if corners is None or cv2.contourArea(corners) < 0.9 * cv2.contourArea(hull):
        return None
    return np.asarray(_in_order(corners.reshape(4, 2)) / factor, dtype=np.float32)


def _in_reading_order(sheets: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """Rows from the top, each from the left; sheets are of one row where their heights overlap by half."""
    rest = sorted(sheets, key=lambda corners: float(corners[:, 1].mean()))
    ordered: list[NDArray[np.float32]] = []
    while rest:
        top, bottom = float(rest[0][:, 1].min()), float(rest[0][:, 1].max())
        row = [one for one in rest if abs(float(one[:, 1].mean()) - (top + bottom) / 2) < (bottom - top) / 2]
        rest = [one for one in rest if not any(one is each for each in row)]
        ordered += sorted(row, key=lambda corners: float(corners[:, 0].mean()))
    return ordered


def with_margin(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each corner moved away from the middle: a little of the table is kept rather than a little of the paper lost."""
    middle = corners.mean(axis=0)
    return np.asarray(middle + (corners - middle) * (1 + _MARGIN), dtype=np.float32)


def edges_of_paper(photo: Colour, corners: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The corners once more, where the sides really run; None where a side is no edge of a paper.

    An edge is where paper becomes something darker at once. Shadow at the rim of a photograph becomes darker little by little:
    cutting there would cut the paper. A sheet that fills the photograph anyway has nothing to be cut off.
    """
    factor = min(1.0, _EDGE_LOOK / max(photo.shape[:2]))
    small = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small, dtype=np.float32)
    scaled = corners * factor
    height, width = grey.shape
    rim = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    if np.linalg.norm(scaled - rim, axis=1).max() < _AT_RIM * max(width, height):
        return None
    sides = [_side(grey, scaled[n], scaled[(n + 1) % 4], scaled.mean(axis=0)) for n in range(4)]
    if any(side is None for side in sides):
        return None
    lines = [side for side in sides if side is not None]
    found = [_crossing(lines[n - 1], lines[n]) for n in range(4)]
    if any(one is None for one in found):
        return None
    return np.asarray(np.stack([one for one in found if one is not None]) / factor, dtype=np.float32)


_Line = tuple[NDArray[np.float32], NDArray[np.float32]]


def _side(
    grey: NDArray[np.float32],
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    middle: NDArray[np.float32],
) -> _Line | None:
    """A point and the direction of the edge near this side."""
    height, width = grey.shape
    along = (end - start) / max(1.0, float(np.linalg.norm(end - start)))
    outward = np.array([along[1], -along[0]], dtype=np.float32)
    if np.dot(outward, (start + end) / 2 - middle) < 0:
        outward = -outward
    # The corners are uncertain, so that the middle nine tenths of a side are looked at.
    points = np.asarray(start + np.linspace(0.05, 0.95, 160)[:, None] * (end - start), dtype=np.float32)
    inside = _inside_picture(points + (_REACH - _AFTER) * outward, width, height)
    if inside.mean() < 0.5:
        # The sheet runs out of the photograph here: nothing is cut on this side.
        return start, along
    offsets = np.arange(-_REACH, _REACH + 1)
    band = np.stack([_sampled(grey, points + offset * outward) for offset in offsets], axis=1)[inside]
    points = points[inside]
    best, fall, sudden = _steepest(band)
    sure = (fall >= _STEP) & sudden
    if sure.mean() < _MOST_OF_SIDE:
        return None
    edge = np.asarray(points + offsets[best][:, None] * outward, dtype=np.float32)[sure]
    vx, vy, x, y = (float(v) for v in np.asarray(cv2.fitLine(edge, cv2.DIST_HUBER, 0, 0.01, 0.01)).ravel())
    place, direction = np.array([x, y], dtype=np.float32), np.array([vx, vy], dtype=np.float32)
    away = np.abs((edge - place) @ np.array([-vy, vx], dtype=np.float32))
    return (place, direction) if (away < _STRAIGHT).mean() >= _MOST_OF_SIDE else None


def _steepest(
    band: NDArray[np.float32],
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.bool_]]:
    """Of each row: where the picture falls most from paper to what lies beyond, by how much, and whether it falls at once.
    Strokes of writing are thin: what lies beyond is looked at over more than their width.
    """
    before, after = _BEFORE, _AFTER
    sums = np.cumsum(np.pad(band, ((0, 0), (1, 0))), axis=1)
    at = np.arange(before, band.shape[1] - after)
    paper = (sums[:, at] - sums[:, at - before]) / before
    beyond = (sums[:, at + after] - sums[:, at + 1]) / (after - 1)
    falls = paper - beyond
    best = falls.argmax(axis=1)
    rows = np.arange(len(band))
    fall = falls[rows, best]
    steps = band[:, :-3] - band[:, 3:]
    near = np.clip(at[best][:, None] + np.arange(-3, 2)[None, :], 0, steps.shape[1] - 1)
    sudden = steps[rows[:, None], near].max(axis=1) >= _SUDDEN * np.maximum(1.0, fall)
    return at[best], np.asarray(fall, dtype=np.float32), np.asarray(sudden)


def _crossing(one: _Line, other: _Line) -> NDArray[np.float32] | None:
    (p, u), (q, v) = one, other
    size = float(u[0] * v[1] - u[1] * v[0])
    if abs(size) < 0.2:
        return None
    step = float((q[0] - p[0]) * v[1] - (q[1] - p[1]) * v[0]) / size
    return np.asarray(p + step * u, dtype=np.float32)


def _inside_picture(points: NDArray[np.float32], width: int, height: int) -> NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    return np.asarray((x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1))


def _sampled(grey: NDArray[np.float32], points: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = grey.shape
    columns = np.clip(np.rint(points[:, 0]).astype(np.intp), 0, width - 1)
    rows = np.clip(np.rint(points[:, 1]).astype(np.intp), 0, height - 1)
    return np.asarray(grey[rows, columns], dtype=np.float32)


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
