"""Titles weighed by what was typed: BM25 over folded words and pairs of words, with what is known of each procedure."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from motcua.catalogue.rules.finding.everyday import EverydayTable
from motcua.catalogue.rules.finding.slips import Vocabulary
from motcua.catalogue.rules.finding.typed import (
    accented_words,
    codes_of,
    only_asks,
    pairs,
    title_words,
    words_of,
)
from motcua.catalogue.words import CompetentLevel

# BM25 (Robertson and Zaragoza 2009): how fast repeats stop counting, how much long titles are held back.
_K1, _B = 1.0, 0.7
# What a typed pair counts against a typed word, words that only ask, accents, words explained by the everyday table.
_PAIR, _ASKS, _ACCENT, _EXPLAINED = 0.7, 0.2, 0.2, 0.5
# What the law's words count that the everyday table put in; near words of a slip; words being typed; the field's name.
_OFFICIAL, _SLIP, _BEGUN, _FIELD, _ENGLISH = 0.8, 0.7, 0.4, 0.25, 0.9
# Half of a score stands for how much of the title was asked for: the plain procedure comes before its special kinds.
_COVER = 0.5
# Titles below this share of the best are no answer. Nor is a best one that meets little of what was typed while little
# of it was asked for: a long question may hold many words of its own, a title must then be met for the most part.
_WORTH, _MET, _TITLE_MET = 0.3, 0.25, 0.4
_CODE_SCORE = 1000.0
# A word in more titles than this share brings no new title in, once rarer words have brought some.
_COMMON = 0.05

_NEARNESS: Mapping[CompetentLevel, float] = {
    CompetentLevel.COMMUNE: 1.1,
    CompetentLevel.PROVINCE: 1.03,
    CompetentLevel.DISTRICT: 1.0,
    CompetentLevel.OTHER: 0.9,
    CompetentLevel.MINISTRY: 0.85,
}
_FOR_CITIZENS = 1.05
_PRIORITY = 1.05


@dataclass(frozen=True, slots=True)
class ListedTitle:
    """What the search knows of one procedure. `is_priority`: on a list of priority services."""

    code: str
    title: str
    title_en: str
    field: str
    level: CompetentLevel
    is_for_citizens: bool
    is_priority: bool


class TitleIndex:
    """All offered titles, ready to be searched. Building takes about 0.1 ms a title; searching reads nothing outside."""

    def __init__(self, listed: Sequence[ListedTitle], everyday: EverydayTable) -> None:
        self._everyday = everyday
        self._places: dict[str, array[int]] = {}
        self._values: dict[str, array[float]] = {}
        self._codes = {one.code: place for place, one in enumerate(listed)}
        self._many = max(len(listed), 1)
        titles = [title_words(one.title) for one in listed]
        self._write(listed, titles)
        self._known = Vocabulary(
            {word for word in self._places if " " not in word and word[0] != "="} | everyday.words()
        )
        self._mass = [sum(self._rarity(word) for word in set(words)) or 1.0 for words in titles]
        self._before = [_before(one) for one in listed]

    def search(self, text: str) -> list[tuple[float, int]]:
        """`(score, place in the list)` of the titles that answer, best first; empty where nothing does."""
        wanted = self._wanted(text)
        scores, met = self._weigh(wanted)
        for place in list(scores):
            cover = 1 - _COVER + _COVER * min(met[place] / self._mass[place], 1.0)
            scores[place] *= cover * self._before[place]
        for code in codes_of(text):
            if code in self._codes:
                scores[self._codes[code]] = _CODE_SCORE
        if not scores:
            return []
        best = max(scores.values())
        asked = sum(weight * self._rarity(word) for word, weight in wanted.items() if " " not in word)
        ranked = sorted(((-score, place) for place, score in scores.items() if score >= best * _WORTH))
        met_by_best, mass = met[ranked[0][1]], self._mass[ranked[0][1]]
        if best < _CODE_SCORE and met_by_best < min(asked * _MET, mass * _TITLE_MET):
            return []
        return [(-score, place) for score, place in ranked]

    # -- building

    def _write(self, listed: Sequence[ListedTitle], titles: Sequence[list[str]]) -> None:
        usual = sum(len(words) for words in titles) / self._many or 1.0
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        values: dict[str, array[float]] = defaultdict(lambda: array("f"))
        for place, (one, words) in enumerate(zip(listed, titles, strict=True)):
            for word, value in _values(one, words, usual).items():
                places[word].append(place)
                values[word].append(value)
        self._places, self._values = dict(places), dict(values)

    def _rarity(self, word: str) -> float:
        """Inverse document frequency; a word of no title is the rarest."""
        known = len(self._places.get(word, ()))
        return log(1 + (self._many - known + 0.5) / (known + 0.5))

    # -- reading what was typed

    def _wanted(self, text: str) -> dict[str, float]:
        """Words and pairs to look for, each with its weight."""
        typed = words_of(text)
        wanted: dict[str, float] = defaultdict(float)
        meanings = self._everyday.meanings(typed)
        explained = {place for meaning in meanings for place in meaning.places}
        weights = [
            (_EXPLAINED if place in explained else 1.0) * (_ASKS if only_asks(word) else 1.0)
            for place, word in enumerate(typed)
        ]
        for place, (word, weight) in enumerate(zip(typed, weights, strict=True)):
            for form, share in self._forms(word, is_last=place == len(typed) - 1):
                wanted[form] = max(wanted[form], weight * share)
        for place, pair in enumerate(pairs(typed)):
            both_ask = only_asks(typed[place]) and only_asks(typed[place + 1])
            share = min(_EXPLAINED if at in explained else 1.0 for at in (place, place + 1))
            wanted[pair] = max(wanted[pair], share * _PAIR * (_ASKS if both_ask else 1.0))
        for word, folded in accented_words(text):
            wanted[f"={word}"] = _ACCENT * wanted.get(folded, 0.0)
        for meaning in meanings:
            share = _OFFICIAL * meaning.sure / sqrt(len(meaning.official))
            for official in meaning.official:
                for part in (*official, *pairs(list(official))):
                    wanted[part] = max(wanted[part], share)
        return wanted

    def _forms(self, word: str, *, is_last: bool) -> list[tuple[str, float]]:
        forms = [(word, 1.0)]
        if word not in self._known:
            forms += [(near, _SLIP) for near in self._known.near(word)]
            forms += [(part, _SLIP) for part in self._known.parted(word)]
        if is_last and len(word) > 1:
            forms += [(longer, _BEGUN) for longer in self._known.beginning_with(word, 8)]
        return forms

    # -- weighing

    def _weigh(self, wanted: Mapping[str, float]) -> tuple[dict[int, float], Counter[int] | dict[int, float]]:
        scores: dict[int, float] = defaultdict(float)
        met: dict[int, float] = defaultdict(float)
        known = sorted(
            (word for word in wanted if word in self._places), key=lambda word: len(self._places[word])
        )
        for word in known:
            places, values = self._places[word], self._values[word]
            rarity = self._rarity(word)
            share = wanted[word] * rarity
            is_word = " " not in word and word[0] != "="
            hits = (
                _among(places, values, scores)
                if scores and len(places) > _COMMON * self._many and len(scores) * 8 < len(places)
                else zip(places, values, strict=True)
            )
            for place, value in hits:
                scores[place] += share * value
                if is_word:
                    met[place] += min(wanted[word], 1.0) * rarity
        return scores, met


def _among(places: array[int], values: array[float], wanted: Mapping[int, float]) -> list[tuple[int, float]]:
    """The entries of a long list that are already wanted, found by halving."""
    found = []
    for place in wanted:
        at = bisect_left(places, place)
        if at < len(places) and places[at] == place:
            found.append((place, values[at]))
    return found


def _values(one: ListedTitle, words: list[str], usual: float) -> dict[str, float]:
    """What each word and pair of one procedure counts."""
    held_back = _K1 * (1 - _B + _B * len(words) / usual)
    accented = [f"={word}" for word, _ in accented_words(one.title)]
    values = {
        word: often * (_K1 + 1) / (often + held_back)
        for word, often in Counter([*words, *pairs(words), *accented]).items()
    }
    english = words_of(one.title_en)
    for word in (*english, *pairs(english)):
        values.setdefault(word, _ENGLISH)
    for word in words_of(one.field):
        values.setdefault(word, _FIELD)
    return values


def _before(one: ListedTitle) -> float:
    """What is near people comes first: their commune, their own matters, services on a priority list."""
    return (
        _NEARNESS[one.level]
        * (_FOR_CITIZENS if one.is_for_citizens else 1.0)
        * (_PRIORITY if one.is_priority else 1.0)
    )
