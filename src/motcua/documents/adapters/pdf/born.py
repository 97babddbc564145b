"""The true text of a born-digital page with the place of every word, read through PDFium."""

import ctypes
import unicodedata
from typing import Any

import pypdfium2.raw as pdfium

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word

_INVISIBLE = 3


def visible_characters(page: Any) -> int:
    """Printable characters that are not an invisible layer over a scan."""
    text = page.get_textpage()
    try:
        count = 0
        for index in range(min(text.count_chars(), 4000)):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            if code > 32 and not _is_invisible(text.raw, index):
                count += 1
        return count
    finally:
        text.close()


def _is_invisible(text: Any, index: int) -> bool:
    obj = pdfium.FPDFText_GetTextObject(text, index)
    return bool(obj) and pdfium.FPDFTextObj_GetTextRenderMode(obj) == _INVISIBLE


def born_lines(page: Any, dpi: float) -> tuple[Line, ...]:
    """Words and lines in the file's own order, places in pixels at `dpi` of the page as shown."""
    text = page.get_textpage()
    try:
        return tuple(_lines(_characters(text, page, dpi / 72)))
    finally:
        text.close()


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
    x, y = page.get_cropbox()[:2]
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
