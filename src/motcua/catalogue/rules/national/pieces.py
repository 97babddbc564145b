"""The conservation rule of the importer: a cell is cut into pieces, and the pieces joined are the cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

UNPARSED = "unparsed"
NOTHING_STATED = "Không có thông tin"


class Piece(NamedTuple):
    """A run of the source text and what it was understood to be."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Text that could not be understood, or was understood with a reservation; kept verbatim.

    `kind` groups the report: limit_without_unit, channel_entry, fee_suspicious, component_line, ...
    """

    kind: str
    text: str


def joined(pieces: Iterable[Piece]) -> str:
    """The source text the pieces were cut from."""
    return "".join(piece.text for piece in pieces)
