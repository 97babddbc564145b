"""Titles weighed by what was typed: BM25 over folded words and pairs of words, with what is known of each procedure."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from motcua.catalogue.rules.finding.everyday import EverydayTable, Meaning
from motcua.catalogue.rules.finding.reading import Reading, Weights, read
from motcua.catalogue.rules.finding.slips import Vocabulary
from motcua.catalogue.rules.finding.typed import codes_of, pairs, spoken, title_words, words_of
from motcua.catalogue.words import CompetentLevel

# BM25 (Robertson and Zaragoza 2009): how fast repeats stop counting, how much long titles are held back.
_K1, _B = 1.0, 0.7
# What the field's name counts against a word of the title, and what an English title counts.
_FIELD, _ENGLISH = 0.25, 0.9
# What stands in parentheses ("thực hiện tại cấp tỉnh") need not have been asked for.
_ASIDE = 0.3
_PARENTHESES = re.compile(r"\([^)]*\)?")
# Titles below this share of the best are no answer. Nor is a best one that holds less than this share of what was typed,
# or, where two words stand in it side by side as they were typed, less than the other: a story has many words of its own.
_WORTH, _MET, _MET_WITH_PAIR = 0.3, 0.5, 0.2
# A phrase of the everyday table that is as sure as this is an answer by itself.
_SURE = 0.3
_CODE_SCORE = 1000.0
# A word in more titles than this share brings no new title in, once rarer words have brought some; nor does any, once so
# many titles are found.
_COMMON, _SOME, _ENOUGH = 0.05, 200, 2500
# So many of the best are looked at word by word.
_CLOSELY = 60

_NEARNESS: Mapping[CompetentLevel, float] = {
    CompetentLevel.COMMUNE: 1.1,
    CompetentLevel.PROVINCE: 1.03,
    CompetentLevel.DISTRICT: 1.0,
    CompetentLevel.OTHER: 0.9,
    CompetentLevel.MINISTRY: 0.85,
}
# Acts of titles. Nobody who only names a thing wants it taken away; who names an act wants a title that has it.
_ENDS = frozenset(
    {"thu hoi", "xoa dang", "cham dut", "dinh chi", "bai bo", "mien nhiem", "huy bo", "tra lai"}
)
_ACTS = _ENDS | {
    "cap lai",
    "cap doi",
    "cap moi",
    "gia han",
    "dieu chinh",
    "sua doi",
    "chuyen doi",
    "thay doi",
}
_UNASKED_END, _OTHER_ACT = 0.85, 0.85
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

    def __init__(
        self, listed: Sequence[ListedTitle], everyday: EverydayTable, weights: Weights | None = None
    ) -> None:
        self._everyday = everyday
        self._weights = weights or Weights()
        self._places: dict[str, array[int]] = {}
        self._values: dict[str, array[float]] = {}
        self._codes = {one.code: place for place, one in enumerate(listed)}
        self._many = max(len(listed), 1)
        titles = [title_words(one.title) for one in listed]
        self._titles = [f" {' '.join(words)} " for words in titles]
        self._texts = [
            f"{words} {' '.join(words_of(one.title_en))} " if one.title_en else words
            for one, words in zip(listed, self._titles, strict=True)
        ]
        self._acts = [_ACTS.intersection(pairs(words)) for words in titles]
        self._ends = {
            place: " ".join(words[:2]) for place, words in enumerate(titles) if " ".join(words[:2]) in _ENDS
        }
        self._write(listed, titles)
        self._rarities = {word: self._rarity(word) for word in self._places}
        plain = [title_words(_PARENTHESES.sub(" ", one.title)) for one in listed]
        self._pairs = [
            [(pair, self._rarities[pair]) for pair in pairs(words) if pair in self._rarities]
            for words in plain
        ]
        self._known = Vocabulary(
            {word for word in self._places if " " not in word and word[0] != "="} | everyday.words()
        )
        self._mass = [self._mass_of(one.title, words) for one, words in zip(listed, titles, strict=True)]
        self._before = [_before(one) for one in listed]

    def search(self, text: str) -> list[tuple[float, int]]:
        """`(score, place in the list)` of the titles that answer, best first; empty where nothing does."""
        reading = read(text, self._everyday, self._known, self._places, self._weights)
        scores, met = self._weigh(reading.wanted)
        cover = self._weights.cover
        asked = _ACTS & reading.pairs
        for place in scores:
            share = 1 - cover + cover * min(met.get(place, 0.0) / self._mass[place], 1.0)
            scores[place] *= share * self._before[place] * self._fits(place, asked, reading)
        self._look_closely(scores, reading)
        for code in codes_of(text):
            if code in self._codes:
                scores[self._codes[code]] = _CODE_SCORE
        if not scores:
            return []
        best = max(scores.values())
        ranked = sorted((-score, place) for place, score in scores.items() if score >= best * _WORTH)
        if best < _CODE_SCORE and not self._answers(ranked[0][1], reading):
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

    def _mass_of(self, title: str, words: Iterable[str]) -> float:
        plain = set(words_of(_PARENTHESES.sub(" ", title)))
        return sum(self._rarities[word] * (1.0 if word in plain else _ASIDE) for word in set(words)) or 1.0

    # -- weighing

    def _weigh(self, wanted: Mapping[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """What every title scores, and how much of the words wanted it holds. The rarest words choose the titles."""
        scores: dict[int, float] = {}
        met: dict[int, float] = {}
        known = sorted(
            (word for word, weight in wanted.items() if weight and word in self._places),
            key=lambda word: len(self._places[word]),
        )
        for word in known:
            places, values = self._places[word], self._values[word]
            rarity = self._rarities[word]
            share = wanted[word] * rarity
            part = min(wanted[word], 1.0) * rarity if " " not in word and word[0] != "=" else 0.0
            is_common = len(places) > _COMMON * self._many
            is_open = len(scores) < (_SOME if is_common else _ENOUGH)
            if is_open:
                for place, value in zip(places, values, strict=True):
                    scores[place] = scores.get(place, 0.0) + share * value
                    if part:
                        met[place] = met.get(place, 0.0) + part
                continue
            for place, value in _among(places, values, scores):
                scores[place] += share * value
                if part:
                    met[place] = met.get(place, 0.0) + part
        return scores, met

    def _fits(self, place: int, asked: frozenset[str], reading: Reading) -> float:
        """How far the acts of a title are those that were asked for."""
        end = self._ends.get(place)
        fits = 1.0 if end is None or end in reading.wanted else _UNASKED_END
        return fits * _OTHER_ACT if asked and not asked & self._acts[place] else fits

    def _look_closely(self, scores: dict[int, float], reading: Reading) -> None:
        """Titles gain that hold what was typed, the law's words for an everyday phrase, or were typed word by word."""
        phrases: dict[tuple[str, ...], float] = {}
        for meaning in reading.meanings:
            for official in meaning.official:
                phrases[official] = max(phrases.get(official, 0.0), meaning.sure / len(meaning.official))
        parts = {official: self._parts(official) for official in phrases}
        named = self._named(reading)
        for place in nlargest(_CLOSELY, scores, key=scores.__getitem__):
            title = self._titles[place]
            gained = self._weights.literal * self._typed_share(place, reading.pairs) ** 3
            held: dict[tuple[str, ...], float] = {}
            for official, (words, mass) in parts.items():
                held[official] = sum(rarity for part, rarity in words if part in title) / mass
                gained += self._weights.whole * phrases[official] * held[official] ** 3
            explained = [
                max(held[official] for official in meaning.official)
                * min(1.0, meaning.sure / self._weights.explains)
                for meaning in reading.meanings
            ]
            scores[place] *= (1 + gained) * self._share_held(place, named, explained)

    def _named(self, reading: Reading) -> list[tuple[float, tuple[str, ...], int | None]]:
        """What was typed, each with its rarity; pairs that no title has say nothing."""
        return [
            (
                self._rarities.get(one.forms[0]) or self._rarity(one.forms[0]),
                tuple(f" {form} " for form in one.forms),
                one.meaning,
            )
            for one in reading.named
            if " " not in one.forms[0] or one.forms[0] in self._rarities
        ]

    def _share_held(
        self,
        place: int,
        named: Sequence[tuple[float, tuple[str, ...], int | None]],
        explained: Sequence[float],
    ) -> float:
        """A factor for how much of what was typed a title holds: its words, or for phrases those of the law."""
        text = self._texts[place]
        asked = held = 0.0
        for rarity, forms, meaning in named:
            asked += rarity
            if any(form in text for form in forms):
                held += rarity
            elif meaning is not None:
                held += rarity * explained[meaning]
        holds = self._weights.holds
        return 1 - holds + holds * held / asked if asked else 1.0

    def _typed_share(self, place: int, typed: frozenset[str]) -> float:
        """How much of a title was typed in its very words; what stands in parentheses need not be."""
        own = self._pairs[place]
        whole = sum(rarity for _, rarity in own)
        return sum(rarity for pair, rarity in own if pair in typed) / whole if whole else 0.0

    def _parts(self, official: Sequence[str]) -> tuple[list[tuple[str, float]], float]:
        parts = [
            (f" {part} ", self._rarities.get(part, 0.0) or self._rarity(part))
            for part in (*official, *pairs(official))
        ]
        return parts, sum(rarity for _, rarity in parts) or 1.0

    def _answers(self, place: int, reading: Reading) -> bool:
        """Whether the best title meets enough of what was typed to be shown."""
        if any(meaning.sure >= _SURE and self._holds(place, meaning) for meaning in reading.meanings):
            return True
        if self._typed_share(place, reading.pairs) == 1.0:
            return True
        text = self._texts[place]
        asked = held = 0.0
        for weight, forms in reading.asked:
            rarity = self._rarities.get(forms[0]) or self._rarity(forms[0])
            asked += weight * rarity
            if any(f" {form} " in text for form in forms):
                held += weight * rarity
        has_pair = any(f" {pair} " in text for pair in reading.pairs)
        return held > 0 and held >= asked * (_MET_WITH_PAIR if has_pair else _MET)

    def _holds(self, place: int, meaning: Meaning) -> bool:
        """Whether a title holds most of the law's words for a phrase."""
        for official in meaning.official:
            parts, mass = self._parts(official)
            if sum(rarity for part, rarity in parts if part in self._titles[place]) >= 0.35 * mass:
                return True
        return False


def _among(places: array[int], values: array[float], wanted: Mapping[int, float]) -> list[tuple[int, float]]:
    """The entries of a list that are wanted already; those of a long list are found by halving."""
    if len(wanted) * 8 > len(places):
        return [pair for pair in zip(places, values, strict=True) if pair[0] in wanted]
    found = []
    for place in wanted:
        at = bisect_left(places, place)
        if at < len(places) and places[at] == place:
            found.append((place, values[at]))
    return found


def _values(one: ListedTitle, words: list[str], usual: float) -> dict[str, float]:
    """What each word and pair of one procedure counts."""
    held_back = _K1 * (1 - _B + _B * len(words) / usual)
    written = [f"={word.written}" for word in spoken(one.title) if word.written]
    values = {
        word: often * (_K1 + 1) / (often + held_back)
        for word, often in Counter([*words, *pairs(words), *written]).items()
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
