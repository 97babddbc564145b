"""A schematic map from the centres of units alone: each unit gets the ground that is nearer to it than to any other.

Plain half-plane clipping. Neighbours are tried from the nearest outwards and the search stops as soon as none farther away
can cut the cell, so a province of six hundred communes takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, hypot, inf, radians

Point = tuple[float, float]
Ring = list[Point]


def cells_around(centres: Mapping[str, Point], *, margin: float = 0.08) -> dict[str, Ring]:
    """Cells by key for centres given as (x, y); the outer border is the convex hull widened by `margin`."""
    if not centres:
        return {}
    border = widened_hull(list(centres.values()), margin)
    return {key: _cell(key, centre, centres, border) for key, centre in centres.items()}


def on_plane(places: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """Latitude and longitude to a plane with the y axis pointing down, right enough for one province."""
    if not places:
        return {}
    middle = sum(latitude for latitude, _ in places.values()) / len(places)
    return {
        key: (longitude * cos(radians(middle)), -latitude) for key, (latitude, longitude) in places.items()
    }


def on_grid(keys: Sequence[str]) -> dict[str, Point]:
    """Centres for units whose place is unknown: rows of a honeycomb in the order given."""
    columns = max(1, round(len(keys) ** 0.5 + 0.4))
    return {
        key: (place % columns + (0.5 if place // columns % 2 else 0.0), place // columns * 0.87)
        for place, key in enumerate(keys)
    }


def widened_hull(points: Sequence[Point], margin: float) -> Ring:
    """The convex hull moved outwards; a box where the points lie on one line or are fewer than three."""
    hull = _hull(points)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    size = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    if len(hull) < 3:
        pad = size * 0.5
        left, right, top, bottom = min(xs) - pad, max(xs) + pad, min(ys) - pad, max(ys) + pad
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    centre_x, centre_y = sum(x for x, _ in hull) / len(hull), sum(y for _, y in hull) / len(hull)
    reach = size * margin
    result = []
    for x, y in hull:
        away = hypot(x - centre_x, y - centre_y) or 1.0
        result.append((x + (x - centre_x) / away * reach, y + (y - centre_y) / away * reach))
    return result


def _hull(points: Sequence[Point]) -> Ring:
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _half_hull(ordered), _half_hull(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _half_hull(points: Sequence[Point]) -> Ring:
    chain: Ring = []
    for point in points:
        while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cell(key: str, centre: Point, centres: Mapping[str, Point], border: Ring) -> Ring:
    others = sorted(
        (hypot(other[0] - centre[0], other[1] - centre[1]), name, other)
        for name, other in centres.items()
        if name != key
    )
    ring = border
    for distance, name, other in others:
        if distance / 2 > _reach(ring, centre):
            break
        ring = _clip(ring, centre, other, keep_ties=key < name)
    return ring


def _reach(ring: Ring, centre: Point) -> float:
    return max((hypot(x - centre[0], y - centre[1]) for x, y in ring), default=-inf)


def _clip(ring: Ring, centre: Point, other: Point, *, keep_ties: bool) -> Ring:
    """The part of a convex ring that is nearer to `centre` than to `other`; of two units at one place one gets all."""
    dx, dy = other[0] - centre[0], other[1] - centre[1]
    if dx == 0 and dy == 0:
        return ring if keep_ties else []
    middle = (centre[0] + other[0]) / 2 * dx + (centre[1] + other[1]) / 2 * dy
    sides = [x * dx + y * dy - middle for x, y in ring]
    result: Ring = []
    for place, point in enumerate(ring):
        here, there = sides[place], sides[(place + 1) % len(ring)]
        following = ring[(place + 1) % len(ring)]
        if here <= 0:
            result.append(point)
        if here * there < 0:
            share = here / (here - there)
            result.append(
                (point[0] + (following[0] - point[0]) * share, point[1] + (following[1] - point[1]) * share)
            )
    return result


def area_of(ring: Sequence[Point]) -> float:
    """Area of a ring (shoelace)."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 if ring else 0.0
