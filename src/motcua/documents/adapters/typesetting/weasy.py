"""PDF/A-2u with WeasyPrint. The same HTML gives the same bytes: no clock, no random identifier, own fonts."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from queue import Empty, Full, LifoQueue

import pikepdf
import segno
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from motcua.kernel.outside import outside

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = PACKAGE / "fonts"
VARIANT = "pdf/a-2u"
_KEPT = 8
_FACES = (
    ("Tinos-Regular.ttf", "normal", "normal"),
    ("Tinos-Bold.ttf", "bold", "normal"),
    ("Tinos-Italic.ttf", "normal", "italic"),
    ("Tinos-BoldItalic.ttf", "bold", "italic"),
)

logging.getLogger("fontTools").setLevel(logging.ERROR)
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("weasyprint.progress").setLevel(logging.ERROR)


class _NothingOutside(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library ships no types
    """A paper is made of what it is given: pictures come as data, nothing is fetched."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> weasyprint.urls.URLFetcherResponse:
        if not url.startswith(("data:", FONTS.as_uri())):
            raise ValueError(f"a paper may not load {url}")
        return super().fetch(url, headers)


def to_pdf(html: str) -> bytes:
    """PDF/A-2u of the document. The identifier of the file is the digest of its source."""
    outside("the typesetter")
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    with _fonts() as (fonts, sheet):
        document = weasyprint.HTML(string=html, url_fetcher=_NothingOutside(), base_url=None)
        pdf: bytes = document.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant=VARIANT,
            pdf_identifier=identifier,
            pdf_tags=False,
        )
    return pdf


def sheets(pdf: bytes) -> int:
    """How many pages it fills."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


_idle: LifoQueue[tuple[FontConfiguration, weasyprint.CSS]] = LifoQueue(maxsize=_KEPT)


@contextmanager
def _fonts() -> Iterator[tuple[FontConfiguration, weasyprint.CSS]]:
    """Our fonts as the typesetter wants them, used by one page at a time and lent again.

    What FontConfig loads for a configuration is not given back when that ends (0.26 MB for our four faces): one for each
    page made the worker grow by as much. So many exist as pages were ever set at once; `_KEPT` wait for the next.
    """
    try:
        pair = _idle.get_nowait()
    except Empty:
        fonts = FontConfiguration()
        pair = fonts, weasyprint.CSS(string=_font_faces(), font_config=fonts)
    try:
        yield pair
    finally:
        with suppress(Full):
            _idle.put_nowait(pair)


def qr_svg(text: str, millimetres: float = 22.0) -> str:
    """The code as inline SVG, error correction M, quiet zone included."""
    code = segno.make(text, error="m", micro=False)
    output = BytesIO()
    code.save(
        output, kind="svg", xmldecl=False, svgns=True, border=2, svgclass=None, lineclass=None, omitsize=True
    )
    svg = output.getvalue().decode().strip()
    size = f'width="{millimetres:g}mm" height="{millimetres:g}mm"'
    return svg.replace("<svg ", f"<svg {size} ", 1)


@lru_cache(maxsize=1)
def _font_faces() -> str:
    rules = (
        f'@font-face {{ font-family: "Tinos"; src: url("{(FONTS / file).as_uri()}"); '
        f"font-weight: {weight}; font-style: {style} }}"
        for file, weight, style in _FACES
    )
    return "\n".join(rules)


def conformance(pdf: bytes) -> tuple[str, str, bool, bool]:
    """(part, level, has an output intent, every font embedded): what a PDF/A reader looks at first."""
    with pikepdf.open(BytesIO(pdf)) as document:
        meta = document.open_metadata()
        fonts = [obj for obj in document.objects if _is_font_descriptor(obj)]
        embedded = all("/FontFile2" in font or "/FontFile3" in font or "/FontFile" in font for font in fonts)
        return (
            str(meta.get("pdfaid:part", "")),
            str(meta.get("pdfaid:conformance", "")),
            "/OutputIntents" in document.Root,
            embedded,
        )


def _is_font_descriptor(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
