"""Writes PDF/A-2b page by page straight to disk: memory does not grow with the record, the same pages give the same bytes."""

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from xml.sax.saxutils import escape

import pikepdf
from PIL import ImageCms

from motcua.documents.adapters.imaging.source import RawPicture
from motcua.documents.adapters.pdf import font
from motcua.documents.rules.digitization.text_layer import ADVANCE

PRODUCER = "Một Cửa"
_CATALOG, _PAGES, _METADATA, _PROFILE, _FONT, _CID, _DESCRIPTOR, _FONT_FILE, _MAP, _UNICODE, _INTENT = range(
    1, 12
)


class ArchiveWriter:
    """`add_page` for each page, then leave the `with` block; a block left by an error leaves no finished file."""

    def __init__(self, path: Path, title: str, source: str = "") -> None:
        self._path = path
        self._title = title
        self._source = source
        self._file: BinaryIO = path.open("wb")
        self._places: dict[int, int] = {}
        self._pages: list[int] = []
        self._next = _INTENT + 1
        self._digest = hashlib.sha256()
        self._at = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()

    def add_page(
        self,
        size: tuple[float, float],
        picture: RawPicture | None,
        drawing: bytes,
        text: bytes,
        unit: float = 1.0,
        patches: Sequence[RawPicture] = (),
    ) -> None:
        """`size` in units of `unit` points; `drawing` shows the picture (/I) and what lies over it (/P0, /P1 …), `text` lies
        invisibly over all (font /T).
        """
        page, contents = self._next, self._next + 1
        self._next += 2
        shown = {} if picture is None else {"I": picture}
        shown |= {f"P{number}": patch for number, patch in enumerate(patches)}
        resources = f"/Font<</T {_FONT} 0 R>>"
        if shown:
            names = "".join(f"/{name} {number} 0 R" for number, name in enumerate(shown, self._next))
            resources += f"/XObject<<{names}>>"
        for one in shown.values():
            self._stream(self._next, picture_dictionary(one), one.data)
            self._next += 1
        self._stream(contents, "/Filter/FlateDecode", zlib.compress(drawing + text, 9))
        width, height = size
        box = f"/MediaBox[0 0 {_real(width)} {_real(height)}]" + (
            f"/UserUnit {_real(unit)}" if unit != 1 else ""
        )
        self._object(
            page, f"<</Type/Page/Parent {_PAGES} 0 R{box}/Resources<<{resources}>>/Contents {contents} 0 R>>"
        )
        self._pages.append(page)

    def _finish(self) -> None:
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(_PAGES, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>")
        self._stream(_METADATA, "/Type/Metadata/Subtype/XML", description(self._title, source=self._source))
        self._stream(_PROFILE, "/N 3/Filter/FlateDecode", zlib.compress(colour_profile(), 9))
        self._object(
            _INTENT,
            f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile {_PROFILE} 0 R>>",
        )
        self._object(
            _CATALOG,
            f"<</Type/Catalog/Pages {_PAGES} 0 R/Metadata {_METADATA} 0 R/OutputIntents[{_INTENT} 0 R]/Lang(vi)"
            "/ViewerPreferences<</DisplayDocTitle true>>>>",
        )
        self._write_font()
        self._write_table()

    def _write_font(self) -> None:
        name = f"/{font.NAME}"
        self._object(
            _FONT,
            f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/DescendantFonts[{_CID} 0 R]"
            f"/ToUnicode {_UNICODE} 0 R>>",
        )
        self._object(
            _CID,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW {ADVANCE}/FontDescriptor {_DESCRIPTOR} 0 R/CIDToGIDMap {_MAP} 0 R>>",
        )
        self._object(
            _DESCRIPTOR,
            f"<</Type/FontDescriptor/FontName{name}/Flags 5/FontBBox[0 0 {ADVANCE} 800]"
            f"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 800/StemV 80/FontFile2 {_FONT_FILE} 0 R>>",
        )
        file = font.font_file()
        self._stream(_FONT_FILE, f"/Length1 {len(file)}/Filter/FlateDecode", zlib.compress(file, 9))
        self._stream(_MAP, "/Filter/FlateDecode", zlib.compress(font.glyph_map(), 9))
        self._stream(_UNICODE, "/Filter/FlateDecode", zlib.compress(font.to_unicode(), 9))

    def _write_table(self) -> None:
        start = self._at
        identity = self._digest.hexdigest()[:32]
        rows = "".join(f"{self._places[number]:010d} 00000 n \n" for number in range(1, self._next))
        self._write(f"xref\n0 {self._next}\n0000000000 65535 f \n{rows}".encode())
        trailer = f"<</Size {self._next}/Root {_CATALOG} 0 R/ID[<{identity}><{identity}>]>>"
        self._write(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode())

    def _object(self, number: int, body: str) -> None:
        self._places[number] = self._at
        self._write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))

    def _stream(self, number: int, entries: str, data: bytes) -> None:
        self._places[number] = self._at
        self._write(f"{number} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1"))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)


def picture_dictionary(picture: RawPicture) -> str:
    space = "/DeviceRGB" if picture.channels == 3 else "/DeviceGray"
    if picture.palette:
        space = f"[/Indexed/DeviceRGB {len(picture.palette) // 3 - 1}<{picture.palette.hex()}>]"
    parameters = "".join(
        f"/{key} {str(value).lower() if isinstance(value, bool) else value}"
        for key, value in sorted(picture.parameters.items())
    )
    inverted = f"/Decode[{' '.join(['1 0'] * picture.channels)}]" if picture.is_inverted else ""
    return (
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace{space}"
        f"/BitsPerComponent {picture.bits}/Filter/{picture.filter}"
        + (f"/DecodeParms<<{parameters}>>" if parameters else "")
        + inverted
    )


def picture_entries(picture: RawPicture) -> dict[str, object]:
    """The same as objects of a library."""
    read = pikepdf.Object.parse(f"<<{picture_dictionary(picture)}>>".encode("latin-1"))
    return dict(read.items())


@cache
def colour_profile() -> bytes:
    """sRGB as an ICC profile, its date of making set to a fixed day so that the same record gives the same file."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    data[84:100] = bytes(16)
    return bytes(data)


def _real(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def description(title: str, *, part: int = 2, source: str = "") -> bytes:
    """The XMP packet that says PDF/A-2b (3b where files are attached) and what it was made from; no dates, so that the same
    record gives the same file.
    """
    made_from = f"<dc:source>{escape(source)}</dc:source>" if source else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>"
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:format>application/pdf</dc:format><dc:title><rdf:Alt>"
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"{made_from}</rdf:Description>"
        '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        f"<pdf:Producer>{PRODUCER}</pdf:Producer></rdf:Description>"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()
