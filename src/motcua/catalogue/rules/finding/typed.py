"""What was typed, as words: folded for comparing, with accents for telling `bán` from `bản`."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from motcua.kernel.text import fold, same_tone_place

_WORD = re.compile(r"[a-z0-9]+")
_ACCENTED = re.compile(r"[0-9a-zà-ỹđ]+")
# Kí and ký, lí and lý are one word in two spellings (both schools are in use in official titles).
_TWO_SPELLINGS = re.compile(r"^([hklmstvdb])y$")
_TWO_SPELLINGS_ACCENTED = re.compile(r"^([hklmstvdb])y(?=[\u0300-\u036f]*$)")
# South of the Hải Vân nobody hears the difference between hỏi and ngã: `sữa nhà` is `sửa nhà`.
_NGA, _HOI = "\u0303", "\u0309"
# National codes (1.001193), also pasted without the dot.
_CODE = re.compile(r"\b([1-9])\.?(\d{6})\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and as it is written (one spelling of i/y, one place of the tone, hỏi for ngã).

    `written` is empty where the whole text has no accents: then nothing is known of the word's own.
    """

    folded: str
    written: str


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, both spellings of i/y as one: `"Đăng ký"` → `["dang", "ki"]`."""
    return [_TWO_SPELLINGS.sub(r"\1i", word) for word in _WORD.findall(fold(text))]


def spoken(text: str) -> list[Word]:
    """The words of a text with what their accents tell."""
    words = _ACCENTED.findall(unicodedata.normalize("NFC", text.lower()))
    has_accents = any(fold(word) != word for word in words)
    return [
        Word(folded, as_written(word) if has_accents else "") for word in words for folded in words_of(word)
    ]


@lru_cache(maxsize=20_000)
def as_written(word: str) -> str:
    """One form for all ways to write a word with its accents."""
    decomposed = unicodedata.normalize("NFD", same_tone_place(word)).replace(_NGA, _HOI)
    return unicodedata.normalize("NFC", _TWO_SPELLINGS_ACCENTED.sub(r"\1i", decomposed))


def title_words(title: str) -> list[str]:
    """The words of a title without the "Thủ tục" that some titles begin with and others do not."""
    words = words_of(title)
    return words[2:] if words[:2] == ["thu", "tuc"] and len(words) > 2 else words


def codes_of(text: str) -> tuple[str, ...]:
    """Procedure codes in a text, in the form of the catalogue: `"2000635"` → `("2.000635",)`."""
    return tuple(f"{head}.{tail}" for head, tail in _CODE.findall(text))


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring words joined by a blank."""
    return [f"{left} {right}" for left, right in pairwise(words)]
