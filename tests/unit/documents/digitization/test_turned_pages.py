"""Pages turned by hand, places of a shown page in the file's own space, and hOCR to the letter."""

import pytest

from motcua.documents.rules.digitization import hocr
from motcua.documents.rules.digitization.geometry import Box, page_space
from motcua.documents.rules.digitization.pages import Line, Mark, PageResult, PageState, Picture, Word
from motcua.documents.rules.digitization.turning import turned_by_hand

PAGE = PageResult(
    3, "a.pdf", 2, PageState.RECOGNISED, width=100, height=200, dpi=299.6, turned_from_file=270,
    lines=(
        Line((Word("Số", 91.4, Box(10, 20, 30, 40)), Word("<7>", 50, Box(35, 20, 50, 44))), 0),
        Line((Word("hai", 80, Box(5, 60, 60, 70)),), 0),
        Line((Word("ba", 80, Box(1, 2, 3, 4)),), 1),
    ),
    marks=(Mark("QR", "x", Box(0, 0, 10, 20)),), handwritten=(Box(90, 190, 100, 200),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("degrees", "size", "word", "turn", "from_file"),
    [
        (90, (200, 100), Box(160, 10, 180, 30), 90, 0),
        (180, (100, 200), Box(70, 160, 90, 180), 180, 90),
        (270, (200, 100), Box(20, 70, 40, 90), 270, 180),
    ],
)
def test_everything_on_a_page_turns_together(
    degrees: int, size: tuple[int, int], word: Box, turn: int, from_file: int
) -> None:
    turned = turned_by_hand(PAGE, degrees)
    assert (turned.width, turned.height) == size
    assert turned.lines[0].words[0].box == word
    assert turned.picture == Picture(100, 200, turn=turn)
    assert turned.turned_from_file == from_file
    back = turned_by_hand(turned, 360 - degrees)
    assert (back.lines, back.marks, back.handwritten) == (PAGE.lines, PAGE.marks, PAGE.handwritten)
    assert back.picture == Picture(100, 200)


def test_nothing_turns_by_nothing_nor_where_there_is_no_page() -> None:
    lost = PageResult(1, "a.pdf", 0, PageState.LOST)
    assert turned_by_hand(PAGE, 0) is PAGE
    assert turned_by_hand(lost, 90) is lost


@pytest.mark.parametrize(
    ("turn", "origin", "right_of_it", "below_it"),
    [
        (0, (10, 70), (50, 70), (10, 20)),
        (90, (10, 20), (10, 70), (50, 20)),
        (180, (50, 20), (10, 20), (50, 70)),
        (270, (50, 70), (50, 20), (10, 70)),
    ],
)
@pytest.mark.parametrize("shown", [Box(10, 20, 50, 70), Box(10, 70, 50, 20)])
def test_corners_of_a_shown_page_are_found_in_the_file(
    shown: Box,
    turn: int,
    origin: tuple[float, float],
    right_of_it: tuple[float, float],
    below_it: tuple[float, float],
) -> None:
    width, height = 400, 300
    found = page_space(shown, turn, width, height)

    def at(x: float, y: float) -> tuple[float, float]:
        return found.a * x + found.c * y + found.e, found.b * x + found.d * y + found.f

    assert at(0, 0) == pytest.approx(origin)
    assert at(width, 0) == pytest.approx(right_of_it)
    assert at(0, height) == pytest.approx(below_it)


def test_hocr_says_blocks_lines_and_words_with_their_places() -> None:
    head, page, foot = hocr.document("a & b", "engine <1>", [PAGE])
    assert "<title>a &amp; b</title>" in head
    assert 'content="engine &lt;1&gt;"' in head
    assert foot == "</body>\n</html>\n"
    assert page == (
        '<div class="ocr_page" id="page_3" title="bbox 0 0 100 200; ppageno 2; scan_res 300 300">\n'
        '<div class="ocr_carea" id="block_3_0" title="bbox 5 20 60 70">\n'
        '<span class="ocr_line" title="bbox 10 20 50 44">'
        '<span class="ocrx_word" title="bbox 10 20 30 40; x_wconf 91">Số</span> '
        '<span class="ocrx_word" title="bbox 35 20 50 44; x_wconf 50">&lt;7&gt;</span></span>\n'
        '<span class="ocr_line" title="bbox 5 60 60 70">'
        '<span class="ocrx_word" title="bbox 5 60 60 70; x_wconf 80">hai</span></span>\n'
        "</div>\n"
        '<div class="ocr_carea" id="block_3_1" title="bbox 1 2 3 4">\n'
        '<span class="ocr_line" title="bbox 1 2 3 4">'
        '<span class="ocrx_word" title="bbox 1 2 3 4; x_wconf 80">ba</span></span>\n'
        "</div>\n"
        "</div>\n"
    )
