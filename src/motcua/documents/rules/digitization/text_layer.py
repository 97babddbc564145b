"""The invisible text of a page as PDF operators: words where they are printed, compact enough to be carried always.

One `Tj` array per line. The glyphs of the invisible font are all `ADVANCE` wide; one horizontal scale per line fits them
to the line, and the numbers between words put each word exactly where it stands.
"""

import math
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from motcua.documents.rules.digitization.geometry import Affine
from motcua.documents.rules.digitization.pages import Line, Word

#: Width of every glyph of the invisible font, in thousandths of the font size.
ADVANCE = 500
FONT_NAME = "T"


def text_operators(
    lines: Iterable[Line], sheet_height: float, points_per_pixel: float, font: str = FONT_NAME
) -> bytes:
    """`BT … ET` for the lines of a page, or nothing. Places of words are in sheet pixels."""
    parts = [part for line in lines if (part := _line(line, sheet_height, points_per_pixel, font))]
    if not parts:
        return b""
    return b"BT 3 Tr\n" + b"".join(parts) + b"ET\n"


def picture_operators(matrix: Affine, name: str = "I") -> bytes:
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return f"q {' '.join(_number(v, 4) for v in numbers)} cm /{name} Do Q\n".encode()


def map_operators(matrix: Affine) -> bytes:
    """What follows is drawn through the map."""
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return f"{' '.join(_number(v, 6) for v in numbers)} cm\n".encode()


def _line(line: Line, sheet_height: float, k: float, font: str) -> bytes:
    words = [word for word in line.words if word.text and word.box.width > 0]
    if not words:
        return b""
    box = line.box
    size = max(2.0, min(round(box.height * k * 2) / 2, 144.0))
    stretch = _stretch(words, size, k)
    baseline = (sheet_height - box.bottom + 0.2 * box.height) * k
    head = f"/{font} {_number(size, 1)} Tf {stretch} Tz 1 0 0 1 {_number(box.left * k, 1)} {_number(baseline, 1)} Tm["
    return head.encode() + _array(words, size, stretch, box.left, k) + b"]TJ\n"


def _stretch(words: list[Word], size: float, k: float) -> int:
    """Per cent of natural width at which no word runs into the next one: readers of the text look at gaps, not at spaces."""
    natural = [len(_encodable(word.text)) * size * ADVANCE / 1000 for word in words]
    average = sum(word.box.width * k for word in words) / sum(natural)
    room = [
        (after.box.left - word.box.left) * k - 0.2 * size
        for word, after in pairwise(words)
        if after.box.left > word.box.left
    ]
    tightest = min((free / width for free, width in zip(room, natural, strict=False)), default=average)
    return max(1, round(100 * max(min(average, tightest), 0.6 * average)))


def _array(words: list[Word], size: float, stretch: int, left: float, k: float) -> bytes:
    """Words with a space after each but the last, moved by the TJ numbers to where they are printed."""
    unit = size * stretch / 100
    at = left * k
    out = bytearray()
    for position, word in enumerate(words):
        gap = round((word.box.left * k - at) / unit * 1000)
        if gap:
            out += f"{-gap}".encode()
            at += gap * unit / 1000
        text = _encodable(word.text) + (" " if position + 1 < len(words) else "")
        out += _string(text)
        at += len(text) * ADVANCE / 1000 * unit
    return bytes(out)


def _encodable(text: str) -> str:
    """NFC, within the basic plane: what two bytes a character can say."""
    return "".join(
        c if ord(c) <= 0xFFFF and not 0xD800 <= ord(c) <= 0xDFFF else "\ufffd"
        for c in unicodedata.normalize("NFC", text)
    )


def _string(text: str) -> bytes:
    """A literal PDF string of two-byte codes; it packs better than hexadecimal."""
    raw = text.encode("utf-16-be", "replace")
    escaped = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    return b"(" + escaped + b")"


def _number(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return "0"
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
