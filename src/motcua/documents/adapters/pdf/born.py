"""The text a page of a PDF has itself with the place of every word, read through PDFium."""

import ctypes
import unicodedata
from typing import Any

import pypdfium2.raw as pdfium

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.own_text import OwnText
from motcua.documents.rules.digitization.pages import Line, Word

_INVISIBLE = 3
#: A page is not searched further for letters: whether there are some and many is known by then.
_COUNTED = 4000


def letters_of(page: Any) -> tuple[int, int]:
    """How many printable characters are painted, and how many lie there invisibly."""
    text = page.get_textpage()
    try:
        visible = hidden = 0
        for index in range(min(text.count_chars(), _COUNTED)):
            if pdfium.FPDFText_GetUnicode(text.raw, index) > 32:
                is_hidden = _is_invisible(text.raw, index)
                visible, hidden = visible + (not is_hidden), hidden + is_hidden
        return visible, hidden
    finally:
        text.close()


def _is_invisible(text: object, index: int) -> bool:
    obj = pdfium.FPDFText_GetTextObject(text, index)
    return bool(obj) and pdfium.FPDFTextObj_GetTextRenderMode(obj) == _INVISIBLE


def own_text(page: Any, pixels_per_unit: float) -> OwnText:
    """Words and lines in the file's own order, places in pixels of the page as shown."""
    text = page.get_textpage()
    try:
        visible: list[tuple[str, Box]] = []
        hidden: list[tuple[str, Box]] = []
        into = visible
        for index, one in enumerate(_characters(text, page, pixels_per_unit)):
            # Spaces and line ends that PDFium adds belong to no object: they go with the letter before them.
            if pdfium.FPDFText_GetTextObject(text.raw, index):
                into = hidden if _is_invisible(text.raw, index) else visible
            into.append(one)
        return OwnText(tuple(_lines(visible)), tuple(_lines(hidden)))
    finally:
        text.close()


def covered_by_pictures(page: Any) -> float:
    """The largest part of the page that one picture covers."""
    left, bottom, right, top = page.get_bbox()
    whole = max(1.0, (right - left) * (top - bottom))
    largest = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = picture.get_bounds()
        wide = min(x1, right) - max(x0, left)
        tall = min(y1, top) - max(y0, bottom)
        largest = max(largest, max(0.0, wide) * max(0.0, tall) / whole)
    return largest


def _characters(text: Any, page: Any, k: float) -> list[tuple[str, Box]]:
    found: list[tuple[str, Box]] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        pdfium.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        found.append((char, _shown_box(page, left.value, top.value, right.value, bottom.value, k)))
    return found


def _shown_box(page: Any, left: float, top: float, right: float, bottom: float, k: float) -> Box:
    """From the page's own space to pixels of the page as shown (turned and cropped)."""
    x, y = page.get_bbox()[:2]
    width, height = page.get_size()
    left, right, bottom, top = left - x, right - x, bottom - y, top - y
    turn = page.get_rotation()
    if turn == 90:
        left, top, right, bottom = bottom, left, top, right
        return Box(left * k, top * k, right * k, bottom * k)
    if turn == 180:
        return Box((width - right) * k, bottom * k, (width - left) * k, top * k)
    if turn == 270:
        return Box((width - top) * k, (height - right) * k, (width - bottom) * k, (height - left) * k)
    return Box(left * k, (height - top) * k, right * k, (height - bottom) * k)


def _lines(characters: list[tuple[str, Box]]) -> list[Line]:
    lines: list[Line] = []
    words: list[Word] = []
    letters: list[tuple[str, Box]] = []

    def end_word() -> None:
        if letters:
            box = letters[0][1]
            for _, other in letters[1:]:
                box = box.union(other)
            words.append(Word(unicodedata.normalize("NFC", "".join(c for c, _ in letters)), 100.0, box))
            letters.clear()

    def end_line() -> None:
        end_word()
        if words:
            lines.append(Line(tuple(words), 0))
            words.clear()

    for char, box in characters:
        if char in "\r\n":
            end_line()
        elif char.isspace() or ord(char) < 32:
            end_word()
        else:
            letters.append((char, box))
    end_line()
    return lines
