import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.digitization.geometry import (
    Affine,
    Box,
    picture_matrix,
    sheet_size,
    source_to_sheet,
    turned,
)

numbers = st.floats(-100, 100, allow_nan=False)
maps = st.builds(Affine, numbers, numbers, numbers, numbers, numbers, numbers)


@given(maps, maps, numbers, numbers)
def test_then_is_one_map_after_the_other(first: Affine, second: Affine, x: float, y: float) -> None:
    assert first.then(second).at(x, y) == pytest.approx(second.at(*first.at(x, y)), rel=1e-6, abs=1e-4)


@pytest.mark.parametrize(("turn", "corner"), [(0, (0, 0)), (90, (50, 0)), (180, (100, 50)), (270, (0, 100))])
def test_the_top_left_corner_goes_where_a_clockwise_turn_takes_it(turn: int, corner: tuple[int, int]) -> None:
    assert turned(100, 50, turn).at(0, 0) == corner


@given(st.sampled_from((0, 90, 180, 270)), st.integers(10, 5000), st.integers(10, 5000))
def test_a_turned_picture_fills_its_sheet(turn: int, width: int, height: int) -> None:
    box = source_to_sheet(width, height, turn, 0).around(Box(0, 0, width, height))
    assert box == Box(0, 0, *sheet_size(width, height, turn))


def test_the_picture_matrix_of_an_untouched_page_is_plain_scaling() -> None:
    matrix = picture_matrix(2480, 3508, 0, 0.0, 72 / 300)
    assert (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e) == pytest.approx((595.2, 0, 0, 841.92, 0))
    assert matrix.f == pytest.approx(0)


def test_a_positive_tilt_lifts_the_right_side() -> None:
    middle, right = (source_to_sheet(1000, 1000, 0, 2.0).at(x, 500) for x in (500, 1000))
    assert middle == pytest.approx((500, 500))
    assert right[1] < 500
