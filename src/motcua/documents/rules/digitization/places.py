"""Names of places against those that exist: an engine prefers words of the language, so `Nghi Phú` is read `Nghỉ Phú`.

Only marks are mended, never letters: a name that exists as read stays; a name that exists in one other way of marking is that
name; in several ways, a person looks.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from motcua.documents.rules.digitization.papers.extract import DOUBTFUL, Field
from motcua.kernel.text import composed, fold, same_tone_place

#: Folded name → the ways of writing it that exist.
KnownPlaces = Mapping[str, frozenset[str]]

#: Endings of the fields in which places stand.
_PLACE_FIELDS = ("residence", "place", "address", "registered_at", "issuer", "recipient")
_LEVEL = re.compile(
    r"(?:^|(?<=[\s,;(-]))(?:thi tran|thi xa|thanh pho|dac khu|phuong|xa|huyen|quan|tinh|tp\.?)\s+"
)
_LONGEST_NAME = 6
_NAME_ENDS = re.compile(r"[,;:.()]|\s[-–]\s")
_DOUBT = 0.9 * DOUBTFUL


@lru_cache(maxsize=2)
def known_places(names: frozenset[str]) -> KnownPlaces:
    """The names of units, without their level, by how they read without marks."""
    found: dict[str, set[str]] = {}
    for name in names:
        plain = same_tone_place(composed(name))
        level = _LEVEL.match(fold(plain) + " ")
        plain = " ".join(plain.split()[len(level.group(0).split()) :]) if level else plain
        if plain:
            found.setdefault(fold(plain), set()).add(plain)
    return {folded: frozenset(ways) for folded, ways in found.items()}


def with_known_places(fields: Iterable[Field], known: KnownPlaces) -> tuple[Field, ...]:
    """The fields with marks of place names mended; those that could be several places are doubtful."""
    return tuple(_mended(field, known) if field.key.endswith(_PLACE_FIELDS) else field for field in fields)


def _mended(field: Field, known: KnownPlaces) -> Field:
    text, is_unclear = mended_text(field.text, known)
    confidence = min(field.confidence, _DOUBT) if is_unclear else field.confidence
    return replace(field, text=text, confidence=confidence)


def mended_text(text: str, known: KnownPlaces) -> tuple[str, bool]:
    """The text with known names of places after `xã`, `tỉnh` …, and whether one of them could be several places."""
    text = composed(text)
    folded = fold(text)
    if len(folded) != len(text):
        return text, False
    parts, done, is_unclear = [], 0, False
    for level in _LEVEL.finditer(folded):
        start = level.end()
        if start < done:
            continue
        length, ways = _longest_known(folded[start:], known)
        read = text[start : start + length]
        if not ways or same_tone_place(read).casefold() in {way.casefold() for way in ways}:
            continue
        if len(ways) > 1:
            is_unclear = True
            continue
        parts += [text[done:start], _in_case_of(read, next(iter(ways)))]
        done = start + length
    return "".join([*parts, text[done:]]), is_unclear


def _longest_known(folded: str, known: KnownPlaces) -> tuple[int, frozenset[str]]:
    """The longest run of words at the beginning that is a name; how many characters it takes."""
    words = _NAME_ENDS.split(folded, maxsplit=1)[0].split(" ")[:_LONGEST_NAME]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name in known:
            return len(name), known[name]
    return 0, frozenset()


def _in_case_of(read: str, name: str) -> str:
    return name.upper() if read.isupper() else name
