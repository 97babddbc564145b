"""Everyday words against the law's: "sổ đỏ" is "giấy chứng nhận quyền sử dụng đất".

An entry says what the law calls a thing, or, where its meaning begins with `=`, only how the same word is said elsewhere
or written short ("sanh" is "sinh", "cty" is "công ty"): such words are replaced before anything else is looked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.finding.typed import Word, spoken, words_of

_SAME = "="
# Words that may stand between those of a phrase, and how sure it then still is: "sổ đỏ [của nhà tôi] bị mất". Few words
# must stand nearer to each other than many, which seldom come together by chance.
_BETWEEN = ((0, 1.0), (1, 0.9), (3, 0.8), (6, 0.6), (12, 0.4))
_MOST_BETWEEN = {1: 0, 2: 3, 3: 5, 4: 8, 5: 12}
_OTHER_ORDER, _ACCENT_MISSING = 0.75, 0.75
# A single word without its accents stands for a phrase where it is this likely to be meant: `so` is `số` more than `sò`.
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase found in what was typed: where its words stand, what the law calls it, how sure (0 to 1)."""

    places: tuple[int, ...]
    official: tuple[tuple[str, ...], ...]
    sure: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[Word, ...]
    official: tuple[tuple[str, ...], ...]


class EverydayTable:
    """Phrases with their official words, ready to be looked for. Built from `(phrase, official phrases)`."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._same: dict[str, list[tuple[tuple[Word, ...], tuple[Word, ...]]]] = defaultdict(list)
        meant = []
        accents: dict[str, Counter[str]] = defaultdict(Counter)
        for phrase, official in entries:
            words = tuple(spoken(phrase))
            if not words or not official:
                continue
            for word in (*words, *(word for text in official for word in spoken(text))):
                accents[word.folded][word.written or word.folded] += 1
            if official[0].startswith(_SAME):
                self._same[words[0].folded].append((words, tuple(spoken(official[0]))))
            else:
                meant.append((words, tuple(tuple(words_of(text)) for text in official)))
        for ways in self._same.values():
            ways.sort(key=lambda way: -len(way[0]))
        self._likely = {
            written: count / written_so.total()
            for written_so in accents.values()
            for written, count in written_so.items()
        }
        # What is typed is looked for after its words are replaced: phrases are kept in the same words, and in their own
        # for what is typed without accents and cannot be replaced surely.
        phrases = [
            _Phrase(way, official)
            for words, official in meant
            for way in {words, tuple(word for word, _ in self.said(words))}
        ]
        often = Counter(word.folded for phrase in phrases for word in phrase.words)
        self._by_rarest: dict[str, list[_Phrase]] = defaultdict(list)
        for one in phrases:
            self._by_rarest[min((word.folded for word in one.words), key=lambda word: often[word])].append(
                one
            )

    def words(self) -> set[str]:
        """Every word of every phrase: they are known, and no slips."""
        said = {word.folded for ways in self._same.values() for way, _ in ways for word in way}
        return said | {
            word.folded for phrases in self._by_rarest.values() for phrase in phrases for word in phrase.words
        }

    def said(self, typed: Sequence[Word]) -> list[tuple[Word, int]]:
        """The words typed, those said or written otherwise replaced; each with the place it was typed at."""
        found: list[tuple[Word, int]] = []
        at = 0
        while at < len(typed):
            way, same = self._otherwise(typed, at)
            if same is None:
                found += [(word, at + further) for further, word in enumerate(typed[at : at + way])]
            else:
                written = typed[at].written
                found += [(word if written else Word(word.folded, ""), at) for word in same]
            at += way
        return found

    def _otherwise(self, typed: Sequence[Word], at: int) -> tuple[int, tuple[Word, ...] | None]:
        """How many words at a place say something otherwise, and what they say; nothing where they say it already."""
        for way, same in self._same.get(typed[at].folded, ()):
            here = typed[at : at + len(way)]
            if _alike(way, here) and self._is_clear(way, here):
                if _alike(same, typed[at : at + len(same)]):
                    return len(same), None
                return len(way), same
        return 1, None

    def meanings(self, said: Sequence[Word]) -> list[Meaning]:
        """Phrases that occur in the words, the longest and surest first; a word explained is not explained again."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(said):
            places[word.folded].append(place)
        found = [
            meaning
            for word in places
            for phrase in self._by_rarest.get(word, ())
            if (meaning := _found(phrase, said, places)) is not None
            and self._is_clear(phrase.words, [said[place] for place in meaning.places])
        ]
        found.sort(key=lambda one: (-len(one.places) * one.sure, one.places))
        taken: set[int] = set()
        chosen = []
        for meaning in found:
            if sum(place in taken for place in meaning.places) * 3 <= len(meaning.places):
                taken.update(meaning.places)
                chosen.append(meaning)
        return chosen

    def _is_clear(self, meant: Sequence[Word], typed: Sequence[Word]) -> bool:
        """Whether a single word typed without its accents may be taken for the one that is meant."""
        plain = meant[0].written or meant[0].folded
        return len(meant) > 1 or typed[0].written == plain or self._likely.get(plain, 0.0) >= _LIKELY


def _alike(way: Sequence[Word], typed: Sequence[Word]) -> bool:
    return len(way) == len(typed) and all(
        left.folded == right.folded and _trust(left, right) == 1.0
        for left, right in zip(way, typed, strict=True)
    )


def _trust(meant: Word, typed: Word) -> float:
    """How far a typed word may be the one that is meant, by their accents."""
    if not typed.written or not meant.written or typed.written == meant.written:
        return 1.0
    return _ACCENT_MISSING if typed.written == typed.folded else 0.0


def _found(phrase: _Phrase, said: Sequence[Word], places: dict[str, list[int]]) -> Meaning | None:
    if any(word.folded not in places for word in phrase.words):
        return None
    rarest = min((word.folded for word in phrase.words), key=lambda word: len(places[word]))
    best: Meaning | None = None
    for start in places[rarest]:
        meaning = _around(phrase, said, places, start)
        if meaning is not None and (best is None or meaning.sure > best.sure):
            best = meaning
    return best


def _around(
    phrase: _Phrase, said: Sequence[Word], places: dict[str, list[int]], start: int
) -> Meaning | None:
    """The phrase with its words nearest to a place; nothing if they stand too far apart."""
    chosen: list[int] = []
    sure = 1.0
    for word in phrase.words:
        free = [place for place in places[word.folded] if place not in chosen]
        if not free:
            return None
        # A word after the one before it is nearer than one in front of it.
        towards = chosen[-1] + 1 if chosen else start
        place = min(free, key=lambda place: (abs(place - towards), place < towards))
        sure *= _trust(word, said[place])
        chosen.append(place)
    between = max(chosen) - min(chosen) + 1 - len(chosen)
    if not sure or between > _MOST_BETWEEN.get(len(chosen), _BETWEEN[-1][0]):
        return None
    sure *= next(share for most, share in _BETWEEN if between <= most)
    if chosen != sorted(chosen):
        sure *= _OTHER_ORDER
    return Meaning(tuple(chosen), phrase.official, sure)
