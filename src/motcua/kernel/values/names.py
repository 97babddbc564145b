"""Names of people, and lines of text.

A person's name is letters of any script with their marks (ơ̆, ê̆ of Ê Đê and M'Nông names have no letter of their own in
Unicode), and what stands between them: blanks, apostrophes, dashes, points, a comma (`, Jr.`). Civil Code 2015 art 26
admits names in Vietnamese or another language of Viet Nam and forbids figures and signs that are no letters; foreigners'
names are written as in their passport. One word is a name, one letter (`Y`) too.
"""

import re
import unicodedata

from motcua.kernel.text import composed
from motcua.kernel.values.unreadable import Unreadable

_BETWEEN = frozenset(" .,'`\u2018\u2019\u02bc\u02bb-\u2010\u2011\u2012\u2013\u00b7\u2022/()")
_LONGEST_NAME = 200
#: Nobody sees them, and two texts that look alike would not be equal: controls, formats (zero-width among them),
#: surrogates, private and unassigned characters, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BREAKS = re.compile(r"[\t\n\r\v\f]+")


def read_person_name(text: str) -> str:
    """The name composed (NFC) with single blanks, its letters as typed. Raises Unreadable."""
    name = read_line(text)
    if len(name) > _LONGEST_NAME:
        raise Unreadable("too_long")
    if not any(unicodedata.category(char)[0] == "L" for char in name):
        raise Unreadable("name_without_letter")
    if any(char not in _BETWEEN and unicodedata.category(char)[0] not in "LM" for char in name):
        raise Unreadable("name_with_other_signs")
    return name


def read_line(text: str) -> str:
    """One line of visible text, composed. Raises Unreadable where there is none or something unseen hides in it."""
    line = composed(_BREAKS.sub(" ", text))
    if not line:
        raise Unreadable("empty")
    if has_unseen(line):
        raise Unreadable("unseen_signs")
    return line


def read_address(text: str) -> str:
    """An address on one line; it says a place, so there is a letter or a figure in it. Raises Unreadable."""
    line = read_line(text)
    if not any(char.isalnum() for char in line):
        raise Unreadable("address")
    return line


def has_unseen(text: str) -> bool:
    """Whether characters hide in the text that nobody sees."""
    return not text.isprintable() and any(
        unicodedata.category(char) in _UNSEEN for char in text if not char.isprintable()
    )
