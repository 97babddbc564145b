"""Make the picture the engine reads: turned, straightened and at the wanted scale, in one resampling."""

import cv2
import numpy as np

from motcua.documents.adapters.imaging.source import Colour, Grey
from motcua.documents.rules.digitization.geometry import tilted


def turn_array(picture: Colour, turn: int) -> Colour:
    """Clockwise by a quarter, a half or three quarters."""
    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def straighten(picture: Grey, tilt: float, scale: float) -> Grey:
    """Counter-clockwise by `tilt` degrees about the middle, and scaled; the paper's own colour fills the corners."""
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
    m = tilted(width, height, tilt)
    paper = int(np.percentile(picture[::9, ::9], 80))
    matrix = np.array([[m.a, m.c, m.e], [m.b, m.d, m.f]])
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper)
    return np.asarray(turned, dtype=np.uint8)
