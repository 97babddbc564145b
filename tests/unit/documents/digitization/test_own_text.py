"""Exact text is never given up for a reading of it; a layer that says other things is not believed."""

import pytest

from motcua.documents.rules.digitization.decisions import DirectionSeen, is_clearly_better, is_perhaps_better
from motcua.documents.rules.digitization.geometry import Affine, Box, page_space
from motcua.documents.rules.digitization.own_text import (
    OwnText,
    agreement,
    is_believed,
    is_born_digital,
    merged,
    without,
)
from motcua.documents.rules.digitization.pages import Line, Word
from motcua.documents.rules.digitization.reading import level, sure_letters


def line(text: str, *, top: float = 10, confidence: float = 90, left: float = 0) -> Line:
    words = []
    for word in text.split():
        words.append(Word(word, confidence, Box(left, top, left + 10 * len(word), top + 12)))
        left += 10 * len(word) + 6
    return Line(tuple(words))


@pytest.mark.parametrize(
    ("letters", "covered", "expected"),
    [(0, 0.0, False), (11, 0.0, False), (12, 0.0, True), (100, 0.9, False), (300, 0.9, True)],
)
def test_which_pages_are_text(letters: int, covered: float, expected: bool) -> None:
    assert is_born_digital(letters, covered) is expected


def test_agreement_counts_letters_of_words_read_surely() -> None:
    read = [line("Ủy ban nhân dân"), line("rác rưởi", confidence=20, top=40)]
    assert agreement([line("ỦY BAN NHÂN DÂN,")], read) == 1.0
    assert agreement([line("ủy ban tỉnh")], read) == pytest.approx(5 / 12)
    assert agreement([line("anything")], []) == 1.0


def test_where_the_engine_is_unsure_a_layer_is_believed_sooner() -> None:
    hidden, read = [line("một hai ba bốn năm")], [line("một hai ba bon nam")]
    assert not is_believed(hidden, read, confidence=95)
    assert is_believed(hidden, read, confidence=65)
    assert not is_believed([], read, confidence=10)


def test_painted_letters_stay_and_the_rest_is_read() -> None:
    own = OwnText(visible=(line("Số 12", top=10),))
    read = [line("S0 l2", top=11), line("Kính gửi", top=60)]
    assert [one.text for one in merged(own, read, 90.0)] == ["Số 12", "Kính gửi"]


def test_a_word_beside_an_exact_one_is_another_word() -> None:
    kept = without([line("Một cửa", top=10)], [line("Một", top=10)])
    assert [one.text for one in kept] == ["cửa"]


@pytest.mark.parametrize(
    ("turned", "upright", "clear", "perhaps"),
    [
        (DirectionSeen(500, 95), DirectionSeen(100, 35), True, True),
        (DirectionSeen(500, 95), DirectionSeen(2, 97), True, True),
        (DirectionSeen(8, 95), DirectionSeen(0, 0), False, False),
        (DirectionSeen(150, 70), DirectionSeen(100, 68), False, True),
        (DirectionSeen(30, 50), DirectionSeen(0, 0), False, True),
    ],
)
def test_a_page_is_turned_only_on_clear_evidence(
    turned: DirectionSeen, upright: DirectionSeen, clear: bool, perhaps: bool
) -> None:
    assert is_clearly_better(turned, upright) is clear
    assert is_perhaps_better(turned, upright) is perhaps


def test_words_taller_than_wide_do_not_speak_for_a_direction() -> None:
    standing = Line((Word("dọc", 96.0, Box(0, 0, 12, 60)), Word("ngang", 96.0, Box(0, 0, 60, 12))))
    assert sure_letters(level([standing])) == 5


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_space_leads_to_the_corner_shown_top_left(turn: int) -> None:
    shown = Box(40, 30, 280, 190)
    size = (160, 240) if turn in (90, 270) else (240, 160)
    corner = {0: (40, 190), 90: (40, 30), 180: (280, 30), 270: (280, 190)}[turn]
    assert page_space(shown, turn, *size).at(0, 0) == pytest.approx(corner)


def test_the_map_back_leads_back() -> None:
    there = Affine(2, 1, -1, 3, 5, -7)
    assert there.then(there.inverse()).at(11, 13) == pytest.approx((11, 13))
