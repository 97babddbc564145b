"""ALTO 4.4 of a page, for archives and libraries that keep layout and text in it: blocks, lines, words, confidences.

Source: the Library of Congress' schema `ns-v4#`. Places are in pixels of the sheet; `WC` is the confidence of a word, 0 to 1.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from xml.sax.saxutils import escape, quoteattr

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, PageResult, Word

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="{namespace}" SCHEMAVERSION="4.4">
<Description>
<MeasurementUnit>pixel</MeasurementUnit>
<sourceImageInformation><fileName>{title}</fileName></sourceImageInformation>
<Processing ID="OCR"><processingCategory>contentGeneration</processingCategory><processingSoftware>\
<softwareName>{engine}</softwareName></processingSoftware></Processing>
</Description>
<Layout>
"""
_FOOT = "</Layout>\n</alto>\n"
#: What XML 1.0 cannot carry; an engine may read such a sign from dirt.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def document(title: str, engine: str, pages: Iterable[PageResult]) -> Iterator[str]:
    """The file in pieces, one piece per page: a thick record never stands in memory whole."""
    yield _HEAD.format(namespace=NAMESPACE, title=_text(title), engine=_text(engine))
    for page in pages:
        yield page_element(page)
    yield _FOOT


def page_element(page: PageResult) -> str:
    """One `Page`; a page without text is there too, so that the numbers stay those of the record."""
    size = f'WIDTH="{page.width}" HEIGHT="{page.height}"'
    sure = f' PC="{page.confidence / 100:.3f}"' if page.lines else ""
    blocks = groupby((line for line in page.lines if line.words), key=lambda line: line.block)
    body = "".join(_block(f"p{page.number}_b{place}", list(lines)) for place, (_, lines) in enumerate(blocks))
    return (
        f'<Page ID="p{page.number}" PHYSICAL_IMG_NR="{page.number}" {size}{sure} LANG="vi" PROCESSINGREFS="OCR">\n'
        f'<PrintSpace HPOS="0" VPOS="0" {size}>\n{body}</PrintSpace>\n</Page>\n'
    )


def _block(name: str, lines: list[Line]) -> str:
    box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    body = "".join(_line(f"{name}_l{place}", line) for place, line in enumerate(lines))
    return f'<TextBlock ID="{name}" {_place(box)}>\n{body}</TextBlock>\n'


def _line(name: str, line: Line) -> str:
    words = [_word(line.words[0])]
    for before, word in pairwise(line.words):
        words.append(_space(before, word) + _word(word))
    return f'<TextLine ID="{name}" {_place(line.box)}>{"".join(words)}</TextLine>\n'


def _space(before: Word, after: Word) -> str:
    width = max(0, round(after.box.left) - round(before.box.right))
    return f'<SP HPOS="{round(before.box.right)}" VPOS="{round(before.box.top)}" WIDTH="{width}"/>'


def _word(word: Word) -> str:
    sure = min(1.0, max(0.0, word.confidence / 100))
    content = quoteattr(word.text.translate(_FORBIDDEN))
    return f'<String CONTENT={content} {_place(word.box)} WC="{sure:.3f}"/>'


def _place(box: Box) -> str:
    left, top = round(box.left), round(box.top)
    return f'HPOS="{left}" VPOS="{top}" WIDTH="{round(box.right) - left}" HEIGHT="{round(box.bottom) - top}"'


def _text(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))
