import re

import pytest

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word
from motcua.documents.rules.digitization.text_layer import ADVANCE, text_operators


def line(*words: tuple[str, float, float]) -> Line:
    return Line(tuple(Word(text, 90, Box(left, 100, right, 130)) for text, left, right in words))


def starts(operators: bytes) -> list[float]:
    """Where each word of the only line begins, in points, by interpreting the operators."""
    text = operators.decode("latin-1")
    size, stretch, left = (float(v) for v in re.search(r"/T (\S+) Tf (\S+) Tz 1 0 0 1 (\S+)", text).groups())  # type: ignore[union-attr]  # None fails the test as it should
    at, found = left, []
    for gap, shown in re.findall(r"(-?\d+)?\(((?:[^()\\]|\\.)*)\)", text, re.DOTALL):
        at -= float(gap or 0) / 1000 * size * stretch / 100
        found.append(at)
        at += len(re.sub(r"\\(.)", r"\1", shown)) / 2 * ADVANCE / 1000 * size * stretch / 100
    return found


def test_each_word_begins_where_it_is_printed() -> None:
    operators = text_operators([line(("Giấy", 100, 190), ("chứng", 210, 330), ("sinh", 345, 420))], 1000, 0.5)
    assert starts(operators) == pytest.approx([50, 105, 172.5], abs=0.2)


def test_the_layer_is_invisible_and_carries_vietnamese() -> None:
    operators = text_operators([line(("Ủy", 10, 50))], 1000, 1.0)
    assert operators.startswith(b"BT 3 Tr")
    assert "Ủy".encode("utf-16-be") in operators


def test_parentheses_and_backslashes_do_not_end_the_string() -> None:
    assert b"\\(" in text_operators([line(("(a)", 10, 50))], 1000, 1.0)


def test_characters_beyond_two_bytes_are_replaced() -> None:
    assert "\ufffd".encode("utf-16-be") in text_operators([line(("😀", 10, 50))], 1000, 1.0)


def test_a_page_without_words_has_no_text_object() -> None:
    assert text_operators([], 1000, 1.0) == b""


def test_words_do_not_run_into_each_other() -> None:
    """Readers of the text look at gaps; a stretched word that reaches the next would be read as one with it."""
    operators = text_operators([line(("một", 100, 160), ("hai", 166, 220))], 1000, 1.0)
    size, stretch = (float(v) for v in re.search(rb"/T (\S+) Tf (\S+) Tz", operators).groups())  # type: ignore[union-attr]  # None fails the test as it should
    assert 100 + 3 * ADVANCE / 1000 * size * stretch / 100 < 166
