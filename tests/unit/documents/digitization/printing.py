"""Pages as an engine would return them, without an engine."""

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Mark, PageResult, PageState, Word

WIDTH, HEIGHT = 1600, 2300


def row(text: str, top: float, left: float = 200, letter: float = 16) -> Line:
    words, at = [], left
    for word in text.split():
        words.append(Word(word, 95, Box(at, top, at + letter * len(word), top + 30)))
        at += letter * (len(word) + 1)
    return Line(tuple(words))


def centred(text: str, top: float) -> Line:
    return row(text, top, left=(WIDTH - 16 * len(text)) / 2)


def page(
    *lines: Line, number: int = 1, state: PageState = PageState.RECOGNISED, codes: tuple[str, ...] = ()
) -> PageResult:
    marks = tuple(Mark("QR", code, Box(0, 0, 1, 1)) for code in codes)
    return PageResult(
        number, "scan.pdf", number - 1, state, WIDTH, HEIGHT, 200, lines=lines, marks=marks, confidence=95
    )
