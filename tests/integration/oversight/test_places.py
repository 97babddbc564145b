"""The map from boundaries where they are imported, and the schematic one where they are not."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cast import Cast

from motcua.oversight import queries
from motcua.oversight.queries.places import WIDTH, drawing_of

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)


def communes() -> list[queries.Place]:
    queries.forget_places()
    return [place for place in queries.places_of("H99", ON) if place.level == "commune"]


def test_communes_are_drawn_from_their_boundaries(cast: Cast) -> None:
    places = communes()
    assert {place.code for place in places} >= {"H99.11", "H99.12"}
    drawn = drawing_of(places, ON)
    assert not drawn.is_schematic
    assert set(drawn.shapes) == {place.code for place in places}
    corners = [x for shape in drawn.shapes.values() for ring in shape.rings for x, _ in ring]
    assert min(corners) == 0.0
    assert max(corners) == pytest.approx(WIDTH)
    assert all(shape.path.startswith("M") and shape.path.endswith("Z") for shape in drawn.shapes.values())


def test_with_one_boundary_missing_the_map_is_schematic_and_whole(cast: Cast) -> None:
    places = [*communes(), queries.Place("H99.98", "UBND xã Mới", "commune", "99998", "", None)]
    drawn = drawing_of(places, ON)
    assert drawn.is_schematic
    assert all(drawn.shapes[place.code].path for place in places)


def test_real_outlines_of_a_province_fit_the_page(shared_data: Path) -> None:
    """Four provinces of real communes: paths small enough for one page of 400 KB each."""
    from motcua.oversight.queries.places import _rings, _scaled

    text = json.loads(
        (shared_data / "boundaries" / "communes_thanhhoa_nghean_hatinh_danang_2025.geojson").read_text()
    )
    for first, last in (("14700", "16899"), ("16900", "17999"), ("18000", "18999")):
        rings = {
            feature["properties"]["code"]: _rings(feature["geometry"])
            for feature in text["features"]
            if first <= feature["properties"]["code"] <= last
        }
        assert len(rings) > 50
        drawing = _scaled(rings, is_schematic=False)
        assert sum(len(shape.path) for shape in drawing.shapes.values()) < 260_000
        assert drawing.height > 100
