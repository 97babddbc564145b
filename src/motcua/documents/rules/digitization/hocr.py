"""hOCR 1.2 of a page: blocks, lines and words with their boxes and confidences, so that no later tool must recognise again."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, PageResult, Word

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi" lang="vi">
<head>
<title>{title}</title>
<meta charset="utf-8"/>
<meta name="ocr-system" content="{engine}"/>
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_line ocrx_word"/>
</head>
<body>
"""
_FOOT = "</body>\n</html>\n"


def document(title: str, engine: str, pages: Iterable[PageResult]) -> Iterator[str]:
    """The file in pieces, one piece per page: a thick record never stands in memory whole."""
    yield _HEAD.format(title=escape(title), engine=escape(engine))
    for page in pages:
        yield page_element(page)
    yield _FOOT


def page_element(page: PageResult) -> str:
    sheet = Box(0, 0, page.width, page.height)
    place = f"{_box(sheet)}; ppageno {page.number - 1}; scan_res {round(page.dpi)} {round(page.dpi)}"
    head = f'<div class="ocr_page" id="page_{page.number}" title="{place}">\n'
    blocks = (
        _block(page.number, block, list(lines))
        for block, lines in groupby(page.lines, key=lambda line: line.block)
    )
    return head + "".join(blocks) + "</div>\n"


def _block(page: int, block: int, lines: list[Line]) -> str:
    box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    body = "".join(_line(line) for line in lines)
    return f'<div class="ocr_carea" id="block_{page}_{block}" title="{_box(box)}">\n{body}</div>\n'


def _line(line: Line) -> str:
    return f'<span class="ocr_line" title="{_box(line.box)}">{" ".join(_word(word) for word in line.words)}</span>\n'


def _word(word: Word) -> str:
    return f'<span class="ocrx_word" title="{_box(word.box)}; x_wconf {round(word.confidence)}">{escape(word.text)}</span>'


def _box(box: Box) -> str:
    return f"bbox {round(box.left)} {round(box.top)} {round(box.right)} {round(box.bottom)}"
