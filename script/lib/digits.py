"""The ten digits of the text font on one width, as a font of its own: what `script/assets` does last.

Be Vietnam Pro has no tabular figures ("1" is 385 units wide, "4" 710), so that columns of numbers do not stand under each
other whatever a style sheet asks for. Its licence (OFL-1.1) lets a changed font be passed on under another name: "So Deu".
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "src" / "motcua" / "web" / "kit" / "static" / "kit" / "fonts"
NAME = "So Deu"
#: Air on both sides of the widest digit, in units of the font.
AIR = 22
_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC = 1, 4, 6, 16


def main() -> int:
    for weight in (400, 600):
        font = TTFont(FONTS / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False)
        _only_digits(font)
        _on_one_width(font)
        _rename(font, weight)
        font.flavor = "woff2"
        font.save(FONTS / f"so-deu-{weight}.woff2")
    return 0


def _only_digits(font: TTFont) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(text="0123456789")
    subsetter.subset(font)


def _on_one_width(font: TTFont) -> None:
    glyphs, metrics = font["glyf"], font["hmtx"]
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    ink = {name: glyphs[name].xMax - glyphs[name].xMin for name in digits}
    width = max(ink.values()) + 2 * AIR
    for name in digits:
        glyph = glyphs[name]
        left = (width - ink[name]) // 2
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, left)


def _rename(font: TTFont, weight: int) -> None:
    style = "Regular" if weight == 400 else "SemiBold"
    for record in list(font["name"].names):
        said = {
            _FAMILY: NAME,
            _FULL: f"{NAME} {style}",
            _POSTSCRIPT: f"{NAME.replace(' ', '')}-{style}",
            _TYPOGRAPHIC: NAME,
        }.get(record.nameID)
        if said is not None:
            record.string = said


if __name__ == "__main__":
    sys.exit(main())
