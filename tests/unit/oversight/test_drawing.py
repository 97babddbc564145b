"""The schematic map and its shading."""

from datetime import date
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.oversight.queries.places import Shape
from motcua.oversight.rules.indicators import Figure, indicator
from motcua.oversight.rules.shading import breaks_of, is_small, legend_of, shade_of
from motcua.oversight.rules.voronoi import area_of, cells_around, on_grid, on_plane, widened_hull

POINTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=25, unique=True
).map(lambda points: {f"u{place}": (float(x), float(y)) for place, (x, y) in enumerate(points)})


@given(POINTS)
@settings(max_examples=60)
def test_cells_cover_the_border_without_overlap(centres: dict[str, tuple[float, float]]) -> None:
    border = widened_hull(list(centres.values()), 0.08)
    cells = cells_around(centres)
    assert sum(area_of(ring) for ring in cells.values()) == pytest.approx(area_of(border), rel=1e-6)
    assert all(area_of(ring) > 0 for ring in cells.values())


@given(POINTS)
@settings(max_examples=40)
def test_every_corner_of_a_cell_is_nearest_to_its_own_centre(centres: dict[str, tuple[float, float]]) -> None:
    for key, ring in cells_around(centres).items():
        for x, y in ring:
            own = hypot(x - centres[key][0], y - centres[key][1])
            assert all(own <= hypot(x - ox, y - oy) + 1e-6 for ox, oy in centres.values())


def test_two_units_at_one_place_do_not_break_the_map() -> None:
    cells = cells_around({"a": (1.0, 1.0), "b": (1.0, 1.0), "c": (5.0, 4.0)})
    assert area_of(cells["a"]) > 0
    assert cells["b"] == []


def test_units_without_a_place_stand_on_a_grid_and_north_is_up() -> None:
    assert len(set(on_grid([f"u{place}" for place in range(40)]).values())) == 40
    plane = on_plane({"north": (19.0, 105.0), "south": (18.0, 105.0), "east": (18.0, 106.0)})
    assert plane["north"][1] < plane["south"][1]
    assert plane["east"][0] > plane["south"][0]
    assert (
        plane["east"][0] - plane["south"][0]
    ) < 1.0  # a degree of longitude is shorter than one of latitude
    assert not cells_around({})
    assert not on_plane({})


def test_shades_follow_the_wish_and_nothing_is_its_own_class() -> None:
    more, less = indicator("on_time_local", date(2026, 1, 1)), indicator("late_local", date(2026, 1, 1))
    assert [shade_of(more, Figure(n, 100)) for n in (10, 60, 85, 92, 99)] == [1, 2, 3, 4, 5]
    assert [shade_of(less, Figure(n, 100)) for n in (50, 7, 4, 2, 0)] == [1, 2, 3, 4, 5]
    assert shade_of(more, Figure(0, 0)) == shade_of(more, None) == 0
    assert (is_small(Figure(1, 9)), is_small(Figure(1, 10)), is_small(Figure(0, 0))) == (True, False, False)


def test_a_map_of_one_colour_is_told_apart_by_fifths() -> None:
    one = indicator("on_time_local", date(2026, 1, 1))
    close = [Figure(9600 + place, 10000) for place in range(50)]
    breaks = breaks_of(one, close)
    assert breaks == (96.1, 96.2, 96.3, 96.4)
    legend = legend_of(one, [*close, None])
    assert [shade.units for shade in legend] == [10, 10, 10, 10, 10, 1]
    assert [shade.number for shade in legend] == [5, 4, 3, 2, 1, 0]
    assert breaks_of(one, [Figure(place, 50) for place in range(51)]) == breaks_of(one)


def test_a_name_stands_where_the_unit_is_widest_and_knows_its_room() -> None:
    bay = Shape((((0.0, 0.0), (100.0, 0.0), (100.0, 10.0), (20.0, 10.0), (20.0, 20.0), (0.0, 20.0)),))
    assert bay.middle == (10.0, 10.0)
    assert bay.room == 20.0
    square = Shape(
        (((0.0, 0.0), (40.0, 0.0), (40.0, 10.0), (0.0, 10.0)), ((90.0, 0.0), (91.0, 0.0), (91.0, 1.0)))
    )
    assert (square.middle, square.room) == ((20.0, 5.0), 40.0)
    assert square.path.count("M") == 2
    assert (Shape(((),)).middle, Shape(()).middle, Shape(()).room) == (None, None, 0.0)
