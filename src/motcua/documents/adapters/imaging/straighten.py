"""Make the picture the engine reads: turned, straightened and at the wanted scale, in one resampling."""

import cv2
import numpy as np

from motcua.documents.adapters.imaging.source import Colour, Grey
from motcua.documents.rules.digitization.geometry import Affine, tilted

#: Darker than the paper by this much is ink; fewer pixels of it than this are dust.
_INK = 60.0
_SPECKS = 12


def turn_array(picture: Colour, turn: int) -> Colour:
    """Clockwise by a quarter, a half or three quarters."""
    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def at_proportions(picture: Colour, width: int, height: int) -> Colour:
    """The picture with the proportions of `width` × `height`; its finer side keeps its pixels."""
    down, across = picture.shape[:2]
    factor = max(across / width, down / height)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    if abs(size[0] - across) <= 1 and abs(size[1] - down) <= 1:
        return picture
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def straighten(picture: Grey, tilt: float, scale: float, margin: int = 0) -> Grey:
    """Counter-clockwise by `tilt` degrees about the middle, and scaled; the paper's own colour fills the corners and the `margin`
    (in pixels of the outcome) around it.
    """
    height, width = picture.shape[:2]
    if scale < 1:
        picture = np.asarray(
            cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
        )
    elif scale > 1:
        picture = np.asarray(
            cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_CUBIC)
        )
    if not tilt:
        return picture
    height, width = picture.shape[:2]
    m = tilted(width, height, tilt).then(Affine(e=margin, f=margin))
    paper = int(np.percentile(picture[::9, ::9], 80))
    matrix = np.array([[m.a, m.c, m.e], [m.b, m.d, m.f]])
    turned = cv2.warpAffine(
        picture, matrix, (width + 2 * margin, height + 2 * margin), flags=cv2.INTER_LINEAR, borderValue=paper
    )
    return np.asarray(turned, dtype=np.uint8)


def overflow(picture: Grey, tilt: float) -> float:
    """How far (in pixels of `picture`) ink would leave the sheet if it were straightened in its own frame; 0 where none would.

    Specks do not count: a few pixels at the edge are dust.
    """
    height, width = picture.shape[:2]
    paper = float(np.percentile(picture[::9, ::9], 80))
    rows, columns = np.nonzero(picture < paper - _INK)
    if not rows.size:
        return 0.0
    m = tilted(width, height, tilt)
    x, y = m.a * columns + m.c * rows + m.e, m.b * columns + m.d * rows + m.f
    out = np.maximum.reduce([-x, x - (width - 1), -y, y - (height - 1)])
    beyond = np.sort(out[out > 0])
    return float(beyond[-1]) if beyond.size > _SPECKS else 0.0
