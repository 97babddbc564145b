"""Large sheets as a plotter's scanner gives them: bilevel, group 4, a few lines and labels."""

import io
from collections.abc import Sequence

import img2pdf
from PIL import Image, ImageDraw, ImageFont
from tests.factories.printed_papers import FONTS


def drawing(width: int, height: int, *, dpi: int, labels: Sequence[str] = ()) -> bytes:
    """One page of a PDF; the labels stand one below the other near the top left."""
    image = Image.new("1", (width, height), 1)
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, width - 40, height - 40), outline=0, width=6)
    font = ImageFont.truetype(FONTS[0][0], dpi // 5)
    for number, label in enumerate(labels):
        pen.text((dpi, dpi + number * dpi), label, font=font, fill=0)
    out = io.BytesIO()
    image.save(out, "TIFF", compression="group4", dpi=(dpi, dpi))
    document: bytes = img2pdf.convert(out.getvalue())
    return document
