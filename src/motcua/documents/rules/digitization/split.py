"""Splitting a scanned pile into papers: separator sheets first, receipts, then what the pages say themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.papers.kinds import announcement
from motcua.documents.rules.digitization.separators import Separator, decode, receipt_dossier
from motcua.kernel.text import fold

#: A title weaker than this does not cut a pile.
SURE_TITLE = 0.86
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—\s]*$")
_MARGIN = 0.09
#: Places to write on, as forms print them.
_DOTTED = re.compile(r"\.{4}|…|_{4}")
#: `Mẫu số 01`, `Mẫu CT01 ban hành kèm theo Thông tư …`, `(Ban hành kèm theo Nghị định …)`.
_FORM_NUMBER = re.compile(r"^\W*mau (so )?[a-z]{0,3}\W?\d|ban hanh kem theo")
_HEAD_LINES = 6
#: So many dotted places make a form with its number at the head a blank one, so many any other page.
_FEW_DOTTED, _MANY_DOTTED = 3, 8


class Role(StrEnum):
    """What a page is in the pile. Nothing is deleted: separators and blank backs stay in the record."""

    PAPER = "paper"
    BLANK_BACK = "blank_back"
    SEPARATOR = "separator"
    SEPARATOR_BACK = "separator_back"


class Ground(StrEnum):
    """Why a paper begins where it does."""

    FIRST = "first"
    SEPARATOR = "separator"
    RECEIPT = "receipt"
    TITLE = "title"


@dataclass(slots=True)
class Paper:
    """Pages (numbers in the record) of one paper. `confidence` of the cut that began it."""

    pages: list[int]
    ground: Ground
    confidence: float
    dossier_code: str = ""
    component: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    papers: tuple[Paper, ...]
    roles: dict[int, Role]


@dataclass(slots=True)
class _Pile:
    papers: list[Paper] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    dossier_code: str = ""
    component: str = ""
    pending: Ground | None = Ground.FIRST
    was_separator: bool = False

    def begin(self, page: int, ground: Ground, confidence: float) -> None:
        self.papers.append(Paper([page], ground, confidence, self.dossier_code, self.component))
        self.roles[page] = Role.PAPER
        self.pending = None

    def go_on(self, page: int, role: Role) -> None:
        self.papers[-1].pages.append(page)
        self.roles[page] = role


def split(pages: Iterable[PageResult], key: bytes | None = None) -> Split:
    """The papers of a pile. With separators the pile is cut only at them, unless a title clearly begins another paper of
    a component-less separator; `key` proves separators."""
    pile = _Pile()
    for page in pages:
        _place(page, pile, key)
    return Split(tuple(pile.papers), pile.roles)


def _place(page: PageResult, pile: _Pile, key: bytes | None) -> None:
    separator = _separator(page, key)
    if separator is not None:
        pile.dossier_code, pile.component = separator.dossier_code or pile.dossier_code, separator.component
        pile.pending, pile.was_separator = Ground.SEPARATOR, True
        pile.roles[page.number] = Role.SEPARATOR
        return
    if page.state is PageState.BLANK:
        _place_blank(page, pile)
        return
    pile.was_separator = False
    dossier = next((code for mark in page.marks if (code := receipt_dossier(mark.text))), None)
    if dossier is not None:
        pile.dossier_code, pile.component = dossier, ""
        pile.begin(page.number, Ground.RECEIPT, 1.0)
        pile.pending = Ground.RECEIPT
        return
    _place_written(page, pile)


def _place_blank(page: PageResult, pile: _Pile) -> None:
    """The back of a separator belongs to it; any other blank is the back of the page before it."""
    if pile.was_separator or not pile.papers:
        pile.roles[page.number] = Role.SEPARATOR_BACK if pile.was_separator else Role.BLANK_BACK
    elif pile.pending is Ground.SEPARATOR:
        pile.roles[page.number] = Role.BLANK_BACK
    else:
        pile.go_on(page.number, Role.BLANK_BACK)


def _place_written(page: PageResult, pile: _Pile) -> None:
    said = announcement(page)
    if pile.pending is not None:
        sure = 1.0 if pile.pending is not Ground.FIRST else (said.confidence if said else 0.5)
        pile.begin(page.number, pile.pending, sure)
        return
    # Inside a component that a separator has named, only the next separator cuts.
    is_new = said is not None and said.confidence >= SURE_TITLE and not continues(page)
    if said is not None and is_new and not pile.component and not is_blank_form(page):
        pile.begin(page.number, Ground.TITLE, said.confidence)
        return
    pile.go_on(page.number, Role.PAPER)


def is_blank_form(page: PageResult) -> bool:
    """Whether the page is a form nobody has filled in: many dotted places, nothing by hand, and a number of its own as a form.

    People hand in forms with answers; a blank one is the annex of the decision or circular that it stands behind, though it
    begins like the paper it will become.
    """
    if page.handwritten:
        return False
    dotted = sum(bool(_DOTTED.search(word.text)) for word in page.words())
    head = [fold(line.text) for line in page.lines[:_HEAD_LINES]]
    is_numbered = any(_FORM_NUMBER.search(text) for text in head)
    return dotted >= (_FEW_DOTTED if is_numbered else _MANY_DOTTED)


def continues(page: PageResult) -> bool:
    """Whether the page says itself that it is not a first one."""
    number = printed_number(page)
    return number is not None and number > 1


def missing_numbers(pages: Iterable[PageResult]) -> tuple[int, ...]:
    """Printed page numbers that a paper skips: `1 2 4` misses 3. Nothing is said of papers that hardly number their pages."""
    printed = {number for page in pages if (number := printed_number(page)) is not None}
    if len(printed) < 3:
        return ()
    missing = tuple(number for number in range(min(printed), max(printed)) if number not in printed)
    # An unreadable number now and then is not a missing page; neither are numbers of something else.
    return missing if len(missing) <= len(printed) // 2 else ()


def printed_number(page: PageResult) -> int | None:
    """The page number at the head or the foot of the page."""
    for line in (*page.lines[:2], *page.lines[-2:]):
        near_edge = line.box.bottom < _MARGIN * page.height or line.box.top > (1 - _MARGIN) * page.height
        match = _PAGE_NUMBER.match(fold(line.text))
        if near_edge and match:
            return int(match.group(1))
    return None


def _separator(page: PageResult, key: bytes | None) -> Separator | None:
    return next((found for mark in page.marks if (found := decode(mark.text, key))), None)


def boundaries(papers: Sequence[Paper]) -> set[int]:
    """Page numbers at which papers begin: what precision and recall are counted on."""
    return {paper.pages[0] for paper in papers}
