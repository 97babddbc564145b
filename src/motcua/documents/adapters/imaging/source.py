"""What a page of any source can tell and give; PDF pages and picture files both do."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.own_text import OwnText
from motcua.documents.rules.digitization.pages import Line

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RawPicture:
    """Compressed bytes that can stand in a PDF exactly as they are."""

    data: bytes
    width: int
    height: int
    bits: int
    #: 1 grey or bilevel, 3 colour
    channels: int
    #: `DCTDecode`, `CCITTFaxDecode` or `FlateDecode`
    filter: str
    parameters: dict[str, int | bool] = field(default_factory=dict)
    is_inverted: bool = False
    #: Red, green, blue of each value, where values are places in a palette.
    palette: bytes = b""


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of the page as drawn, laid over its picture; `place` in pixels of that picture."""

    picture: RawPicture
    place: Box


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known before anything is decoded. `turn`: clockwise degrees the file itself says to show the page by.

    Pixels are square: where those of the file are not (fax), width and height are those it has when shown.
    """

    width: int
    height: int
    dpi: float
    is_colour: bool
    is_bilevel: bool
    turn: int = 0
    #: The true text of a born-digital page, places in pixels of the *shown* (turned) page; None for a scan.
    born_lines: tuple[Line, ...] | None = None
    #: A photograph rather than a scan: perspective and shadow are to be expected.
    is_photo: bool = False


class SourcePage(Protocol):
    @property
    def facts(self) -> PageFacts: ...

    @property
    def stays(self) -> bool:
        """Whether its own bytes (its picture's, or the page of a PDF as it is) can stand in an archive file."""
        ...

    @property
    def weight(self) -> int:
        """Bytes of the page in its source, where that can be told; 0 where not."""
        ...

    @property
    def may_straighten(self) -> bool:
        """Whether drawing it a little turned moves all that is seen on it."""
        ...

    def own_text(self) -> OwnText:
        """The text the file has for this page; places in pixels of the page as the file shows it."""
        ...

    def raw(self) -> RawPicture | None:
        """The bytes to keep, None if the picture must be made anew."""
        ...

    def patches(self) -> tuple[Patch, ...]:
        """What lies over the bytes to keep (a signature, a stamp) and must be drawn with them."""
        ...

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        """The picture in grey at `least_scale` of its size or a little more, and the scale really given; not turned."""
        ...

    def colour(self, scale: float = 1.0) -> Colour:
        """The picture, red-green-blue (or grey, two dimensions), not turned; `scale` is for drawn pages."""
        ...


class Source(Protocol):
    """An opened file; pages are counted from 0."""

    @property
    def page_count(self) -> int: ...

    def page(self, index: int) -> SourcePage: ...

    def close(self) -> None: ...
