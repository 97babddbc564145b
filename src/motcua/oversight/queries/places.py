"""The units of a province as places: names, levels, territory, and the shape of each on the map."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import cos, radians
from typing import Any, TypeVar

from motcua.directory import queries as directory
from motcua.kernel import clock
from motcua.oversight.models import Rollup
from motcua.oversight.queries.gazetteer import Place, told_places, told_province_name
from motcua.oversight.rules.voronoi import Point, Ring, cells_around, on_grid, on_plane

WIDTH = 640.0
_KEEP = timedelta(seconds=60)
_T = TypeVar("_T")
_kept: dict[Hashable, tuple[datetime, Any]] = {}


def for_a_minute(key: Hashable, make: Callable[[], _T]) -> _T:
    """Units change on a few days of a year; a board may show their names a minute late."""
    held = _kept.get(key)
    if held is not None and clock.now() < held[0]:
        found: _T = held[1]
        return found
    made = make()
    if len(_kept) > 200:
        _kept.clear()
    _kept[key] = (clock.now() + _KEEP, made)
    return made


def forget_places() -> None:
    """Read the directory anew at the next board."""
    _kept.clear()


@dataclass(frozen=True, slots=True)
class Shape:
    """Rings of a unit in the drawing (x right, y down); several for islands.

    `path` (as SVG), `middle` (where its name stands; None without rings) and the `room` across there are reckoned once
    per drawing.
    """

    rings: tuple[tuple[Point, ...], ...]
    path: str = field(init=False)
    middle: Point | None = field(init=False)
    room: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", _path_of(self.rings))
        middle, room = _widest(max(self.rings, key=len, default=()))
        object.__setattr__(self, "middle", middle)
        object.__setattr__(self, "room", room)


def _path_of(rings: Sequence[Sequence[Point]]) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings if len(ring) > 2
    )


def _widest(ring: Sequence[Point]) -> tuple[Point | None, float]:
    """The middle of the widest stretch inside a ring at the height of its corners' mean, and how wide it is."""
    if not ring:
        return None, 0.0
    height = sum(y for _, y in ring) / len(ring)
    sides = zip(ring, (*ring[1:], ring[0]), strict=True)
    crossings = sorted(
        x1 + (height - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in sides
        if (y1 <= height) != (y2 <= height)
    )
    stretches = [(right - left, left) for left, right in zip(crossings[::2], crossings[1::2], strict=False)]
    if not stretches:
        return (sum(x for x, _ in ring) / len(ring), height), 0.0
    room, left = max(stretches)
    return (left + room / 2, height), room


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes by agency code in a box of `WIDTH` by `height`. `is_schematic`: computed from centres, not surveyed."""

    shapes: Mapping[str, Shape]
    height: float
    is_schematic: bool


def provinces() -> dict[str, str]:
    """Provinces with facts: code to name."""
    return for_a_minute("provinces", _provinces)


def _provinces() -> dict[str, str]:
    codes = (
        Rollup.objects.filter(side="p", procedure="", grain="y").values_list("agency", flat=True).distinct()
    )
    return {code: _province_name(code) for code in sorted(codes)}


def _province_name(code: str) -> str:
    told = told_province_name(code)
    if told:
        return told
    top = [place.name for place in _directory(code, None) if place.code == code]
    return top[0] if top else code


def places_of(province: str, on: date) -> tuple[Place, ...]:
    """The units of a province on a day: from the directory, or as whoever brought its figures knows them.

    The directory knows no centres and no districts that are gone; where an offer tells of them, they are taken from it.
    """
    return for_a_minute(("places", province, on), lambda: _places(province, on))


def _places(province: str, on: date) -> tuple[Place, ...]:
    known = _directory(province, on)
    told = {place.code: place for place in told_places(province)}
    if not known:
        return tuple(told.values())
    return tuple(
        replace(place, district=told[place.code].district, centre=told[place.code].centre)
        if place.code in told
        else place
        for place in known
    )


def _directory(province: str, on: date | None) -> tuple[Place, ...]:
    found = directory.find_agencies(on=on, limit=5000)
    mine = [agency for agency in found if agency.code == province or agency.code.startswith(f"{province}.")]
    return tuple(
        Place(agency.code, agency.name, str(agency.level), agency.territory_code, "", None) for agency in mine
    )


def drawing_of(places: Sequence[Place], on: date) -> Drawing:
    """The map of these units: their boundaries where all are known, otherwise a schematic one from their centres."""
    codes = tuple(place.code for place in places)
    return for_a_minute(("drawing", codes, on), lambda: _drawing_of(places, on))


def _drawing_of(places: Sequence[Place], on: date) -> Drawing:
    outlines = _outlines(places, on)
    if outlines:
        return _scaled(outlines, is_schematic=False)
    return _schematic(tuple((place.code, place.centre) for place in places))


@lru_cache(maxsize=32)
def _schematic(places: tuple[tuple[str, tuple[float, float] | None], ...]) -> Drawing:
    centres = {code: centre for code, centre in places if centre is not None}
    plane = on_plane(centres) if len(centres) == len(places) else on_grid([code for code, _ in places])
    return _scaled({code: [ring] for code, ring in cells_around(plane).items()}, is_schematic=True)


def _outlines(places: Sequence[Place], on: date) -> dict[str, list[Ring]]:
    """Rings by agency from the boundaries imported into the directory; empty unless every unit has one."""
    territories = {
        territory.code: territory.id
        for level in ("district", "commune")
        for territory in directory.find_territories(level=directory.TerritoryLevel(level), on=on, limit=20000)
    }
    ids = {place.code: territories[place.gso] for place in places if place.gso in territories}
    if len(ids) < len(places) or not places:
        return {}
    shapes = directory.boundaries(ids.values(), on)
    if any(territory not in shapes for territory in ids.values()):
        return {}
    return {code: _rings(shapes[territory]) for code, territory in ids.items()}


def _raw_rings(shape: Mapping[str, Any]) -> list[list[list[float]]]:
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def _rings(shape: Mapping[str, object]) -> list[Ring]:
    narrow = cos(radians(18.0))  # the middle of the country's latitudes; one factor keeps neighbours together
    return [[(point[0] * narrow, -point[1]) for point in ring] for ring in _raw_rings(shape)]


def _scaled(rings: Mapping[str, Sequence[Ring]], *, is_schematic: bool) -> Drawing:
    points = [point for many in rings.values() for ring in many for point in ring]
    if not points:
        return Drawing({}, 0.0, is_schematic)
    left, top = min(x for x, _ in points), min(y for _, y in points)
    factor = WIDTH / max(max(x for x, _ in points) - left, 1e-9)
    shapes = {
        code: Shape(tuple(tuple(((x - left) * factor, (y - top) * factor) for x, y in ring) for ring in many))
        for code, many in rings.items()
    }
    return Drawing(shapes, (max(y for _, y in points) - top) * factor, is_schematic)
