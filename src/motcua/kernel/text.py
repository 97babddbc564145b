"""Vietnamese text for searching and comparing.

People type without accents, with the old or the new place of the tone mark (Hòa, Hoà), from keyboards that compose
(NFC) or decompose (NFD). Every search folds both sides. The database has the same function as `fold(text)`.
"""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
#: Letters and signs of which several stand in use for one: old converters wrote Đ as U+00D0 (eth) or U+0189, keyboards
#: write ' where word processors put ’ (or ʼ, ‘, `), and every dash is a hyphen to whoever reads it out.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("đð\u0256", "d"),
        **dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032`\u00b4\uff07", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    }
)


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, one apostrophe, one dash, single spaces: `"  NGUYỄN  Đức Hoà "` →
    `"nguyen duc hoa"`.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).lower().translate(_ALIKE)
    return _SPACES.sub(" ", bare).strip()


def composed(text: str) -> str:
    """The same text in NFC with single spaces: how names are stored and shown."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


# Open syllables whose tone the old school writes on the glide (hoà) and the new one on the nucleus (hòa).
_PAIRS = ("oa", "oe", "uy")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_PLACE = re.compile(rf"(?<![qQ])([oOuU])([aAeEyY])([{_TONES}])(?![\w])")


def same_tone_place(text: str) -> str:
    """Write the tone of oa, oe, uy on the first vowel (new spelling), so that `Hoà` and `Hòa` compare equal with accents."""

    def moved(match: re.Match[str]) -> str:
        first, second, tone = match.groups()
        if (first + second).lower() not in _PAIRS:
            return match.group(0)
        return first + tone + second

    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _OLD_PLACE.sub(moved, decomposed))
