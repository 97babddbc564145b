"""Step 4, binding: the pages' results become one archive PDF, one text, one hOCR, written page by page."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.documents.adapters.imaging.encode import jpeg, raw_of_file
from motcua.documents.adapters.imaging.source import Patch, RawPicture, Source
from motcua.documents.adapters.pdf.writer import ArchiveWriter
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.options import PageRef
from motcua.documents.pipeline.sources import open_source
from motcua.documents.rules.digitization import alto, hocr
from motcua.documents.rules.digitization.geometry import part_matrix, picture_matrix
from motcua.documents.rules.digitization.pages import PageResult, PageState, Picture
from motcua.documents.rules.digitization.text_layer import picture_operators, text_operators

_LARGEST_SIDE = 14_400.0
_A4 = (595.28, 841.89)
_BORN_DPI = 200.0


def bind_pdf(target: Path, title: str, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """The archive file, one page per page of the record, in its order."""
    with ArchiveWriter(target, title) as writer, _Sources() as sources:
        for ref in refs:
            _add(writer, folder.result(ref.number), ref, folder, sources)


def bind_text(target: Path, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """Plain text, pages separated by form feeds."""
    with target.open("w", encoding="utf-8") as file:
        for position, ref in enumerate(refs):
            file.write(("\f" if position else "") + folder.result(ref.number).text + "\n")


def bind_hocr(target: Path, title: str, engine: str, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """Layout, words and confidences as hOCR."""
    _write(target, hocr.document(title, engine, _results(refs, folder)))


def bind_alto(target: Path, title: str, engine: str, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """The same as ALTO."""
    _write(target, alto.document(title, engine, _results(refs, folder)))


def _results(refs: Iterable[PageRef], folder: WorkFolder) -> Iterator[PageResult]:
    return (folder.result(ref.number) for ref in refs)


def _write(target: Path, pieces: Iterable[str]) -> None:
    with target.open("w", encoding="utf-8") as file:
        file.writelines(pieces)


def _add(
    writer: ArchiveWriter, page: PageResult, ref: PageRef, folder: WorkFolder, sources: "_Sources"
) -> None:
    if page.state is PageState.LOST:
        # The place of the page is kept, so that the count and the order of the record stay true.
        writer.add_page(_A4, None, b"", b"")
        return
    picture, raw, patches = _picture(page, ref, folder, sources)
    size, unit = _paper(page)
    per_pixel = 72 / page.dpi / unit
    stretch = page.width / (picture.height if picture.turn in (90, 270) else picture.width)
    matrix = picture_matrix(picture.width, picture.height, picture.turn, picture.tilt, per_pixel * stretch)
    text = text_operators(page.lines, page.height, per_pixel)
    drawing = picture_operators(matrix)
    for number, patch in enumerate(patches):
        part = part_matrix(patch.place, picture.width, picture.height)
        drawing += picture_operators(part.then(matrix), f"P{number}")
    writer.add_page(size, raw, drawing, text, unit, [patch.picture for patch in patches])


def _picture(
    page: PageResult, ref: PageRef, folder: WorkFolder, sources: "_Sources"
) -> tuple[Picture, RawPicture, tuple[Patch, ...]]:
    if page.picture is None or page.state is PageState.BORN_DIGITAL:
        return *_drawn(page, ref, sources), ()
    made = page.picture.made
    if made is not None:
        raw = raw_of_file(folder.picture(made), made, page.picture.width, page.picture.height)
        return page.picture, raw, ()
    source = sources.of(ref.source).page(ref.index)
    kept = source.raw()
    if kept is None:
        raise ValueError(f"the picture of page {ref.number} has gone")
    return page.picture, kept, source.patches()


def _drawn(page: PageResult, ref: PageRef, sources: "_Sources") -> tuple[Picture, RawPicture]:
    """A born-digital page among scans is drawn; its true text lies over the drawing. Somebody may have turned it."""
    array = sources.of(ref.source).page(ref.index).colour(_BORN_DPI / page.dpi)
    data = jpeg(array)
    height, width = array.shape[:2]
    turn = page.picture.turn if page.picture else 0
    return Picture(width, height, turn), raw_of_file(data, "page.jpg", width, height)


def _paper(page: PageResult) -> tuple[tuple[float, float], float]:
    """Size in units and the unit in points; PDF allows 14,400 units a side, a longer sheet gets a larger unit."""
    width, height = page.width / page.dpi * 72, page.height / page.dpi * 72
    unit = 1.0
    while max(width, height) / unit > _LARGEST_SIDE:
        unit *= 2
    return (width / unit, height / unit), unit


class _Sources:
    """The source in use, opened once and closed when another one comes."""

    def __init__(self) -> None:
        self._opened: tuple[Path, Source] | None = None

    def __enter__(self) -> "_Sources":
        return self

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened[1].close()

    def of(self, path: Path) -> Source:
        if self._opened is None or self._opened[0] != path:
            if self._opened is not None:
                self._opened[1].close()
            self._opened = (path, open_source(path))
        return self._opened[1]
