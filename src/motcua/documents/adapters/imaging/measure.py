"""What a page looks like: ink, letters, tilt, direction of the lines, light. Numbers out; decisions are in the rules."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.source import Grey

cv2.setNumThreads(1)
_EDGE = 0.02


@dataclass(frozen=True, slots=True)
class Look:
    """Measured on a picture of any size. `letter_height` is the typical height of a small letter in its pixels."""

    ink: float
    letters: int
    letter_height: float | None
    tilt: float
    tilt_certainty: float
    is_sideways: bool
    paper_light: float
    sharpness: float


def look(grey: Grey) -> Look:
    """Everything at once, about 30 ms for an A4 page at 150 dpi."""
    ink_map, threshold = binarised(grey)
    inner = _inner(ink_map)
    tilt, certainty, sideways = _tilt(ink_map)
    letters, height = _letters(np.ascontiguousarray(np.rot90(ink_map)) if sideways else ink_map)
    paper = grey[ink_map == 0]
    return Look(
        ink=float(inner.mean()) if inner.size else 0.0,
        letters=letters,
        letter_height=height,
        tilt=tilt,
        tilt_certainty=certainty,
        is_sideways=sideways,
        paper_light=float(np.median(paper[::97])) if paper.size else float(threshold),
        sharpness=_sharpness(grey, ink_map),
    )


def binarised(grey: Grey) -> tuple[NDArray[np.uint8], float]:
    """1 where there is ink. Otsu's threshold, but never one that calls paper grain ink on an empty sheet."""
    soft = np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), dtype=np.uint8)
    threshold, _ = cv2.threshold(soft, 0, 255, cv2.THRESH_OTSU)
    sample = soft[::5, ::5]
    light = float(np.percentile(sample, 80))
    grain = max(float(np.std(sample[sample > light - 12])) if sample.size else 0.0, 4.0)
    ceiling = light - max(30.0, 5 * grain)
    threshold = min(float(threshold), ceiling)
    return (soft < threshold).astype(np.uint8), threshold


def _inner(ink_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the edge, where scanners leave shadows, and without specks."""
    height, width = ink_map.shape
    down, across = int(height * _EDGE * 2), int(width * _EDGE * 2)
    inner = ink_map[down : height - down or None, across : width - across or None]
    return np.asarray(cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), dtype=np.uint8)


def _letters(ink_map: NDArray[np.uint8]) -> tuple[int, float | None]:
    """How many parts look like letters, and the height of a small one (the most common height, by share of letters)."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink_map, connectivity=8)
    if count < 2:
        return 0, None
    w, h, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    fits = (h >= 5) & (h <= 120) & (w >= 2) & (w <= 4 * h) & (area >= 0.12 * w * h) & (h <= 8 * w)
    heights = np.sort(h[fits])
    if heights.size < 8:
        return int(heights.size), None
    return int(heights.size), _small_letter(heights)


def _small_letter(heights: NDArray[np.number]) -> float:
    """Marks and full stops are less than half as high as the tall letters; above them the lower quarter is the x-height."""
    tall = float(np.percentile(heights, 90))
    return float(np.percentile(heights[heights >= 0.45 * tall], 25))


def _tilt(ink_map: NDArray[np.uint8]) -> tuple[float, float, bool]:
    """Degrees that make the lines level (counter-clockwise), how sure, and whether the lines run down the page."""
    small = _reduced(ink_map, 450)
    across = _coarse(small)
    down = _coarse(np.ascontiguousarray(np.rot90(small)))
    # How sharply lines and gaps alternate at the best angle tells which way the lines run.
    sideways = max(down.values()) > 1.1 * max(across.values())
    scores = down if sideways else across
    usual = float(np.median(list(scores.values()))) or 1.0
    fine = _reduced(ink_map, 900)
    best = _fine(
        np.ascontiguousarray(np.rot90(fine)) if sideways else fine, max(scores, key=lambda d: scores[d])
    )
    return best, max(scores.values()) / usual, sideways


def _reduced(ink_map: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    factor = longest / max(ink_map.shape)
    if factor >= 1:
        return ink_map * 255
    return np.asarray(
        cv2.resize(ink_map * 255, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def _coarse(small: NDArray[np.uint8]) -> dict[float, float]:
    return {float(degrees): _raggedness(small, degrees) for degrees in range(-7, 8)}


def _fine(picture: NDArray[np.uint8], near: float) -> float:
    for step, reach in ((0.25, 3), (0.05, 4)):
        near = max(
            (round(near + step * n, 2) for n in range(-reach, reach + 1)),
            key=lambda d: _raggedness(picture, d),
        )
    return near


def _raggedness(small: NDArray[np.uint8], degrees: float) -> float:
    """How sharply lines and gaps alternate when sheared by `degrees`: columns are shifted, not rotated, which is as good."""
    height, width = small.shape
    matrix = np.array(
        [[1, 0, 0], [np.tan(np.radians(-degrees)), 1, -np.tan(np.radians(-degrees)) * width / 2]]
    )
    sheared = cv2.warpAffine(small, matrix, (width, height), flags=cv2.INTER_NEAREST)
    profile = cv2.reduce(sheared, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel() / 255
    return float(np.square(np.diff(profile)).sum())


def _sharpness(grey: Grey, ink_map: NDArray[np.uint8]) -> float:
    """Steepness of the steepest strokes against the page's contrast: 1 crisp, below 0.25 blurred."""
    ys, xs = np.nonzero(ink_map[::2, ::2])
    if ys.size < 50:
        return 1.0
    contrast = float(np.percentile(grey[::4, ::4], 90) - np.median(grey[ys * 2, xs * 2]))
    if contrast < 10:
        return 0.0
    band = grey[grey.shape[0] // 3 : grey.shape[0] // 3 * 2]
    steep = np.abs(cv2.Sobel(band, cv2.CV_32F, 1, 0, ksize=3)[::2, ::2])
    return float(np.percentile(steep[steep > 20], 90) / 4 / contrast) if (steep > 20).any() else 0.0
