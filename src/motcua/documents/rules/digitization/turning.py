"""A page somebody turned by hand: its picture, its words and its codes turn together."""

from dataclasses import replace

from motcua.documents.rules.digitization.geometry import turned
from motcua.documents.rules.digitization.pages import PageResult, PageState, Picture


def turned_by_hand(page: PageResult, degrees: int) -> PageResult:
    """The result as if the page had lain turned clockwise by 0, 90, 180 or 270 degrees."""
    if not degrees or page.state is PageState.LOST:
        return page
    # A born-digital page has no picture yet: it is drawn when it is bound, and then turned.
    picture = page.picture or Picture(page.width, page.height)
    turn = turned(page.width, page.height, degrees)
    size = (page.height, page.width) if degrees in (90, 270) else (page.width, page.height)
    return replace(
        page,
        width=size[0],
        height=size[1],
        picture=replace(picture, turn=(picture.turn + degrees) % 360),
        lines=tuple(
            replace(line, words=tuple(replace(word, box=turn.around(word.box)) for word in line.words))
            for line in page.lines
        ),
        turned_from_file=(page.turned_from_file + degrees) % 360,
        handwritten=tuple(map(turn.around, page.handwritten)),
        marks=tuple(replace(mark, box=turn.around(mark.box)) for mark in page.marks),
    )
