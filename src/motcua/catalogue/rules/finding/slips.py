"""Slips of the finger: which known words are one letter away from what was typed, or which two were run together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Vocabulary:
    """All words that occur, ready to answer "which known words are one slip away from this one"."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._sorted = sorted(self._words)
        self._by_shorter: dict[str, list[str]] = {}
        for word in self._sorted:
            for shorter in _shortened(word):
                self._by_shorter.setdefault(shorter, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def near(self, word: str) -> tuple[str, ...]:
        """Known words that differ by one letter added, left out, changed, or two neighbours swapped."""
        if len(word) < 3 or not word.isalpha():
            return ()
        candidates = {
            near for shorter in (word, *_shortened(word)) for near in self._by_shorter.get(shorter, ())
        }
        candidates |= {shorter for shorter in _shortened(word) if shorter in self._words}
        return tuple(
            sorted(near for near in candidates if near != word and len(near) > 1 and _one_slip(word, near))
        )

    def beginning_with(self, letters: str, most: int) -> tuple[str, ...]:
        """Known words that begin with these letters, the shortest first: what somebody is about to type."""
        at = bisect_left(self._sorted, letters)
        found = []
        while at < len(self._sorted) and self._sorted[at].startswith(letters):
            found.append(self._sorted[at])
            at += 1
        return tuple(
            sorted((word for word in found if word != letters), key=lambda word: (len(word), word))[:most]
        )

    def parted(self, word: str) -> tuple[str, ...]:
        """`khaisinh` as `khai`, `sinh`: the first way to part an unknown word into two known ones, or nothing."""
        for at in range(2, len(word) - 1):
            left, right = word[:at], word[at:]
            if left in self._words and right in self._words:
                return left, right
        return ()


def _shortened(word: str) -> tuple[str, ...]:
    return tuple({word[:at] + word[at + 1 :] for at in range(len(word))})


def _one_slip(left: str, right: str) -> bool:
    if len(left) == len(right):
        wrong = [at for at in range(len(left)) if left[at] != right[at]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and left[wrong[0]] == right[wrong[1]]
            and left[wrong[1]] == right[wrong[0]]
        )
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return len(longer) == len(shorter) + 1 and shorter in _shortened(longer)
