"""The deep view of a sheet: how often it is halved, and how fine its finest level is."""

import math

#: Side of a tile in pixels.
TILE = 512
#: The finest level holds no more pixels than this, which keeps a sheet in memory while its tiles are made.
_FINEST_PIXELS = 160_000_000


def levels(width: int, height: int) -> int:
    """How many times the finest level is halved until it fits one tile; level 0 is the coarsest."""
    longest = max(width, height) * finest_scale(width, height)
    count = 0
    while longest > TILE:
        longest, count = longest / 2, count + 1
    return count


def finest_scale(width: int, height: int) -> float:
    """Share of the source's resolution that the finest level shows."""
    return min(1.0, math.sqrt(_FINEST_PIXELS / max(1, width * height)))
