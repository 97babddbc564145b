"""An archive file of pages that stay what they are: objects of the PDF they came in, with the text that was read laid under them.

Where the record is one PDF, whole and in its order, the file itself is mended: outlines, labels, layers, languages, fields and
attachments stay. Otherwise the pages are copied into a new file, with their layers.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pikepdf

from motcua.documents.adapters.imaging.source import RawPicture
from motcua.documents.adapters.pdf import font
from motcua.documents.adapters.pdf.attachments import mend_attachments
from motcua.documents.adapters.pdf.mending import (
    flatten_fields,
    mend_document,
    mend_page,
)
from motcua.documents.adapters.pdf.resources import annotations, entries
from motcua.documents.adapters.pdf.standins import StandIns
from motcua.documents.adapters.pdf.writer import colour_profile, description, picture_entries
from motcua.documents.rules.digitization.geometry import Affine
from motcua.documents.rules.digitization.text_layer import ADVANCE, map_operators

#: `text(NAME)` gives the operators with the font under this name.
TextOf = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Placing:
    """How a kept page is shown: the text's way into its user space, and what straightening does to all that is drawn."""

    text: TextOf
    text_map: Affine
    #: Absolute, clockwise.
    turn: int
    straighten: Affine | None = None
    #: Grown by the margin that straightening needs, in user space; None: boxes stay.
    boxes_grow: float = 0.0
    #: The content without the invisible text that was not believed; None: as it is.
    content: bytes | None = None


class ArchiveKeeper:
    """Add pages in order, then leave the `with` block. `whole` is the path of the PDF that is kept as a file."""

    def __init__(
        self, path: Path, title: str, *, whole: Path | None, language: str = "", source: str = ""
    ) -> None:
        self._path, self._title, self._language, self._source = path, title, language, source
        self._is_whole = whole is not None
        self._pdf = pikepdf.open(whole) if whole is not None else pikepdf.new()
        self._font: Any = None
        self._stand_ins = StandIns()
        self._layered: set[int] = set()
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._pdf.close()

    def keep(self, page: pikepdf.Page, placing: Placing) -> None:
        """The page as it is; in a file kept whole `page` is only told by its place."""
        if not self._is_whole:
            self._pdf.pages.append(page)
        mine = self._take()
        if not self._is_whole:
            flatten_fields(mine)
        mend_page(self._pdf, mine)
        self._stand_ins.note(self._pdf, mine)
        self._lay(mine, placing)

    def draw(
        self,
        size: tuple[float, float],
        pictures: Sequence[RawPicture],
        drawing: bytes,
        text: TextOf,
        unit: float = 1.0,
    ) -> None:
        """A page made of pictures (`/I`, `/P0`, `/P1` …), in the place of the file's own where the file is kept whole."""
        if not self._is_whole:
            self._pdf.add_blank_page(page_size=(3, 3))
        mine = self._take()
        for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Annots", "/Group", "/AA", "/UserUnit"):
            if key in mine.obj:
                del mine.obj[key]
        mine.obj.MediaBox = pikepdf.Array([0, 0, round(size[0], 2), round(size[1], 2)])
        mine.obj.Rotate = 0
        if unit != 1:
            mine.obj.UserUnit = unit
        mine.obj.Resources = pikepdf.Dictionary()
        names = ["/I", *(f"/P{number}" for number in range(len(pictures)))]
        shown = {name: self._picture(one) for name, one in zip(names, pictures, strict=False)}
        if shown:
            mine.obj.Resources.XObject = pikepdf.Dictionary(shown)
        operators = text("T")
        if operators:
            mine.obj.Resources.Font = pikepdf.Dictionary(T=self._invisible())
        mine.obj.Contents = self._pdf.make_stream(drawing + operators)

    def _take(self) -> pikepdf.Page:
        self._next += 1
        return self._pdf.pages[self._next - 1]

    def _picture(self, raw: RawPicture) -> object:
        stream = pikepdf.Stream(self._pdf, raw.data)
        for key, value in picture_entries(raw).items():
            stream[key] = value
        return stream

    def _lay(self, page: pikepdf.Page, placing: Placing) -> None:
        """The text lies before everything else, where no state that the page leaves behind can move it."""
        if placing.turn or "/Rotate" in page.obj:
            page.obj.Rotate = placing.turn
        if placing.boxes_grow:
            _grow_boxes(page, placing.boxes_grow)
        if placing.content is not None:
            page.obj.Contents = self._pdf.make_stream(placing.content)
        resources = pikepdf.Dictionary(dict(page.resources.items()))
        fonts = pikepdf.Dictionary(dict(entries(page.obj, "/Font")))
        name = next(f"T{n}" for n in range(1_000_000) if f"/T{n}" not in fonts)
        operators = placing.text(name)
        before = b""
        if operators:
            fonts[f"/{name}"] = self._invisible()
            resources.Font = fonts
            page.obj.Resources = resources
            before = b"q " + map_operators(placing.text_map) + operators + b"Q\n"
        if placing.straighten is not None:
            before += map_operators(placing.straighten)
        if before:
            page.contents_add(before, prepend=True)

    def _invisible(self) -> Any:
        if self._font is None:
            self._font = self._pdf.make_indirect(_invisible_font(self._pdf))
        return self._font

    def take_layers(self, source: pikepdf.Pdf) -> None:
        """Layers of a file from which pages were copied: switched off there means switched off here."""
        properties = source.Root.get("/OCProperties")
        if self._is_whole or id(source) in self._layered:
            return
        self._layered.add(id(source))
        if not isinstance(properties, pikepdf.Dictionary):
            return
        theirs = self._pdf.copy_foreign(source.make_indirect(properties))
        mine = self._pdf.Root.get("/OCProperties")
        if mine is None:
            self._pdf.Root.OCProperties = theirs
            return
        mine.OCGs = pikepdf.Array([*mine.OCGs, *theirs.OCGs])
        for key in ("/ON", "/OFF", "/Order", "/AS", "/Locked"):
            both = [*mine.D.get(key, []), *theirs.get("/D", pikepdf.Dictionary()).get(key, [])]
            if both:
                mine.D[key] = pikepdf.Array(both)

    def _finish(self) -> None:
        pdf, root = self._pdf, self._pdf.Root
        mend_document(pdf)
        self._stand_ins.bring(pdf)
        has_files = mend_attachments(pdf)
        if self._language and "/Lang" not in root:
            root.Lang = pikepdf.String(self._language)
        profile = pdf.make_indirect(pdf.make_stream(colour_profile(), N=3))
        root.OutputIntents = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier=pikepdf.String("sRGB"),
                    Info=pikepdf.String("sRGB"),
                    DestOutputProfile=profile,
                )
            ]
        )
        said = description(self._title, part=3 if has_files else 2, source=self._source)
        root.Metadata = pikepdf.Stream(pdf, said, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        if not self._is_whole:
            root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            mine = {page.obj.objgen for page in pdf.pages}
            for page in pdf.pages:
                _forget_other_pages(page, mine)
        if "/Info" in pdf.trailer:
            del pdf.trailer.Info
        for page in pdf.pages:
            _drop_odd_lists(page.obj)
        with contextlib.suppress(pikepdf.PdfError, RuntimeError):
            # Such in a form inside a page cannot be tidied. The file is only a little heavier for it.
            pdf.remove_unreferenced_resources()
        pdf.save(
            self._path,
            min_version="1.7",
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False,
            preserve_pdfa=False,
            linearize=False,
        )


def _drop_odd_lists(page: pikepdf.Object) -> None:
    """Something else in the place of a list of resources: no reader finds anything in it, and it cannot be tidied."""
    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return
    odd = [
        key
        for key, value in resources.items()
        if not isinstance(value, pikepdf.Array) and not (isinstance(value, pikepdf.Dictionary))
    ]
    for key in odd:
        del resources[key]


def _grow_boxes(page: pikepdf.Page, by: float) -> None:
    for key in ("/MediaBox", "/CropBox"):
        if key in page.obj or key == "/MediaBox":
            box = page.mediabox if key == "/MediaBox" else page.cropbox
            x0, y0, x1, y1 = (float(side) for side in box)
            page.obj[key] = pikepdf.Array(
                [min(x0, x1) - by, min(y0, y1) - by, max(x0, x1) + by, max(y0, y1) + by]
            )
    for key in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]


def _forget_other_pages(page: pikepdf.Page, mine: set[tuple[int, int]]) -> None:
    """Links to pages that did not come along lead nowhere."""
    for annotation in annotations(page):
        for holder, key in ((annotation, "/Dest"), (annotation.get("/A", pikepdf.Dictionary()), "/D")):
            place = holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None
            if isinstance(place, pikepdf.Array) and len(place) and _is_elsewhere(place[0], mine):
                del annotation["/Dest" if key == "/Dest" else "/A"]
                break


def _is_elsewhere(goal: Any, mine: set[tuple[int, int]]) -> bool:
    return goal is None or (isinstance(goal, pikepdf.Dictionary) and goal.objgen not in mine)


def _invisible_font(pdf: pikepdf.Pdf) -> Any:
    name = pikepdf.Name(f"/{font.NAME}")
    file = font.font_file()
    described = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=5,
        FontBBox=pikepdf.Array([0, 0, ADVANCE, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=pdf.make_stream(file, Length1=len(file)),
    )
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=ADVANCE,
        FontDescriptor=pdf.make_indirect(described),
        CIDToGIDMap=pdf.make_stream(font.glyph_map()),
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(child)]),
        ToUnicode=pdf.make_stream(font.to_unicode()),
    )
