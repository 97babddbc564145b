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
    letters, height = _letters(ink_map)
    inner = _inner(ink_map)
    tilt, certainty, sideways = _tilt(ink_map)
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
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
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
    return int(heights.size), float(_small_letter(heights))


def _small_letter(heights: NDArray[np.int32]) -> float:
    """Marks and dots lie below, capitals above: the densest window of ±12 % is the x-height."""
    logs = np.log(heights.astype(float))
    low = np.searchsorted(logs, logs - 0.12)
    high = np.searchsorted(logs, logs + 0.12)
    # Weighted by height, because full stops and tone marks are as many as letters but never tall.
    return float(heights[int(np.argmax((high - low) * np.sqrt(heights)))])


def _tilt(ink_map: NDArray[np.uint8]) -> tuple[float, float, bool]:
    """Degrees that make the lines level (counter-clockwise), how sure, and whether the lines run down the page."""
    height, width = ink_map.shape
    factor = min(1.0, 900 / max(height, width))
    small = cv2.resize(ink_map * 255, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else ink_map * 255
    across, certain = _best_tilt(small)
    down, certain_down = _best_tilt(np.ascontiguousarray(np.rot90(small)))
    # Raggedness of the profile at its best angle tells which way the lines run.
    sideways = certain_down[1] > 1.3 * certain[1]
    return (down, certain_down[0], True) if sideways else (across, certain[0], False)


def _best_tilt(small: NDArray[np.uint8]) -> tuple[float, tuple[float, float]]:
    scores: dict[float, float] = {}

    def score(degrees: float) -> float:
        degrees = round(degrees, 2)
        if degrees not in scores:
            scores[degrees] = _raggedness(small, degrees)
        return scores[degrees]

    best = max((float(d) for d in range(-7, 8)), key=score)
    coarse = [scores[float(d)] for d in range(-7, 8)]
    best = max((best + 0.25 * d for d in range(-3, 4)), key=score)
    best = max((best + 0.05 * d for d in range(-4, 5)), key=score)
    usual = float(np.median(coarse)) or 1.0
    mass = float(small.sum(dtype=np.int64)) / 255 or 1.0
    return round(best, 2), (score(best) / usual, score(best) / mass)


def _raggedness(small: NDArray[np.uint8], degrees: float) -> float:
    """How sharply lines and gaps alternate when sheared by `degrees`: columns are shifted, not rotated, which is as good."""
    height, width = small.shape
    matrix = np.array([[1, 0, 0], [np.tan(np.radians(-degrees)), 1, -np.tan(np.radians(-degrees)) * width / 2]])
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
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3)
    steep = np.abs(across[::2, ::2])
    return float(np.percentile(steep[steep > 20], 90) / 4 / contrast) if (steep > 20).any() else 0.0
