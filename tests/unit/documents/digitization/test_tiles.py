import itertools

from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word
from motcua.documents.rules.digitization.tiles import Tile, joined, plan


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_tiles_cover_the_sheet_and_stay_inside(width: int, height: int) -> None:
    tiles = plan(width, height, 2400, 600)
    assert {t.left for t in tiles} >= {0}
    assert max(t.right for t in tiles) == width
    assert max(t.bottom for t in tiles) == height
    columns = sorted({(t.left, t.right) for t in tiles})
    assert all(
        after[0] <= before[1] - min(600, before[1]) + 1 for before, after in itertools.pairwise(columns)
    )


def word(text: str, left: float, top: float, right: float) -> Word:
    return Word(text, 90, Box(left, top, right, top + 30))


def test_a_word_read_in_two_tiles_is_said_once() -> None:
    first, second = Tile(0, 0, 1000, 1000), Tile(600, 0, 1600, 1000)
    readings = [
        (first, [Line((word("Thửa", 700, 500, 800),))]),
        (second, [Line((word("Thửa", 100, 500, 200),))]),
    ]
    assert [line.text for line in joined(readings, 1600, 1000)] == ["Thửa"]


def test_the_reading_that_was_not_cut_wins() -> None:
    first, second = Tile(0, 0, 1000, 1000), Tile(600, 0, 1600, 1000)
    readings = [
        (first, [Line((word("Thử", 940, 500, 1000),))]),
        (second, [Line((word("Thửa", 340, 500, 430),))]),
    ]
    assert [line.text for line in joined(readings, 1600, 1000)] == ["Thửa"]


def test_a_line_that_spans_tiles_comes_out_whole() -> None:
    first, second = Tile(0, 0, 1000, 1000), Tile(600, 0, 1600, 1000)
    left = Line((word("Bản", 500, 500, 580), word("đồ", 590, 500, 640), word("địa", 650, 500, 720)))
    right = Line((word("đồ", 0, 500, 40), word("địa", 50, 500, 120), word("chính", 130, 500, 240)))
    assert [line.text for line in joined([(first, [left]), (second, [right])], 1600, 1000)] == [
        "Bản đồ địa chính"
    ]
