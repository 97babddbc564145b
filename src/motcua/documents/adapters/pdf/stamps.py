"""What lies over a scanned picture: signatures and stamps, which the file draws as annotations with a look of their own."""

from typing import Any

import pikepdf

from motcua.documents.rules.digitization.geometry import Affine, Box

#: The picture must be where the page is, to half a per cent, for places on one to be places on the other.
_EXACT = 0.005
#: Covering more than this, nothing is gained by keeping the picture under it.
_MOST_COVERED = 0.3
#: Thin lines of an appearance may reach a little over its rectangle.
_MARGIN = 2


def stamps_over(page: pikepdf.Page) -> tuple[Any, ...]:
    """Annotations that show something: it would be lost if only the picture were kept."""
    found = page.obj.get("/Annots")
    if found is None:
        return ()
    return tuple(one for one in found if isinstance(one, pikepdf.Dictionary) and "/AP" in one)


def is_signature(stamp: Any) -> bool:
    """Whether it is the look of a signature; its type may stand in the field above it."""
    return any("/FT" in one and str(one.FT) == "/Sig" for one in (stamp, stamp.get("/Parent", stamp)))


def stamped_places(
    page: pikepdf.Page, matrix: Affine, size: tuple[float, float], pixels: tuple[int, int]
) -> tuple[Box, ...] | None:
    """Where the stamps lie, in pixels of the picture drawn by `matrix`; None where they cannot be told from it."""
    left, bottom, *_ = (float(side) for side in page.cropbox)
    unit = size[0] / abs(float(page.cropbox[2]) - left)
    fits = (
        abs(matrix.a * unit / size[0] - 1),
        abs(matrix.d * unit / size[1] - 1),
        abs(matrix.e - left) * unit / size[0],
        abs(matrix.f - bottom) * unit / size[1],
    )
    if max(fits) > _EXACT:
        return None
    x, y = pixels[0] / size[0] * unit, pixels[1] / size[1] * unit
    places = [_place(one, left, bottom, x, y, pixels) for one in stamps_over(page)]
    shown = tuple(place for place in places if place.area > 0)
    return shown if sum(place.area for place in shown) <= _MOST_COVERED * pixels[0] * pixels[1] else None


def _place(stamp: Any, left: float, bottom: float, x: float, y: float, pixels: tuple[int, int]) -> Box:
    """The rectangle of an annotation, from the page's space to whole pixels of the picture."""
    sides = [float(side) for side in stamp.get("/Rect", [0, 0, 0, 0])]
    if len(sides) != 4 or abs(sides[2] - sides[0]) < 0.5 or abs(sides[3] - sides[1]) < 0.5:
        return Box(0, 0, 0, 0)
    width, height = pixels
    return Box(
        max(0, int((min(sides[0], sides[2]) - left) * x) - _MARGIN),
        max(0, int(height - (max(sides[1], sides[3]) - bottom) * y) - _MARGIN),
        min(width, int((max(sides[0], sides[2]) - left) * x) + 1 + _MARGIN),
        min(height, int(height - (min(sides[1], sides[3]) - bottom) * y) + 1 + _MARGIN),
    )
