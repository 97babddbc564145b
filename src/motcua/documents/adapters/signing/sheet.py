"""Reading from a PDF what placing a signature needs: pages, size, the mark left by a form, earlier signatures."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from motcua.documents.rules.signing import PERSONAL_HEIGHT, Box, Sheet
from motcua.documents.words import SignatureKind

#: Anchor (`id`) by which a form says where the competent person signs.
MARK = "signature-place"


def read_sheet(reader: PdfFileReader) -> Sheet:
    """The sheet; the size is that of the page on which the signature will most likely stand (the last)."""
    pages = int(reader.root["/Pages"]["/Count"])
    page = reader.find_page_for_modification(pages - 1)[0].get_object()
    box = [float(side) for side in _inherited(page, "/MediaBox")]
    return Sheet(
        pages, box[2] - box[0], box[3] - box[1], mark=_mark(reader, pages), personal=_personal(reader, pages)
    )


def _inherited(page: Any, key: str) -> Any:
    while key not in page:
        page = page["/Parent"]
    return page[key]


def _mark(reader: PdfFileReader, pages: int) -> Box | None:
    """WeasyPrint writes every element with an `id` as a named destination: [page /XYZ left top zoom]."""
    names = reader.root.get("/Names", {}).get("/Dests", {}).get("/Names")
    places = {str(names[index]): index + 1 for index in range(0, len(names or ()), 2)}
    if MARK not in places:
        return None
    destination = names[places[MARK]]
    if isinstance(destination, generic.DictionaryObject):
        destination = destination["/D"]
    left, top = float(destination[2]), float(destination[3])
    page = _page_number(reader, pages, destination.raw_get(0))
    return Box(page, left, top - PERSONAL_HEIGHT, left, top)


def _personal(reader: PdfFileReader, pages: int) -> Box | None:
    """Where the latest personal signature stands."""
    found = None
    for name, _value, reference in fields.enumerate_sig_fields(reader):
        if not name.startswith(f"{SignatureKind.PERSONAL}-"):
            continue
        widget = reference.get_object()
        left, bottom, right, top = (float(side) for side in widget["/Rect"])
        found = Box(_page_number(reader, pages, widget.raw_get("/P")), left, bottom, right, top)
    return found


def _page_number(reader: PdfFileReader, pages: int, wanted: Any) -> int:
    for number in range(pages):
        reference = reader.find_page_for_modification(number)[0]
        if reference.reference == wanted.reference:
            return number
    return pages - 1
