"""QR, Data Matrix, Code 128 and PDF417 on a page."""

import cv2
import numpy as np
import zxingcpp

from motcua.documents.adapters.imaging.source import Grey
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Mark

_FORMATS = zxingcpp.barcode_formats_from_str("QRCode|Code128")


def read_marks(picture: Grey, *, thorough: bool = False) -> tuple[Mark, ...]:
    """Codes with their boxes in pixels of `picture`, top to bottom. `thorough` also looks for damaged and sideways bars."""
    found = zxingcpp.read_barcodes(
        picture, formats=_FORMATS, try_rotate=thorough, try_downscale=thorough, try_invert=False
    )
    marks = [Mark(str(code.format).rsplit(".", 1)[-1], code.text, _box(code)) for code in found if code.valid]
    return tuple(sorted(marks, key=lambda mark: (mark.box.top, mark.box.left)))


def read_marks_in_spite_of_dirt(picture: Grey) -> tuple[Mark, ...]:
    """Slower: the picture as it is, then without dust, then softened, until a code shows."""
    for prepared in (
        picture,
        cv2.medianBlur(picture, 3),
        cv2.GaussianBlur(picture, (5, 5), 0),
        cv2.medianBlur(picture, 5),
    ):
        found = read_marks(np.asarray(prepared, dtype=np.uint8), thorough=True)
        if found:
            return found
    return ()


def _box(code: zxingcpp.Barcode) -> Box:
    corners = code.position
    points = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    xs, ys = [float(p.x) for p in points], [float(p.y) for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
