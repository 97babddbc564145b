"""Everyday words against the law's: "sổ đỏ" is "giấy chứng nhận quyền sử dụng đất"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.finding.typed import words_of

# Words that may stand between those of a phrase of three or more: "sổ đỏ [của nhà tôi] bị mất".
_MOST_BETWEEN = 3
_WITH_GAPS = 0.8


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase found in what was typed: where its words stand, what the law calls it, how sure (0 to 1)."""

    places: tuple[int, ...]
    official: tuple[tuple[str, ...], ...]
    sure: float


class EverydayTable:
    """Phrases with their official words, ready to be looked for. Built from `(phrase, official phrases)`."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]] = defaultdict(
            list
        )
        for phrase, official in entries:
            words = tuple(words_of(phrase))
            if words:
                self._by_first[words[0]].append((words, tuple(tuple(words_of(text)) for text in official)))

    def words(self) -> set[str]:
        """Every word of every phrase: they are known, and no slips."""
        return {word for phrases in self._by_first.values() for phrase, _ in phrases for word in phrase}

    def meanings(self, typed: Sequence[str]) -> list[Meaning]:
        """Phrases that occur in the words typed, the longest first, no word in two of them."""
        found = [meaning for at in range(len(typed)) for meaning in self._beginning_at(typed, at)]
        found.sort(key=lambda one: (-len(one.places), -one.sure, one.places))
        taken: set[int] = set()
        chosen = []
        for meaning in found:
            if taken.isdisjoint(meaning.places):
                taken.update(meaning.places)
                chosen.append(meaning)
        return chosen

    def _beginning_at(self, typed: Sequence[str], start: int) -> Iterable[Meaning]:
        for phrase, official in self._by_first.get(typed[start], ()):
            places = _places(typed, start, phrase)
            if places is not None:
                is_whole = places[-1] - start + 1 == len(phrase)
                yield Meaning(places, official, 1.0 if is_whole else _WITH_GAPS)


def _places(typed: Sequence[str], start: int, phrase: tuple[str, ...]) -> tuple[int, ...] | None:
    end = start + len(phrase) + (_MOST_BETWEEN if len(phrase) >= 3 else 0)
    window = typed[start:end]
    places = []
    at = 0
    for word in phrase:
        while at < len(window) and window[at] != word:
            at += 1
        if at == len(window):
            return None
        places.append(start + at)
        at += 1
    return tuple(places)
