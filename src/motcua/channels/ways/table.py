"""The table of ways, in the order in which people read of them."""

from typing import Final

from motcua.channels.ways import email, inbox
from motcua.channels.ways.way import Way

WAYS: Final[tuple[Way, ...]] = (
    inbox.WAY,
    email.WAY,
)


def way_named(key: str) -> Way | None:
    """The way of a key; None for one that this version does not know (any more)."""
    return next((way for way in WAYS if way.key == key), None)
