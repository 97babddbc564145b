"""Letters for fonts that a file only names: an archive file must bring its own (ISO 19005-2, 6.2.11.4).

The fonts every reader of PDF was once promised to have (Helvetica, Times, Courier, and Microsoft's of the same measures) are
stood in for by Arimo, Tinos and Cousine, whose letters are as wide to the thousandth. Fonts of other measures have no stand-in.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from motcua.documents.adapters.pdf.resources import drawn_with, entries, resources_of

_FOLDER = Path("/usr/share/fonts/truetype/croscore")
_FAMILIES = (
    (re.compile(r"^(Helvetica|Arial)(MT|PS|PSMT|NewPS)?$"), "Arimo"),
    (re.compile(r"^(Times|TimesRoman|TimesNewRoman)(MT|PS|PSMT)?$"), "Tinos"),
    (re.compile(r"^(Courier|CourierNew|CourierStd)(MT|PS|PSMT)?$"), "Cousine"),
)
_STYLE = re.compile(r"(Bold|Italic|Oblique|Roman|Regular|Normal|MT)", re.IGNORECASE)
#: Widths that the file states may differ from the letters' by this much (of 1,000).
_SAME_WIDTH = 4.0
_NONSYMBOLIC, _FIXED, _SERIF, _ITALIC = 32, 1, 2, 64
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


def has_stand_in(font: object) -> bool:
    """Whether letters of the same shapes and widths can be brought for a font that is only named."""
    return _stand_in_of(font) is not None


@dataclass(slots=True)
class StandIns:
    """The named fonts of a file and the codes its pages show by each, so that only those letters are brought."""

    _used: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    _fonts: dict[tuple[int, int], Any] = field(default_factory=dict)

    def note(self, pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        """Remember what a page shows. Fonts written out in place become objects."""
        for holder in drawn_with(page):
            bare = dict(self._bare(pdf, holder))
            for name, code in _shown(holder, bare) if bare else ():
                self._used[bare[name]].add(code)

    def _bare(self, pdf: pikepdf.Pdf, holder: Any) -> Iterator[tuple[str, tuple[int, int]]]:
        for name, font in list(entries(holder, "/Font")):
            if not is_only_named(font) or not has_stand_in(font):
                continue
            kept = font if font.is_indirect else pdf.make_indirect(font)
            if not font.is_indirect:
                resources_of(holder).Font[name] = kept
            self._fonts[kept.objgen] = kept
            self._used.setdefault(kept.objgen, set())
            yield name, kept.objgen

    def bring(self, pdf: pikepdf.Pdf) -> None:
        """Put the letters into the file."""
        for key, font in self._fonts.items():
            if self._used[key]:
                _embed(pdf, font, self._used[key])


def is_only_named(font: object) -> bool:
    if not isinstance(font, pikepdf.Dictionary) or str(font.get("/Subtype", "")) not in (
        "/Type1",
        "/TrueType",
        "/MMType1",
    ):
        return False
    described = font.get("/FontDescriptor", pikepdf.Dictionary())
    return not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _shown(holder: Any, fonts: Any) -> Iterator[tuple[str, int]]:
    """Font and code of every letter shown."""
    chosen = ""
    stack: list[str] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(chosen)
        elif operator == "Q" and stack:
            chosen = stack.pop()
        elif operator == "Tf":
            chosen = str(instruction.operands[0])
        elif operator in _SHOWS_TEXT and chosen in fonts:
            said = instruction.operands[-1]
            pieces = list(said) if isinstance(said, pikepdf.Array) else [said]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    yield from ((chosen, code) for code in bytes(piece))


def _stand_in_of(font: Any) -> Path | None:
    path = _file_of(str(font.get("/BaseFont", "")).lstrip("/")) if is_only_named(font) else None
    return path if path is not None and _widths_agree(font, path) else None


@cache
def _file_of(name: str) -> Path | None:
    plain = re.sub(r"^[A-Z]{6}\+", "", name).replace("#20", "").replace(" ", "")
    head, _, tail = plain.replace(",", "-").partition("-")
    styles = " ".join(
        _STYLE.findall(
            tail or re.sub(r"^(Helvetica|Arial|Times|Courier)(NewRoman|New)?(PSMT|PS|MT)?", "", head)
        )
    )
    base = head if tail else re.sub(r"(Bold|Italic|Oblique)+$", "", head)
    family = next((family for pattern, family in _FAMILIES if pattern.match(base)), None)
    if family is None or (tail and not re.fullmatch(f"({_STYLE.pattern})*", tail, re.IGNORECASE)):
        return None
    style = ("Bold" if "Bold" in styles else "") + (
        "Italic" if "Italic" in styles or "Oblique" in styles else ""
    )
    path = _FOLDER / f"{family}-{style or 'Regular'}.ttf"
    return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class _Measures:
    glyphs: dict[int, str]
    widths: dict[str, float]
    ascent: int
    descent: int


@cache
def _measures(path: Path) -> _Measures:
    from fontTools.ttLib import TTFont  # a quarter of a worker's start, and few papers need a stand-in

    with TTFont(path, lazy=True) as opened:
        k = 1000 / opened["head"].unitsPerEm
        glyphs = dict(opened.getBestCmap())
        widths = {name: width * k for name, (width, _) in opened["hmtx"].metrics.items()}
        return _Measures(glyphs, widths, round(opened["hhea"].ascent * k), round(opened["hhea"].descent * k))


def _widths_agree(font: Any, path: Path) -> bool:
    stated = font.get("/Widths")
    if not isinstance(stated, pikepdf.Array):
        return True
    measures, first, letters = _measures(path), int(font.get("/FirstChar", 0)), _letters(font)
    for code, width in enumerate(stated, first):
        glyph = measures.glyphs.get(ord(letters.get(code, "\0")))
        if glyph and width and abs(measures.widths[glyph] - float(width)) > _SAME_WIDTH:
            return False
    return True


def _letters(font: Any) -> dict[int, str]:
    """What each code means: the base encoding and the differences the file states."""
    from fontTools import agl

    encoding = font.get("/Encoding")
    base, differences = encoding, None
    if isinstance(encoding, pikepdf.Dictionary):
        base, differences = encoding.get("/BaseEncoding"), encoding.get("/Differences")
    found = dict(_base_letters(str(base) if base is not None else "", str(font.get("/Subtype", ""))))
    code = 0
    for one in differences if isinstance(differences, pikepdf.Array) else ():
        if isinstance(one, pikepdf.Name):
            found[code] = agl.toUnicode(str(one).lstrip("/"))[:1]
            code += 1
        else:
            code = int(one)
    return {code: letter for code, letter in found.items() if letter}


def _base_letters(name: str, kind: str) -> Iterator[tuple[int, str]]:
    if name == "/WinAnsiEncoding" or (not name and kind == "/TrueType"):
        yield from ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(32, 256))
        return
    from fontTools import agl
    from fontTools.encodings.MacRoman import MacRoman
    from fontTools.encodings.StandardEncoding import StandardEncoding

    table = MacRoman if name == "/MacRomanEncoding" else StandardEncoding
    yield from ((code, agl.toUnicode(glyph)) for code, glyph in enumerate(table) if glyph != ".notdef")


def _embed(pdf: pikepdf.Pdf, font: Any, codes: set[int]) -> None:
    path = _stand_in_of(font)
    if path is None:
        return
    measures, letters = _measures(path), _letters(font)
    shown = {
        code: letters[code]
        for code in sorted(codes)
        if code in letters and ord(letters[code]) in measures.glyphs
    }
    file = _letters_only(path, frozenset(ord(letter) for letter in shown.values()))
    name = pikepdf.Name(f"/{_tag(shown)}+{path.stem}")
    first, last = min(codes), max(codes)
    widths = [
        measures.widths[measures.glyphs[ord(shown[c])]] if c in shown else 0 for c in range(first, last + 1)
    ]
    flags = _NONSYMBOLIC | (_FIXED if "Cousine" in path.stem else 0) | (_SERIF if "Tinos" in path.stem else 0)
    described = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=flags | (_ITALIC if "Italic" in path.stem else 0),
        FontBBox=pikepdf.Array([-200, measures.descent, 1200, measures.ascent]),
        ItalicAngle=-12 if "Italic" in path.stem else 0,
        Ascent=measures.ascent,
        Descent=measures.descent,
        CapHeight=700,
        StemV=140 if "Bold" in path.stem else 80,
        FontFile2=pdf.make_stream(file, Length1=len(file)),
    )
    font.Subtype, font.BaseFont = pikepdf.Name.TrueType, name
    font.FirstChar, font.LastChar = first, last
    font.Widths = pikepdf.Array([round(width, 2) for width in widths])
    font.FontDescriptor = pdf.make_indirect(described)
    font.Encoding = _encoding(shown)


def _encoding(shown: dict[int, str]) -> Any:
    """Latin as Windows writes it, and what differs from that by the names of the glyph list (6.2.11.6)."""
    from fontTools import agl

    differences: list[Any] = []
    for code, letter in shown.items():
        if bytes([code]).decode("cp1252", "ignore") != letter:
            differences += [code, pikepdf.Name("/" + agl.UV2AGL.get(ord(letter), f"uni{ord(letter):04X}"))]
    if not differences:
        return pikepdf.Name.WinAnsiEncoding
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Encoding,
        BaseEncoding=pikepdf.Name.WinAnsiEncoding,
        Differences=pikepdf.Array(differences),
    )


@cache
def _letters_only(path: Path, letters: frozenset[int]) -> bytes:
    """The font with these letters only; the same bytes every time."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, name_IDs=[], recalc_timestamp=False
    )
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern", "DSIG", "gasp", "hdmx", "VDMX", "LTSH", "meta"]
    with TTFont(path, recalcTimestamp=False) as opened:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=letters)
        cutter.subset(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def _tag(shown: dict[int, str]) -> str:
    """Six capitals that tell one subset from another (ISO 32000-1, 9.6.4)."""
    number = zlib.crc32("".join(sorted(shown.values())).encode())
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))
