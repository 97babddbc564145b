"""Judging what an engine returned."""

import math
import unicodedata
from collections.abc import Iterable, Sequence

from motcua.documents.rules.digitization.pages import Line, Word

_LONGEST_WORD = 300


def mean_confidence(lines: Iterable[Line]) -> float:
    """Of all words, weighted by their length; 0 for nothing read."""
    total = weight = 0.0
    for line in lines:
        for word in line.words:
            total += word.confidence * len(word.text)
            weight += len(word.text)
    return total / weight if weight else 0.0


def are_sane(lines: Sequence[Line], width: int, height: int) -> bool:
    """Whether these can be words of a picture of this size; an engine may return anything."""
    return all(_is_sane(word, width, height) for line in lines for word in line.words)


def _is_sane(word: Word, width: int, height: int) -> bool:
    box = word.box
    numbers = (word.confidence, box.left, box.top, box.right, box.bottom)
    if not all(math.isfinite(number) for number in numbers) or not -1 <= word.confidence <= 101:
        return False
    inside = -2 <= box.left <= box.right <= width + 2 and -2 <= box.top <= box.bottom <= height + 2
    readable = 0 < len(word.text) <= _LONGEST_WORD and not any(
        unicodedata.category(c) in ("Cc", "Cs") for c in word.text
    )
    return inside and readable


def level(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The words that run across the page. An engine may turn a block by itself and read it where it stands: its words are then
    taller than wide, and say that the page is not upright.
    """
    kept = (
        Line(
            tuple(word for word in line.words if len(word.text) > 1 and word.box.width > word.box.height),
            line.block,
        )
        for line in lines
    )
    return tuple(line for line in kept if line.words)


def sure_letters(lines: Iterable[Line], least: float = 60.0) -> int:
    """Letters and digits of the words read with at least this confidence; single characters are noise."""
    words = (word for line in lines for word in line.words if word.confidence >= least and len(word.text) > 1)
    return sum(sum(map(str.isalnum, word.text)) for word in words)
