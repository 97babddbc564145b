"""Pages of a PDF that is not trusted: what stands on them, their pictures' own bytes, and drawing what is no plain scan."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from motcua.documents.adapters.imaging.encode import jpeg, raw_of_jpeg
from motcua.documents.adapters.imaging.raw import colour_of, grey_of
from motcua.documents.adapters.imaging.source import Colour, Grey, PageFacts, Patch, RawPicture
from motcua.documents.adapters.imaging.straighten import at_proportions
from motcua.documents.adapters.pdf.born import covered_by_pictures, letters_of, own_text
from motcua.documents.adapters.pdf.inspection import open_checked
from motcua.documents.adapters.pdf.obstacles import obstacles
from motcua.documents.adapters.pdf.pictures import DRAWN_PIXELS, channels_of, only_picture, raw_picture
from motcua.documents.adapters.pdf.resources import drawn_with, entries
from motcua.documents.adapters.pdf.stamps import is_signature, stamps_over
from motcua.documents.rules.digitization.geometry import Box, sheet_size
from motcua.documents.rules.digitization.own_text import OwnText, is_born_digital
from motcua.documents.rules.digitization.pages import Line

#: A page without a usable picture of its own is drawn at this resolution, lower if it is very large.
DRAWN_DPI = 300.0
#: Pixels of a scan are taken for square if they are so to this part.
_SQUARE = 0.02


class PdfSource:
    """An opened PDF. pikepdf reads its objects, PDFium draws and reads text; both take pages one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf = open_checked(path)
        self._drawing: Any = None

    @property
    def page_count(self) -> int:
        return len(self._pdf.pages)

    @property
    def draws_fields(self) -> bool:
        """Whether the form leaves it to whoever shows it to draw what is filled in."""
        form: Any = self._pdf.Root.get("/AcroForm", pikepdf.Dictionary())
        return bool(form.get("/NeedAppearances", False))

    @property
    def document(self) -> pikepdf.Pdf:
        return self._pdf

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
        self._page = page
        self._index = index
        self._source = source
        self._unit = float(page.obj.get("/UserUnit", 1))
        self._shown = shown_part(page)
        #: In points of 1/72 inch, as the page lies in the file.
        self._size = (self._shown.width * self._unit, self._shown.height * self._unit)
        self._turn = turn_of(page)
        self._raw_object, self._stamps = only_picture(page, self._size)
        # The look of a signature is no text of the paper, and lettering over lettering reads as neither.
        self._reads_picture = all(map(is_signature, stamps_over(page)))

    @cached_property
    def facts(self) -> PageFacts:
        return self._scan_facts() if self._raw_object is not None else self._drawn_facts()

    @property
    def page(self) -> pikepdf.Page:
        """The page itself, to be kept as it is."""
        return self._page

    @property
    def shown(self) -> Box:
        """The part of the page's user space that is looked at."""
        return self._shown

    @property
    def turn(self) -> int:
        """Clockwise degrees by which the file says to show it."""
        return self._turn

    @cached_property
    def can_be_kept(self) -> bool:
        """Whether the page can stand in an archive file as it is."""
        return not obstacles(self._page, draws_fields=self._source.draws_fields)

    @property
    def stays(self) -> bool:
        return self.can_be_kept or self._raw_object is not None

    @property
    def weight(self) -> int:
        return 0

    @cached_property
    def may_straighten(self) -> bool:
        if stamps_over(self._page) or self._letters[0]:
            return False
        return not any(True for holder in drawn_with(self._page) for _ in entries(holder, "/Pattern"))

    @cached_property
    def _letters(self) -> tuple[int, int]:
        """Painted and invisible ones; PDFium is asked only where there are fonts."""
        if not any(True for holder in drawn_with(self._page) for _ in entries(holder, "/Font")):
            return 0, 0
        return letters_of(self._drawn)

    def own_text(self) -> OwnText:
        if self._letters == (0, 0):
            return OwnText()
        facts = self.facts
        across, _ = sheet_size(facts.width, facts.height, facts.turn)
        return own_text(self._drawn, across / self._drawn.get_size()[0])

    @property
    def _drawn(self) -> Any:
        return self._source.drawn()[self._index]

    def raw(self) -> RawPicture | None:
        return raw_picture(self._raw_object) if self._raw_object is not None else None

    def patches(self) -> tuple[Patch, ...]:
        if not self._stamps:
            return ()
        drawn = self._draw(1.0, grey=False)
        pieces = [(_cut(drawn, place), place) for place in self._stamps]
        return tuple(Patch(raw_of_jpeg(jpeg(piece, is_page=False)), place) for piece, place in pieces)

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        raw = self._decodable() if self._reads_picture else None
        picture = grey_of(raw, least_scale)[0] if raw is not None else None
        if picture is None:
            picture = self._draw(max(least_scale, 0.02), grey=True)
        picture = self._squared(picture)
        return picture, picture.shape[1] / self.facts.width

    def colour(self, scale: float = 1.0) -> Colour:
        raw = None if self._stamps else self._decodable()
        if raw is not None:
            return self._squared(colour_of(raw))
        return self._draw(scale, grey=not self.facts.is_colour)

    def _squared(self, picture: Colour) -> Colour:
        return at_proportions(picture, self.facts.width, self.facts.height)

    def _decodable(self) -> RawPicture | None:
        """The picture, if it can be had without drawing the page."""
        raw = self.raw()
        return raw if raw is not None and raw.filter != "FlateDecode" else None

    def _scan_facts(self) -> PageFacts:
        picture = self._raw_object
        width, height = int(picture.Width), int(picture.Height)
        across, down = width / (self._size[0] / 72), height / (self._size[1] / 72)
        dpi = max(across, down)
        if abs(across - down) > _SQUARE * dpi:
            width, height = round(self._size[0] / 72 * dpi), round(self._size[1] / 72 * dpi)
        return PageFacts(
            width=width,
            height=height,
            dpi=round(dpi if abs(across - down) > _SQUARE * dpi else across, 2),
            is_colour=channels_of(picture) == 3 or bool(self._stamps),
            is_bilevel=int(picture.get("/BitsPerComponent", 1)) == 1,
            turn=self._turn,
        )

    def _drawn_facts(self) -> PageFacts:
        dpi = _resolution(self._page, self._size)
        pixels = self._size[0] * self._size[1] / 5184 * dpi * dpi
        if pixels > DRAWN_PIXELS:
            dpi *= (DRAWN_PIXELS / pixels) ** 0.5
        page = self._drawn
        shown_width, shown_height = page.get_size()
        per_unit = dpi / 72 * self._unit
        width, height = round(shown_width * per_unit), round(shown_height * per_unit)
        pictures = dict(self._page.get_images()).values()
        # PDFium already turns the page as the file says.
        return PageFacts(
            max(1, width),
            max(1, height),
            dpi,
            is_colour=True,
            is_bilevel=bool(pictures) and all(_is_bilevel(picture) for picture in pictures),
            turn=0,
            born_lines=self._born_lines(per_unit),
        )

    def _born_lines(self, pixels_per_unit: float) -> tuple[Line, ...] | None:
        if not is_born_digital(self._letters[0], covered_by_pictures(self._drawn)):
            return None
        own = own_text(self._drawn, pixels_per_unit)
        return (*own.visible, *own.hidden)

    def _draw(self, scale: float, *, grey: bool) -> Colour:
        page = self._drawn
        facts = self.facts
        across, _ = page.get_size()
        shown_width, _ = sheet_size(facts.width, facts.height, facts.turn)
        bitmap = page.render(
            scale=shown_width * scale / across, grayscale=grey, rev_byteorder=True, may_draw_forms=True
        )
        array = np.asarray(bitmap.to_numpy(), dtype=np.uint8)
        if array.ndim == 3:
            array = array[:, :, 0] if array.shape[2] == 1 else array[:, :, :3]
        # The caller turns; give the picture as it lies in the file.
        return np.ascontiguousarray(np.rot90(array, facts.turn // 90))


def turn_of(page: pikepdf.Page) -> int:
    """Clockwise degrees to show the page by; may stand in an ancestor of the page."""
    node: Any = page.obj
    for _ in range(50):
        if "/Rotate" in node:
            return int(node.get("/Rotate")) % 360 // 90 * 90
        if "/Parent" not in node:
            break
        node = node.get("/Parent")
    return 0


def shown_part(page: pikepdf.Page) -> Box:
    """What is looked at, in the page's user space: its crop box as far as it lies in its media box; A4 if that is nothing."""
    media, crop = _rectangle(page.mediabox), _rectangle(page.cropbox)
    left, right = max(media.left, crop.left), min(media.right, crop.right)
    low, high = max(media.top, crop.top), min(media.bottom, crop.bottom)
    if right - left > 0 and high - low > 0:
        return Box(left, low, right, high)
    return media if media.width > 0 and media.height > 0 else Box(0, 0, 595, 842)


def _rectangle(box: Any) -> Box:
    x0, y0, x1, y1 = (float(side) for side in box)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _cut(picture: Colour, place: Box) -> Colour:
    return picture[int(place.top) : int(place.bottom), int(place.left) : int(place.right)]


def _resolution(page: pikepdf.Page, size: tuple[float, float]) -> float:
    """A scan with a stamp or a signature over it is drawn at the scan's own resolution, not finer."""
    widest = max((int(picture.get("/Width", 0)) for picture in dict(page.get_images()).values()), default=0)
    own = widest / (size[0] / 72)
    return own if 150 <= own < DRAWN_DPI else DRAWN_DPI


def _is_bilevel(picture: Any) -> bool:
    return picture.get("/ImageMask") is True or int(picture.get("/BitsPerComponent", 8)) == 1
