"""Pages of a PDF that is not trusted: what stands on them, their pictures' own bytes, and drawing what is no plain scan."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from motcua.documents.adapters.imaging.encode import jpeg, raw_of_jpeg
from motcua.documents.adapters.imaging.raw import colour_of, grey_of
from motcua.documents.adapters.imaging.source import Colour, Grey, PageFacts, Patch, RawPicture
from motcua.documents.adapters.pdf.born import born_lines, visible_characters
from motcua.documents.adapters.pdf.inspection import open_checked
from motcua.documents.adapters.pdf.stamps import is_signature, stamped_places, stamps_over
from motcua.documents.rules.digitization.geometry import Affine, Box

#: A page without a usable picture of its own is drawn at this resolution, lower if it is very large.
DRAWN_DPI = 300.0
_DRAWN_PIXELS = 70_000_000
#: A scan fills its page; the rest are letterheads, logos and figures.
_COVERS = 0.93
_LONGEST_SCAN_PROGRAM = 65_536
_STATE = (
    "q",
    "Q",
    "cm",
    "gs",
    "i",
    "w",
    "J",
    "j",
    "g",
    "G",
    "rg",
    "RG",
    "re",
    "W",
    "W*",
    "n",
    "h",
    "BDC",
    "BMC",
    "EMC",
)
_TEXT = ("BT", "ET", "Tr", "Tf", "Td", "TD", "Tm", "T*", "Tj", "TJ", "Tz", "Tc", "Tw", "TL")
_HARMLESS = frozenset((*_STATE, *_TEXT))
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


class PdfSource:
    """An opened PDF. pikepdf reads its objects, PDFium draws and reads text; both take pages one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf = open_checked(path)
        self._drawing: Any = None

    @property
    def page_count(self) -> int:
        return len(self._pdf.pages)

    def page(self, index: int) -> "PdfPage":
        return PdfPage(self._pdf.pages[index], index, self)

    def drawn(self) -> Any:
        """PDFium's document, opened only when a page needs it."""
        if self._drawing is None:
            self._drawing = pypdfium2.PdfDocument(self._path)
            # Without it the look of a signature, which is a field of a form, is not drawn.
            self._drawing.init_forms()
        return self._drawing

    def close(self) -> None:
        if self._drawing is not None:
            self._drawing.close()
        self._pdf.close()


class PdfPage:
    def __init__(self, page: pikepdf.Page, index: int, source: PdfSource) -> None:
        self._index = index
        self._source = source
        self._size = _page_size(page)
        self._turn = _turn(page)
        self._raw_object, self._stamps = _only_picture(page, self._size)
        # The look of a signature is no text of the paper, and lettering over lettering reads as neither.
        self._reads_picture = all(map(is_signature, stamps_over(page)))
        self._drawing_dpi = DRAWN_DPI if self._raw_object is not None else _resolution(page, self._size)
        self._facts: PageFacts | None = None

    @property
    def facts(self) -> PageFacts:
        if self._facts is None:
            self._facts = self._scan_facts() if self._raw_object is not None else self._drawn_facts()
        return self._facts

    def raw(self) -> RawPicture | None:
        return _raw(self._raw_object) if self._raw_object is not None else None

    def patches(self) -> tuple[Patch, ...]:
        if not self._stamps:
            return ()
        drawn = self._draw(1.0, grey=False)
        pieces = [(_cut(drawn, place), place) for place in self._stamps]
        return tuple(Patch(raw_of_jpeg(jpeg(piece, is_page=False)), place) for piece, place in pieces)

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        raw = self._decodable() if self._reads_picture else None
        if raw is not None:
            return grey_of(raw, least_scale)
        picture = self._draw(max(least_scale, 0.02), grey=True)
        return picture, picture.shape[1] / self.facts.width

    def colour(self, scale: float = 1.0) -> Colour:
        raw = None if self._stamps else self._decodable()
        if raw is not None:
            return colour_of(raw)
        return self._draw(scale, grey=not self.facts.is_colour)

    def _decodable(self) -> RawPicture | None:
        """The picture, if it can be had without drawing the page."""
        raw = self.raw()
        return raw if raw is not None and raw.filter != "FlateDecode" else None

    def _scan_facts(self) -> PageFacts:
        picture = self._raw_object
        width, height = int(picture.Width), int(picture.Height)
        bits = int(picture.get("/BitsPerComponent", 1))
        return PageFacts(
            width=width,
            height=height,
            dpi=round(width / (self._size[0] / 72), 2),
            is_colour=_channels(picture) == 3 or bool(self._stamps),
            is_bilevel=bits == 1,
            turn=self._turn,
        )

    def _drawn_facts(self) -> PageFacts:
        dpi = self._drawing_dpi
        pixels = self._size[0] * self._size[1] / 5184 * dpi * dpi
        if pixels > _DRAWN_PIXELS:
            dpi *= (_DRAWN_PIXELS / pixels) ** 0.5
        page = self._source.drawn()[self._index]
        shown_width, shown_height = page.get_size()
        lines = born_lines(page, dpi) if visible_characters(page) >= 12 else None
        width, height = round(shown_width / 72 * dpi), round(shown_height / 72 * dpi)
        # PDFium already turns the page as the file says.
        return PageFacts(width, height, dpi, is_colour=True, is_bilevel=False, turn=0, born_lines=lines)

    def _draw(self, scale: float, *, grey: bool) -> Colour:
        page = self._source.drawn()[self._index]
        facts = self.facts
        across, _ = page.get_size()
        turned = facts.turn in (90, 270)
        shown_width = facts.height if turned else facts.width
        bitmap = page.render(
            scale=shown_width * scale / across, grayscale=grey, rev_byteorder=True, may_draw_forms=True
        )
        array = np.asarray(bitmap.to_numpy(), dtype=np.uint8)
        if array.ndim == 3:
            array = array[:, :, 0] if array.shape[2] == 1 else array[:, :, :3]
        # The caller turns; give the picture as it lies in the file.
        return np.ascontiguousarray(np.rot90(array, facts.turn // 90))


def _turn(page: pikepdf.Page) -> int:
    """Clockwise degrees to show the page by; may stand in an ancestor of the page."""
    node: Any = page.obj
    for _ in range(50):
        if "/Rotate" in node:
            return int(node.get("/Rotate")) % 360 // 90 * 90
        if "/Parent" not in node:
            break
        node = node.get("/Parent")
    return 0


def _page_size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(v) for v in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    return abs(right - left) * unit or 595.0, abs(top - bottom) * unit or 842.0


def _only_picture(page: pikepdf.Page, size: tuple[float, float]) -> tuple[Any, tuple[Box, ...]]:
    """The picture object of a page that is nothing but one upright picture (with or without invisible text on it), and the
    places of stamps over it, which must be drawn; no object where the whole page must be.
    """
    pictures = dict(page.get_images())
    if len(pictures) != 1:
        return None, ()
    picture = next(iter(pictures.values()))
    program = _program(page)
    matrix = _drawn_once(program, size) if program is not None else None
    if matrix is None or not _usable(picture):
        return None, ()
    if not stamps_over(page):
        return picture, ()
    pixels = (int(picture.Width), int(picture.Height))
    if pixels[0] * pixels[1] > _DRAWN_PIXELS:
        return None, ()
    places = stamped_places(page, matrix, size, pixels)
    return (None, ()) if places is None else (picture, places)


def _cut(picture: Colour, place: Box) -> Colour:
    return picture[int(place.top) : int(place.bottom), int(place.left) : int(place.right)]


def _resolution(page: pikepdf.Page, size: tuple[float, float]) -> float:
    """A scan with a stamp or a signature over it is drawn at the scan's own resolution, not finer."""
    widest = max((int(picture.get("/Width", 0)) for picture in dict(page.get_images()).values()), default=0)
    own = widest / (size[0] / 72)
    return own if 150 <= own < DRAWN_DPI else DRAWN_DPI


def _program(page: pikepdf.Page) -> Any:
    contents = page.obj.get("/Contents")
    if contents is None:
        return None
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    if sum(int(stream.get("/Length", 0)) for stream in streams) > _LONGEST_SCAN_PROGRAM:
        return None
    return pikepdf.parse_content_stream(page)


def _drawn_once(program: Any, size: tuple[float, float]) -> Affine | None:
    """The matrix of the only `Do`, if it is upright and fills the page, with no other marks and text only if invisible."""
    matrix, stack, mode = Affine(), [], 0
    drawn: list[Affine] = []
    for instruction in program:
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q" and stack:
            matrix = stack.pop()
        elif operator == "cm":
            matrix = Affine(*(float(v) for v in instruction.operands)).then(matrix)
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        elif operator == "Do":
            drawn.append(matrix)
            if not _fills(matrix, size):
                return None
        elif operator not in _HARMLESS or (operator in _SHOWS_TEXT and mode != 3):
            return None
    return drawn[0] if len(drawn) == 1 else None


def _fills(matrix: Affine, size: tuple[float, float]) -> bool:
    upright = abs(matrix.b) < 0.01 and abs(matrix.c) < 0.01 and matrix.a > 0 and matrix.d > 0
    return upright and _COVERS <= matrix.a / size[0] <= 1.02 and _COVERS <= matrix.d / size[1] <= 1.02


def _usable(picture: Any) -> bool:
    """Plain grey, bilevel or red-green-blue under one JPEG or CCITT filter, no mask, no transparency."""
    if any(key in picture for key in ("/SMask", "/Mask", "/ImageMask")) and not _is_false(
        picture.get("/ImageMask")
    ):
        return False
    names = _filters(picture)
    return names in (["/DCTDecode"], ["/CCITTFaxDecode"]) and _channels(picture) in (1, 3)


def _is_false(value: Any) -> bool:
    return value is None or value is False


def _filters(picture: Any) -> list[str]:
    found = picture.get("/Filter")
    if found is None:
        return []
    return [str(found)] if isinstance(found, pikepdf.Name) else [str(name) for name in found]


def _channels(picture: Any) -> int:
    space = picture.get("/ColorSpace", pikepdf.Name.DeviceGray)
    if isinstance(space, pikepdf.Name):
        return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(space), 0)
    head = str(space[0])
    if head == "/ICCBased":
        return int(space[1].get("/N", 0))
    return {"/CalGray": 1, "/CalRGB": 3}.get(head, 0)


def _raw(picture: Any) -> RawPicture:
    parameters: dict[str, int | bool] = {}
    given = picture.get("/DecodeParms", {})
    if isinstance(given, pikepdf.Array):
        given = given[0] if len(given) else {}
    for key, value in given.items():
        plain = int(value) if isinstance(value, Decimal) else value
        if isinstance(plain, int | bool):
            parameters[str(key).lstrip("/")] = plain
    decode = picture.get("/Decode")
    return RawPicture(
        data=picture.read_raw_bytes(),
        width=int(picture.Width),
        height=int(picture.Height),
        bits=int(picture.get("/BitsPerComponent", 1)),
        channels=_channels(picture),
        filter=_filters(picture)[0].lstrip("/"),
        parameters=parameters,
        is_inverted=decode is not None and float(decode[0]) > float(decode[1]),
    )
