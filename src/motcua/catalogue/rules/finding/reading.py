"""What was typed as weighted words to look for: its own, the law's that the everyday table puts in, near ones of slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from motcua.catalogue.rules.finding.asking import asking, asks_from
from motcua.catalogue.rules.finding.everyday import EverydayTable, Meaning
from motcua.catalogue.rules.finding.slips import Vocabulary
from motcua.catalogue.rules.finding.typed import Word, pairs, spoken


@dataclass(frozen=True, slots=True)
class Weights:
    """What kinds of words count against a word that was typed and names something."""

    #: Typed pairs; words that only ask; accents; words the everyday table has explained.
    pair: float = 1.7
    asks: float = 0.1
    accent: float = 0.2
    explained: float = 0.5
    #: Words that titles have with other accents only.
    otherwise: float = 0.4
    #: Words of the law for an everyday phrase (together at most `most`); near words of a slip; words being typed.
    official: float = 0.65
    most: float = 1.6
    slip: float = 0.7
    begun: float = 0.4
    #: An everyday phrase that is shorter than the longest one found: its share of that length in this power.
    length: float = 0.6
    #: What is told before the question is asked ("… Xin hỏi thủ tục …").
    story: float = 0.7
    #: In a text of more words than this single words hold more story than matter, in the root of their number.
    short: int = 12
    #: What a title gains that holds all the law's words for a phrase; that was typed word by word.
    whole: float = 0.5
    literal: float = 2.0
    #: This share of a score stands for how much of the title was asked for: the plain procedure before its special kinds.
    cover: float = 0.3
    #: This share of a score stands for how much of what was typed a title holds, in its words or in the law's for them.
    holds: float = 0.7
    #: A phrase of this sureness explains its words wholly.
    explains: float = 0.4


@dataclass(frozen=True, slots=True)
class Named:
    """A word or pair that names something: the forms it may have in titles, and which everyday phrase explains it."""

    forms: tuple[str, ...]
    meaning: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What to look for: words and pairs, each with its weight; what was typed; the everyday phrases found in it."""

    wanted: Mapping[str, float]
    named: tuple[Named, ...]
    #: The words that were typed, each with its weight and the forms it may stand for; neighbours that do not only ask.
    asked: tuple[tuple[float, tuple[str, ...]], ...]
    pairs: frozenset[str]
    meanings: tuple[Meaning, ...]


def read(
    text: str, everyday: EverydayTable, known: Vocabulary, in_titles: Container[str], weights: Weights
) -> Reading:
    """`known` has the words titles and phrases are made of, `in_titles` those of titles, folded and written (`=sổ`)."""
    typed = spoken(text)
    said = everyday.said(typed)
    meanings = _weighed(everyday.meanings([word for word, _ in said]), weights)
    explained = {place for meaning in meanings for place in meaning.places}
    # A word that was only said otherwise is explained as well: it stands for another.
    kept = {at for place, (word, at) in enumerate(said) if word == typed[at] and place not in explained}
    asking_from = asks_from(typed)
    meanings = [
        replace(one, sure=one.sure * weights.story)
        if max(said[place][1] for place in one.places) < asking_from
        else one
        for one in meanings
    ]
    own = [
        (weights.story if at < asking_from else 1.0)
        * (1.0 if at in kept else weights.explained)
        * (weights.asks if asks else 1.0)
        * (weights.otherwise if _is_another(word, in_titles) else 1.0)
        for at, (word, asks) in enumerate(zip(typed, asking(typed), strict=True))
    ]
    wanted: dict[str, float] = defaultdict(float)
    _typed_words(wanted, typed, own, known, weights)
    for place, (word, at) in enumerate(said):
        if word != typed[at]:
            share = weights.explained if place in explained else 1.0
            wanted[word.folded] = max(wanted[word.folded], share)
            if place and said[place - 1][0] != word:
                pair = f"{said[place - 1][0].folded} {word.folded}"
                wanted[pair] = max(wanted[pair], share * weights.pair)
    _law(wanted, meanings, weights)
    asked = tuple(
        (weight, _stands_for(word, known, weights, is_last=at == len(typed) - 1))
        for at, (word, weight) in enumerate(zip(typed, own, strict=True))
    )
    both = {*_neighbours(typed), *_neighbours([word for word, _ in said])}
    named = _named([word for word, _ in said], meanings, known, weights)
    return Reading(wanted, named, asked, frozenset(both), tuple(meanings))


def _named(
    said: Sequence[Word], meanings: Sequence[Meaning], known: Vocabulary, weights: Weights
) -> tuple[Named, ...]:
    """The words that do not only ask, and neighbours of which one does not."""
    by = {place: number for number, meaning in enumerate(meanings) for place in meaning.places}
    asks = asking(said)
    words = [
        Named(_stands_for(word, known, weights, is_last=place == len(said) - 1), by.get(place))
        for place, word in enumerate(said)
        if not asks[place]
    ]
    both = [
        Named((pair,), by.get(place) if by.get(place) == by.get(place + 1) else None)
        for place, pair in enumerate(pairs([word.folded for word in said]))
        if not (asks[place] and asks[place + 1])
    ]
    return (*words, *both)


def _stands_for(word: Word, known: Vocabulary, weights: Weights, *, is_last: bool) -> tuple[str, ...]:
    """The forms of a word that count as met. Who types accents rarely slips in a letter: "tiết" is not "tiền"."""
    if word.written and word.written != word.folded:
        return (word.folded, *(known.beginning_with(word.folded, 8) if is_last else ()))
    return tuple(form for form, _ in _forms(word.folded, known, weights, is_last=is_last))


def _neighbours(words: Sequence[Word]) -> set[str]:
    asks = asking(words)
    return {
        pair
        for at, pair in enumerate(pairs([word.folded for word in words]))
        if not (asks[at] and asks[at + 1])
    }


def _weighed(meanings: Sequence[Meaning], weights: Weights) -> list[Meaning]:
    """Phrases by how much they say: the longest is what the text is about, short ones may belong to its story."""
    longest = max((len(meaning.places) for meaning in meanings), default=1)
    return [
        replace(meaning, sure=meaning.sure * (len(meaning.places) / longest) ** weights.length)
        for meaning in meanings
    ]


def _is_another(word: Word, in_titles: Container[str]) -> bool:
    """Whether titles have the word with other accents only: `hoa` is not `hòa`, `giảm` is not `giám`."""
    return bool(word.written) and word.folded in in_titles and f"={word.written}" not in in_titles


def _typed_words(
    wanted: dict[str, float], typed: Sequence[Word], own: Sequence[float], known: Vocabulary, weights: Weights
) -> None:
    asks = asking(typed)
    naming = asks.count(False)
    story = min(1.0, sqrt(weights.short / naming)) if naming else 1.0
    for at, (word, weight) in enumerate(zip(typed, own, strict=True)):
        for form, share in _forms(word.folded, known, weights, is_last=at == len(typed) - 1):
            wanted[form] = max(wanted[form], weight * share * story)
        if word.written:
            wanted[f"={word.written}"] = weights.accent * wanted[word.folded]
    for at, pair in enumerate(pairs([word.folded for word in typed])):
        share = max(own[at], own[at + 1]) if asks[at] != asks[at + 1] else min(own[at], own[at + 1])
        wanted[pair] = max(wanted[pair], share * weights.pair)


def _law(wanted: dict[str, float], meanings: Sequence[Meaning], weights: Weights) -> None:
    """The law's words: said by two phrases they count for both."""
    shares: dict[tuple[str, ...], float] = {}
    for meaning in meanings:
        for official in meaning.official:
            share = weights.official * meaning.sure / sqrt(len(meaning.official))
            shares[official] = max(shares.get(official, 0.0), share)
    put_in: dict[str, float] = defaultdict(float)
    for official, share in shares.items():
        for part in {*official, *pairs(official)}:
            put_in[part] = min(put_in[part] + share, weights.most)
    for part, share in put_in.items():
        wanted[part] = max(wanted[part], share)


def _forms(word: str, known: Vocabulary, weights: Weights, *, is_last: bool) -> list[tuple[str, float]]:
    forms = [(word, 1.0)]
    if word not in known:
        forms += [(near, weights.slip) for near in known.near(word)]
        forms += [(part, weights.slip) for part in known.parted(word)]
    if is_last and len(word) > 1:
        forms += [(longer, weights.begun) for longer in known.beginning_with(word, 8)]
    return forms
