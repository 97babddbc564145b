"""What a change looks like: two revisions rendered and compared ink by ink.

Signed ink is covered when it can no longer be made out: painted over with paper, or buried under other ink. A line of a
seal that crosses a word leaves the word readable; a white box with another name does not.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

Rectangle = tuple[float, float, float, float]
Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
_DPI = 108
_LONGEST_SIDE = 2400
_SHOWN_SIDE = 900
#: Contrast, of 255, that makes a pixel ink.
_INK = 48
#: Share of the contrast that must be left for ink to be seen.
_LEFT = 0.4
#: Fewer covered pixels than this are no stroke of a letter (a full stop at this resolution has about 9).
_FEWEST = 9
#: A field larger than this share of the page is no place to fill in: it may not cover what stands under it.
_LARGEST_FIELD = 0.25
#: How much of an earlier signature's picture a seal may hide (on paper it lies over a third of it, Decree 30/2020, Annex I).
_MOST_OF_PICTURE = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """`is_covered`: signed ink is hidden. `is_drawn`: new ink came. Pictures as JPEG, for people to compare."""

    is_covered: bool
    is_drawn: bool
    before: bytes = b""
    after: bytes = b""


class Renderer:
    """Pages of one revision, with its annotations and fields as they are stored."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    def close(self) -> None:
        self._document.close()

    def page(self, number: int) -> tuple[Picture, "Placing"]:
        page = self._document[number]
        width, height = page.get_size()
        scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1))
        bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=False, no_smoothtext=False)
        picture = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        return picture, Placing(page.get_cropbox(), page.get_rotation(), scale, picture.shape[:2])


@dataclass(frozen=True, slots=True)
class Placing:
    """From the page's own units to pixels."""

    box: Rectangle
    rotation: int
    scale: float
    size: tuple[int, ...]

    def pixels(self, rectangle: Rectangle) -> tuple[slice, slice]:
        left, bottom, right, top = rectangle
        x0, y0, x1, y1 = self.box
        corners = [
            self._turned(x - x0, y - y0, x1 - x0, y1 - y0) for x in (left, right) for y in (bottom, top)
        ]
        xs, ys = (
            [corner[0] * self.scale for corner in corners],
            [corner[1] * self.scale for corner in corners],
        )
        height, width = self.size[:2]
        rows = slice(max(0, int(min(ys)) - 1), min(height, int(max(ys)) + 2))
        return rows, slice(max(0, int(min(xs)) - 1), min(width, int(max(xs)) + 2))

    def _turned(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        return {
            0: (x, height - y),
            90: (y, x),
            180: (width - x, y),
            270: (height - y, width - x),
        }[self.rotation % 360]


def look(
    old: Renderer, new: Renderer, number: int, own: list[Rectangle], signed_pictures: list[Rectangle]
) -> Look:
    """`own` = what were empty fields, filled since; ink inside them may be written over."""
    before, placing = old.page(number)
    after, _ = new.page(number)
    if before.shape != after.shape:
        return Look(is_covered=True, is_drawn=True, before=_shown(before), after=_shown(after))
    touched = cv2.absdiff(before, after).max(axis=2) > _INK // 2
    if not touched.any():
        return Look(is_covered=False, is_drawn=False)
    ink, hidden = _hidden(before, after, touched)
    for rectangle in own:
        rows, columns = placing.pixels(rectangle)
        if hidden[rows, columns].size <= hidden.size * _LARGEST_FIELD:
            hidden[rows, columns] = False
    for rectangle in signed_pictures:
        rows, columns = placing.pixels(rectangle)
        if hidden[rows, columns].sum() <= ink[rows, columns].sum() * _MOST_OF_PICTURE:
            hidden[rows, columns] = False
    is_covered = int(hidden.sum()) >= _FEWEST
    if not is_covered:
        return Look(is_covered=False, is_drawn=True)
    return Look(is_covered=True, is_drawn=True, before=_shown(before), after=_shown(after))


def _hidden(before: Picture, after: Picture, touched: Mask) -> tuple[Mask, Mask]:
    """Ink of the first picture, and which of it is lost in the second."""
    grey_before, grey_after = (
        cv2.cvtColor(each, cv2.COLOR_BGR2GRAY).astype(np.int16) for each in (before, after)
    )
    kernel = np.ones((9, 9), np.uint8)
    paper = cv2.dilate(grey_before.astype(np.uint8), kernel).astype(np.int16)
    depth = paper - grey_before
    ink = depth > _INK
    erased = ink & (grey_after - grey_before > depth * (1 - _LEFT))
    contrast = _contrast(after, kernel)
    buried = ink & (contrast < _contrast(before, kernel) * _LEFT)
    return ink, (erased | buried) & touched


def _contrast(picture: Picture, kernel: Any) -> npt.NDArray[np.int16]:
    """Widest span of any colour around each pixel."""
    span = cv2.dilate(picture, kernel).astype(np.int16) - cv2.erode(picture, kernel).astype(np.int16)
    return np.asarray(span.max(axis=2), np.int16)


def shown(renderer: Renderer, number: int) -> bytes:
    return _shown(renderer.page(number)[0])


def _shown(picture: Picture) -> bytes:
    image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    image.thumbnail((_SHOWN_SIDE, _SHOWN_SIDE))
    output = BytesIO()
    image.save(output, "JPEG", quality=70)
    return output.getvalue()
