"""Boxes and affine maps between the three spaces of a page.

*source*: pixels of the picture as it came; *sheet*: the upright, straightened page at the same resolution, origin top
left; *points*: PDF user space of the sheet, origin bottom left, 1/72 inch.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; in pixels `top < bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: "Box") -> float:
        """Area shared by both."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def scaled(self, factor: float) -> "Box":
        return Box(self.left * factor, self.top * factor, self.right * factor, self.bottom * factor)

    def moved(self, right: float, down: float) -> "Box":
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)


@dataclass(frozen=True, slots=True)
class Affine:
    """`x' = a·x + c·y + e`, `y' = b·x + d·y + f`: the order of the six numbers is that of PDF's `cm`."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: "Affine") -> "Affine":
        """First this map, then `after`."""
        return Affine(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def inverse(self) -> "Affine":
        """The map back. A map that flattens the plane has none: `ZeroDivisionError`."""
        size = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / size, -self.b / size, -self.c / size, self.a / size
        return Affine(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def around(self, box: Box) -> Box:
        """The upright rectangle around the image of `box`."""
        corners = [self.at(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def turned(width: float, height: float, turn: int) -> Affine:
    """Pixels of a picture of this size, turned clockwise by 0, 90, 180 or 270 degrees."""
    if turn == 90:
        return Affine(0, 1, -1, 0, height, 0)
    if turn == 180:
        return Affine(-1, 0, 0, -1, width, height)
    if turn == 270:
        return Affine(0, -1, 1, 0, 0, width)
    return Affine()


def tilted(width: float, height: float, degrees: float) -> Affine:
    """Pixels turned counter-clockwise (as seen) by a small angle about the middle of a sheet of this size."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = width / 2, height / 2
    return Affine(cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y)


def sheet_size(width: int, height: int, turn: int, margin: int = 0) -> tuple[int, int]:
    """Of the sheet that a picture of this size gives; `margin` pixels of paper are laid around it."""
    across, down = (height, width) if turn in (90, 270) else (width, height)
    return across + 2 * margin, down + 2 * margin


def source_to_sheet(width: int, height: int, turn: int, tilt: float, margin: float = 0.0) -> Affine:
    """The whole way from a picture's pixels to the upright sheet's."""
    size = sheet_size(width, height, turn)
    straight = tilted(*size, tilt) if tilt else Affine()
    return turned(width, height, turn).then(straight).then(Affine(e=margin, f=margin))


def picture_matrix(
    width: int, height: int, turn: int, tilt: float, points_per_pixel: float, margin: float = 0.0
) -> Affine:
    """The `cm` that draws a picture (PDF's unit square) upright and straight on its sheet."""
    _, sheet_height = sheet_size(width, height, turn)
    square = Affine(width, 0, 0, -height, 0, height)
    k = points_per_pixel
    paper = Affine(k, 0, 0, -k, 0, (sheet_height + 2 * margin) * k)
    return square.then(source_to_sheet(width, height, turn, tilt, margin)).then(paper)


def page_space(shown: Box, turn: int, width: float, height: float) -> Affine:
    """From pixels of a page as it is shown (this size, origin top left) to the user space of the page, of which `shown` (bottom
    below top: a rectangle of PDF) is looked at and turned clockwise by `turn`.
    """
    left, right, low, high = (
        shown.left,
        shown.right,
        min(shown.top, shown.bottom),
        max(shown.top, shown.bottom),
    )
    wide, tall = right - left, high - low
    if turn == 90:
        return Affine(0, tall / width, wide / height, 0, left, low)
    if turn == 180:
        return Affine(-wide / width, 0, 0, tall / height, right, low)
    if turn == 270:
        return Affine(0, -tall / width, -wide / height, 0, right, high)
    return Affine(wide / width, 0, 0, -tall / height, left, high)


def part_matrix(part: Box, width: int, height: int) -> Affine:
    """From the unit square of a piece to that of the picture of this size on which it lies, `part` in pixels."""
    return Affine(part.width / width, 0, 0, part.height / height, part.left / width, 1 - part.bottom / height)
