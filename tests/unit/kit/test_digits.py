"""Columns of numbers stand under each other: the font of the digits gives all ten one width."""

import pytest
from fontTools.ttLib import TTFont
from tests.fitness.texts import SOURCE

KIT = SOURCE / "web" / "kit" / "static" / "kit"


@pytest.mark.parametrize("weight", [400, 600])
def test_ten_digits_on_one_width_in_the_middle_of_it(weight: int) -> None:
    font = TTFont(KIT / "fonts" / f"so-deu-{weight}.woff2")
    known = font.getBestCmap()
    assert "".join(map(chr, sorted(known))) == "0123456789"
    widths = {font["hmtx"][name][0] for name in known.values()}
    assert len(widths) == 1
    (width,) = widths
    for name in known.values():
        glyph = font["glyf"][name]
        assert abs(glyph.xMin - (width - glyph.xMax)) <= 1, name
        assert glyph.xMin > 0, "no digit touches the next one"
    assert font["name"].getDebugName(1) == "So Deu", "the licence asks for another name"


def test_the_text_font_still_needs_it() -> None:
    font = TTFont(KIT / "fonts" / "be-vietnam-pro-latin-400-normal.woff2")
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    assert len({font["hmtx"][name][0] for name in names}) > 1
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" not in features


def test_tables_and_fields_ask_for_it() -> None:
    style = (KIT / "kit.css").read_text(encoding="utf-8")
    for weight in (400, 600):
        assert f"fonts/so-deu-{weight}.woff2" in style
    assert ".mc-page .govuk-input" in style
