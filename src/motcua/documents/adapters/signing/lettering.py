"""Vietnamese text in a signature appearance: Tinos (metrics of Times New Roman), embedded, coloured, fitted to its box.

pyHanko can subset a font for every signature, which costs 0.2 s each time. Here the Latin and Vietnamese letters are
taken out of the font once per process and embedded as they are (about 20 KB).
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.writer import BasePdfFileWriter

FONTS = Path(__file__).resolve().parents[2] / "fonts"
_LARGEST, _SMALLEST, _STEP = 10.0, 6.0, 0.5
_LEADING = 1.2
_PADDING = 5.0
_LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1A0, 0x1B1),
    *range(0x1EA0, 0x1EFA),
    0x2013,
    0x2014,
]
_QUOTES = [0x2018, 0x2019, 0x201C, 0x201D, 0x2026]

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class _Letters:
    """The reduced font: its file, the glyph and the advance (thousandths of the size) of each character."""

    program: bytes
    glyphs: dict[str, int]
    advances: dict[str, float]
    box: tuple[float, float, float, float]
    ascent: float
    descent: float

    def width(self, text: str) -> float:
        """Width at size 1."""
        return sum(self.advances.get(letter, 500.0) for letter in text) / 1000


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    font = TTFont(FONTS / "Tinos-Regular.ttf")
    options = Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*_LETTERS, *_QUOTES])
    subsetter.subset(font)
    output = BytesIO()
    font.save(output)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    metrics = font["hmtx"]
    head, horizontal = font["head"], font["hhea"]
    return _Letters(
        program=output.getvalue(),
        glyphs={chr(code): font.getGlyphID(name) for code, name in names.items()},
        advances={chr(code): metrics[name][0] * scale for code, name in names.items()},
        box=(head.xMin * scale, head.yMin * scale, head.xMax * scale, head.yMax * scale),
        ascent=horizontal.ascent * scale,
        descent=horizontal.descent * scale,
    )


class Lettering(PdfContent):
    """Lines of text in a frame, over an optional picture; as large as fits, never larger than 10 points. `inset` is kept free
    on the left: there the seal will stand."""

    def __init__(
        self,
        lines: tuple[str, ...],
        *,
        width: float,
        height: float,
        colour: Colour,
        picture: PdfImage | None = None,
        inset: float = 0.0,
    ) -> None:
        super().__init__(box=layout.BoxConstraints(width=width, height=height))
        self._lines = tuple(unicodedata.normalize("NFC", line) for line in lines)
        self._width, self._height, self._colour, self._picture = width, height, colour, picture
        self._left = _PADDING + inset

    def render(self) -> bytes:
        size, lines = fit(self._lines, self._width - self._left - _PADDING, self._height - 2 * _PADDING)
        self.set_resource(ResourceType.FONT, pdf_name("/F1"), _embedded(self._ensure_writer))
        ink = b"%g %g %g" % self._colour
        first = (self._height + len(lines) * size * _LEADING) / 2 - size * 0.95
        text = [b"BT %s rg /F1 %g Tf %g TL %g %g Td" % (ink, size, size * _LEADING, self._left, first)]
        text += [b"<%s> Tj T*" % _codes(line) for line in lines] + [b"ET"]
        frame = b"%s RG 0.8 w 0.4 0.4 %g %g re S" % (ink, self._width - 0.8, self._height - 0.8)
        return b" ".join((b"q", self._painted_picture(), frame, *text, b"Q"))

    def _painted_picture(self) -> bytes:
        if self._picture is None:
            return b""
        self._picture.set_writer(self._ensure_writer)
        painted = self._picture.render()
        self.import_resources(self._picture.resources)
        scale = (self._height - 2) / float(self._picture.box.height)
        across = self._width - 2 - scale * float(self._picture.box.width)
        return b"q %g 0 0 %g %g 1 cm %s Q" % (scale, scale, max(across, 1), painted)


def fit(lines: tuple[str, ...], width: float, height: float) -> tuple[float, list[str]]:
    """The largest size at which the lines, wrapped at words, fit; and the wrapped lines."""
    size = _LARGEST
    while True:
        wrapped = [piece for line in lines for piece in _wrap(line, width / size)]
        fits = len(wrapped) * size * _LEADING <= height
        if fits or size <= _SMALLEST:
            return size, wrapped
        size -= _STEP


def _wrap(line: str, width: float) -> list[str]:
    pieces = [""]
    for word in line.split():
        longer = f"{pieces[-1]} {word}".strip()
        if pieces[-1] and _letters().width(longer) > width:
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def _codes(line: str) -> bytes:
    glyphs = _letters().glyphs
    return "".join(f"{glyphs.get(letter, 0):04x}" for letter in line).encode()


def _embedded(writer: BasePdfFileWriter) -> generic.IndirectObject:
    """The font as a composite font with identity encoding (ISO 32000-1, 9.7)."""
    letters = _letters()
    program = generic.StreamObject(
        {pdf_name("/Length1"): generic.NumberObject(len(letters.program))}, stream_data=letters.program
    )
    program.compress()
    descriptor = _dictionary(
        Type=pdf_name("/FontDescriptor"),
        FontName=pdf_name("/MOTCUA+Tinos"),
        Flags=generic.NumberObject(4),
        FontBBox=generic.ArrayObject([generic.FloatObject(side) for side in letters.box]),
        ItalicAngle=generic.NumberObject(0),
        Ascent=generic.FloatObject(letters.ascent),
        Descent=generic.FloatObject(letters.descent),
        CapHeight=generic.NumberObject(662),
        StemV=generic.NumberObject(80),
        FontFile2=writer.add_object(program),
    )
    descendant = _dictionary(
        Type=pdf_name("/Font"),
        Subtype=pdf_name("/CIDFontType2"),
        BaseFont=pdf_name("/MOTCUA+Tinos"),
        CIDSystemInfo=_dictionary(
            Registry=generic.pdf_string("Adobe"),
            Ordering=generic.pdf_string("Identity"),
            Supplement=generic.NumberObject(0),
        ),
        CIDToGIDMap=pdf_name("/Identity"),
        DW=generic.NumberObject(500),
        W=_advances(letters),
        FontDescriptor=writer.add_object(descriptor),
    )
    return writer.add_object(
        _dictionary(
            Type=pdf_name("/Font"),
            Subtype=pdf_name("/Type0"),
            BaseFont=pdf_name("/MOTCUA+Tinos"),
            Encoding=pdf_name("/Identity-H"),
            DescendantFonts=generic.ArrayObject([writer.add_object(descendant)]),
            ToUnicode=writer.add_object(_to_unicode(letters)),
        )
    )


def _dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def _advances(letters: _Letters) -> generic.ArrayObject:
    by_glyph = {glyph: letters.advances[letter] for letter, glyph in letters.glyphs.items()}
    entries: list[generic.PdfObject] = []
    for glyph, advance in sorted(by_glyph.items()):
        entries += [
            generic.NumberObject(glyph),
            generic.ArrayObject([generic.FloatObject(round(advance, 2))]),
        ]
    return generic.ArrayObject(entries)


def _to_unicode(letters: _Letters) -> generic.StreamObject:
    """So that the text can be searched and copied."""
    by_glyph: dict[int, str] = {}
    for letter, glyph in sorted(letters.glyphs.items()):
        by_glyph.setdefault(
            glyph, letter
        )  # the soft hyphen shares its glyph with the plain one, which goes first
    pairs = [f"<{glyph:04x}> <{ord(letter):04x}>" for glyph, letter in by_glyph.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    text = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /MC-UCS def\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    stream = generic.StreamObject(stream_data=text.encode())
    stream.compress()
    return stream
