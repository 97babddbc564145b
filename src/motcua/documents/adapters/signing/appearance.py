"""Drawing the visible signature: text in the colour of the law, and the seal with the agency's name round it."""

import math
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.stamp import BaseStampStyle, StaticStampStyle

from motcua.documents.adapters.signing.lettering import FONTS, Lettering
from motcua.documents.adapters.signing.protocol import SignerIdentity, SigningOrder
from motcua.documents.rules.signing import Box, stamp_lines
from motcua.documents.words import SignatureKind
from motcua.kernel.clock import local

BLUE = (0.05, 0.15, 0.75)
RED = (0.80, 0.05, 0.08)
_SEAL_PIXELS = 600
_WHOLE = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MIN,
    y_align=layout.AxisAlignment.ALIGN_MIN,
    margins=layout.Margins.uniform(0),
)


def stamp_style(order: SigningOrder, identity: SignerIdentity, box: Box) -> BaseStampStyle:
    """The look of one signature in `box`."""
    if order.kind is SignatureKind.AGENCY:
        seal = (
            Image.open(BytesIO(order.image)) if order.image else Image.open(BytesIO(_seal_png(identity.name)))
        )
        return StaticStampStyle(
            background=PdfImage(seal), background_layout=_WHOLE, background_opacity=0.85, border_width=0
        )
    lettering = Lettering(
        _lines(order, identity),
        width=box.width,
        height=box.height,
        colour=RED if order.kind in (SignatureKind.COPY_SEAL, SignatureKind.FORM) else BLUE,
        picture=PdfImage(Image.open(BytesIO(order.image))) if order.image else None,
        # The seal covers the left third of the signature of whoever decides: nothing is written below it.
        inset=box.width / 3 if order.kind is SignatureKind.PERSONAL else 0.0,
    )
    return StaticStampStyle(background=lettering, background_layout=_WHOLE, border_width=0)


def _lines(order: SigningOrder, identity: SignerIdentity) -> tuple[str, ...]:
    moment: datetime = local(order.at)
    return stamp_lines(
        order.kind, name=identity.name, organisation=identity.organisation, at_local=moment, note=order.note
    )


@lru_cache(maxsize=64)
def _seal_png(name: str) -> bytes:
    """A round seal, transparent around: two rings, a star, the name of the agency along the ring."""
    size = _SEAL_PIXELS
    ink = (*(round(part * 255) for part in RED), 255)
    canvas = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    draw = ImageDraw.Draw(canvas)
    for inset, width in ((6, 11), (122, 6)):
        draw.ellipse((inset, inset, size - inset, size - inset), outline=ink, width=width)
    draw.polygon(_star(size / 2, size / 2, size * 0.2), fill=ink)
    _write_round(canvas, name.upper(), ink)
    output = BytesIO()
    canvas.save(output, "PNG")
    return output.getvalue()


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * (corner / 5 - 0.5)
        points.append((x + length * math.cos(angle), y + length * math.sin(angle)))
    return points


def _fitting(text: str, radius: float) -> tuple[ImageFont.FreeTypeFont, list[float]]:
    """Long names get a smaller size, so that 300 degrees of the ring suffice."""
    size = 64
    while True:
        font = ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), size)
        widths = [font.getlength(glyph) + size * 0.12 for glyph in text]
        if sum(widths) / radius <= math.radians(300) or size <= 20:
            return font, widths
        size -= 4


def _write_round(canvas: Image.Image, text: str, ink: tuple[int, ...]) -> None:
    """Glyph by glyph along the upper ring."""
    radius = canvas.width / 2 - 66
    font, widths = _fitting(text, radius)
    sweep = sum(widths) / radius
    angle = -sweep / 2
    for glyph, width in zip(text, widths, strict=True):
        middle = angle + width / radius / 2
        tile = Image.new("RGBA", (120, 120), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((60, 60), glyph, font=font, fill=ink, anchor="mm")
        turned = tile.rotate(-math.degrees(middle), resample=Image.Resampling.BICUBIC)
        x = canvas.width / 2 + radius * math.sin(middle) - 60
        y = canvas.height / 2 - radius * math.cos(middle) - 60
        canvas.alpha_composite(turned, (round(x), round(y)))
        angle += width / radius
