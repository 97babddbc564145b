"""The invisible font: every character is the same empty glyph, so any text can lie on a scan and be found and copied."""

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from motcua.documents.rules.digitization.text_layer import ADVANCE

NAME = "MotCuaInvisible"


@cache
def font_file() -> bytes:
    """A TrueType file of two empty glyphs; the same bytes every time."""
    glyphs = [".notdef", "blank"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x20: "blank"})
    builder.setupGlyf({name: Glyph() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def glyph_map() -> bytes:
    """CIDToGIDMap: every one of the 65,536 characters is glyph 1."""
    return b"\x00\x01" * 65_536


def to_unicode() -> bytes:
    """Each code is its own character."""
    ranges = "\n".join(
        f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF
    )
    blocks = ranges.split("\n")
    body = "".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
        for part in (blocks[at : at + 100] for at in range(0, len(blocks), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
