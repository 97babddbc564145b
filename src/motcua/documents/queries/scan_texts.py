"""What was read in digitized papers: plain text, and layout with confidences for archives.

Functions without an `actor` serve packages above, which have decided by their own scope (a dossier's) that the caller may
see the file.
"""

import json
from collections.abc import Collection, Iterator
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from motcua.documents.models import ScanPage, ScanPaper
from motcua.documents.rules.digitization import alto, hocr
from motcua.documents.rules.digitization.pages import PageResult, from_plain
from motcua.documents.rules.digitization.turning import turned_by_hand
from motcua.kernel import storage
from motcua.kernel.authority import in_scope


class TextForm(StrEnum):
    """How the text of a paper is written out."""

    PLAIN = "txt"
    ALTO = "alto"
    HOCR = "hocr"


def read_files(file_ids: Collection[UUID | None]) -> frozenset[UUID]:
    """Those of these files that were digitized here, so that their text can be had. One statement."""
    wanted = {file_id for file_id in file_ids if file_id is not None}
    if not wanted:
        return frozenset()
    rows = ScanPaper.objects.filter(_made_from(wanted)).order_by()
    return frozenset(file_id for row in rows.values_list(*_STAGES) for file_id in row) & wanted


def paper_text(file_id: UUID, form: TextForm) -> Iterator[str]:
    """The text of a digitized file, page by page in pieces, turned and ordered as it was bound. Raises `OutOfScope`."""
    paper = in_scope(ScanPaper.objects.filter(_made_from({file_id})).order_by("-id").first())
    pages = _pages(paper)
    if form is TextForm.PLAIN:
        return (("\f" if place else "") + page.text + "\n" for place, page in enumerate(pages))
    title = paper.paper.title if paper.paper else paper.kind
    write = alto.document if form is TextForm.ALTO else hocr.document
    return write(title, _engine(paper), pages)


def page_result(page: ScanPage) -> PageResult:
    """What the engine made of the page, numbered as in its batch."""
    with storage.store().open(page.result_sha256) as stream:
        return from_plain(json.load(stream)).numbered(page.number)


#: The file as it is now, as it was before it was sealed, and before it was signed.
_STAGES = ("file_id", "paper__replaces__file_id", "paper__replaces__replaces__file_id")


def _made_from(file_ids: Collection[UUID]) -> Q:
    return Q(*((f"{stage}__in", list(file_ids)) for stage in _STAGES), _connector=Q.OR)


def _rows(paper: ScanPaper) -> list[ScanPage]:
    return list(paper.pages.filter(is_dropped=False).exclude(result_sha256="").order_by("order", "number"))


def _pages(paper: ScanPaper) -> Iterator[PageResult]:
    """One at a time: a thick record never stands in memory whole."""
    for number, row in enumerate(_rows(paper), start=1):
        yield turned_by_hand(page_result(row), row.rotation).numbered(number)


def _engine(paper: ScanPaper) -> str:
    """The engine that read the first page that was not born digital."""
    row = next((row for row in _rows(paper) if not row.is_born_digital), None)
    return page_result(row).engine if row else "pdf"
