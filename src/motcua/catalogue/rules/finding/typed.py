"""What was typed, as words: folded for comparing, with accents for telling `bán` from `bản`, and which of them only ask."""

import re
import unicodedata
from itertools import pairwise

from motcua.kernel.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_ACCENTED = re.compile(r"[0-9a-zà-ỹđ]+")
# Kí and ký, lí and lý are one word in two spellings (both schools are in use in official titles).
_TWO_SPELLINGS = re.compile(r"^([hklmstvdb])y$")
# National codes (1.001193), also pasted without the dot.
_CODE = re.compile(r"\b([1-9])\.?(\d{6})\b")

# Words people put around what they want; they still count a little, where nothing better tells titles apart.
_ASKING = frozenset(
    """
    thu tuc trinh tu toi minh em muon xin hoi can nhung gi nao o dau bao lau nhieu the lam sao ra nhu phai co khong
    duoc giup de di cua va thi la cho biet ho so gom giay to nop nay roi khi voi bi vua moi sap gio bo cac mot viec
    tai ve mang thoi han mat ben nguoi ta a ah nhe vay
    """.split()  # noqa: SIM905 - a list of fifty quoted words is not read by anybody
)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, both spellings of i/y as one: `"Đăng ký"` → `["dang", "ki"]`."""
    return [_TWO_SPELLINGS.sub(r"\1i", word) for word in _WORD.findall(fold(text))]


def title_words(title: str) -> list[str]:
    """The words of a title without the "Thủ tục" that some titles begin with and others do not."""
    words = words_of(title)
    return words[2:] if words[:2] == ["thu", "tuc"] and len(words) > 2 else words


def accented_words(text: str) -> list[tuple[str, str]]:
    """Each word as it is written, in lower case, with its folded form; nothing where no accent was typed."""
    lower = unicodedata.normalize("NFC", text.lower())
    if fold(lower) == lower:
        return []
    return [(word, folded[0]) for word in _ACCENTED.findall(lower) if (folded := words_of(word))]


def codes_of(text: str) -> tuple[str, ...]:
    """Procedure codes in a text, in the form of the catalogue: `"2000635"` → `("2.000635",)`."""
    return tuple(f"{head}.{tail}" for head, tail in _CODE.findall(text))


def only_asks(word: str) -> bool:
    """Whether a folded word belongs to asking rather than to what is asked for."""
    return word in _ASKING


def pairs(words: list[str]) -> list[str]:
    """Neighbouring words joined by a blank."""
    return [f"{left} {right}" for left, right in pairwise(words)]
