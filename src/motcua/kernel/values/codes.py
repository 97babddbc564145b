"""Codes as people read them out and paste them from messages."""

import re

#: Every dash of Unicode that keyboards, word processors and messengers put for a hyphen.
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad]")


def one_dash(text: str) -> str:
    """The text with one kind of dash: `H99.11–261130–0003` → `H99.11-261130-0003`."""
    return _DASHES.sub("-", text)
