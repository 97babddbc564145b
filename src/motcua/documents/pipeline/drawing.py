"""A page of the archive file that is drawn: the picture, what lies over it, the text under it."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from motcua.documents.adapters.imaging.encode import jpeg, raw_of_file
from motcua.documents.adapters.imaging.source import Patch, RawPicture, Source
from motcua.documents.adapters.pdf.keeper import TextOf
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.options import PageRef
from motcua.documents.pipeline.sources import open_source
from motcua.documents.rules.digitization.geometry import part_matrix, picture_matrix
from motcua.documents.rules.digitization.pages import PageResult, PageState, Picture
from motcua.documents.rules.digitization.text_layer import picture_operators, text_operators

_LARGEST_SIDE = 14_400.0
_A4 = (595.28, 841.89)
_BORN_DPI = 200.0


def _no_text(_font: str) -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """`size` in units of `unit` points; `drawing` shows the picture (/I) and what lies over it (/P0, /P1 …)."""

    size: tuple[float, float]
    unit: float = 1.0
    raw: RawPicture | None = None
    over: tuple[RawPicture, ...] = ()
    drawing: bytes = b""
    text: TextOf = field(default=_no_text)


def drawn_page(page: PageResult, ref: PageRef, folder: WorkFolder, sources: "Sources") -> DrawnPage:
    """The page as it is to be written. Of a lost page the place and the size are kept, so that the record stays true."""
    size, unit = _paper(page)
    if page.state is PageState.LOST:
        return DrawnPage(size, unit)
    picture, raw, patches = _picture(page, ref, folder, sources)
    per_pixel = 72 / page.dpi / unit
    across = picture.height if picture.turn in (90, 270) else picture.width
    stretch = (page.width - 2 * picture.margin) / across
    matrix = picture_matrix(
        picture.width,
        picture.height,
        picture.turn,
        picture.tilt,
        per_pixel * stretch,
        picture.margin / stretch,
    )
    drawing = picture_operators(matrix)
    for number, patch in enumerate(patches):
        part = part_matrix(patch.place, picture.width, picture.height)
        drawing += picture_operators(part.then(matrix), f"P{number}")
    text = partial(text_operators, page.lines, page.height, per_pixel)
    return DrawnPage(size, unit, raw, tuple(patch.picture for patch in patches), drawing, text)


def _picture(
    page: PageResult, ref: PageRef, folder: WorkFolder, sources: "Sources"
) -> tuple[Picture, RawPicture, tuple[Patch, ...]]:
    source = sources.of(ref.source).page(ref.index)
    if page.picture is None or page.state is PageState.BORN_DIGITAL:
        return *_from_born_digital(page, ref, sources), ()
    made = page.picture.made
    if made is not None:
        raw = raw_of_file(folder.picture(made), made, page.picture.width, page.picture.height)
        return page.picture, raw, ()
    kept = source.raw()
    if kept is None:
        raise ValueError(f"the picture of page {ref.number} has gone")
    return page.picture, kept, source.patches()


def _from_born_digital(page: PageResult, ref: PageRef, sources: "Sources") -> tuple[Picture, RawPicture]:
    """A page of text that an archive file cannot hold is drawn; its true text lies over the drawing. Somebody may have turned
    it.
    """
    array = sources.of(ref.source).page(ref.index).colour(_BORN_DPI / page.dpi)
    data = jpeg(array)
    height, width = array.shape[:2]
    turn = page.picture.turn if page.picture else 0
    return Picture(width, height, turn), raw_of_file(data, "page.jpg", width, height)


def _paper(page: PageResult) -> tuple[tuple[float, float], float]:
    """Size in units and the unit in points; PDF allows 14,400 units a side, a longer sheet gets a larger unit. A4 if not
    known.
    """
    if not (page.dpi and page.width and page.height):
        return _A4, 1.0
    width, height = page.width / page.dpi * 72, page.height / page.dpi * 72
    unit = 1.0
    while max(width, height) / unit > _LARGEST_SIDE:
        unit *= 2
    return (width / unit, height / unit), unit


class Sources:
    """The files of a record, each opened once; all stay open until the archive file is written, which reads from them."""

    def __init__(self) -> None:
        self._opened: dict[Path, Source] = {}

    def __enter__(self) -> "Sources":
        return self

    def __exit__(self, *_: object) -> None:
        for source in self._opened.values():
            source.close()

    def of(self, path: Path) -> Source:
        if path not in self._opened:
            self._opened[path] = open_source(path)
        return self._opened[path]
