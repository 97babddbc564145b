"""What was read in digitized papers: plain text, and layout with confidences for archives.

Functions without an `actor` serve packages above, which have decided by their own scope (a dossier's) that the caller may
see the file.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from motcua.documents.models import ScanPage, ScanPaper
from motcua.documents.queries.files import FileView, file_view
from motcua.documents.rules.digitization import alto, hocr
from motcua.documents.rules.digitization.pages import PageResult, from_plain
from motcua.documents.rules.digitization.split import Role
from motcua.documents.rules.digitization.turning import turned_by_hand
from motcua.documents.words import ScanState
from motcua.kernel import storage
from motcua.kernel.authority import in_scope


class TextForm(StrEnum):
    """How the text of a paper is written out."""

    PLAIN = "txt"
    ALTO = "alto"
    HOCR = "hocr"


@dataclass(frozen=True, slots=True)
class Digitized:
    """Of some files: those whose text can be had, and those beside which the file as received may be handed out."""

    texts: frozenset[UUID] = frozenset()
    received: frozenset[UUID] = frozenset()


def read_files(file_ids: Collection[UUID | None]) -> Digitized:
    """Those of these files that were digitized here. One statement."""
    wanted = {file_id for file_id in file_ids if file_id is not None}
    if not wanted:
        return Digitized()
    rows = ScanPaper.objects.filter(_made_from(wanted)).annotate(is_shared=_with_pages_of_others()).order_by()
    texts, received = set(), set()
    for *stages, is_original, is_shared in rows.values_list(*_STAGES, "is_original_kept", "is_shared"):
        texts.update(stages)
        if not (is_original or is_shared):
            received.update(stages)
    return Digitized(frozenset(texts & wanted), frozenset(received & wanted))


def received_files(file_id: UUID) -> list[FileView]:
    """The files as scanned or photographed from which a paper was made, in the order of its pages. Raises `OutOfScope`.

    Not those that show more than this dossier's papers (a pile of several people's, pages taken out): see `read_files`.
    """
    papers = ScanPaper.objects.filter(_made_from({file_id}), is_original_kept=False)
    row = in_scope(
        papers.annotate(is_shared=_with_pages_of_others()).filter(is_shared=False).order_by("-id").first()
    )
    pages = row.pages.filter(is_dropped=False).select_related("file__file").order_by("order", "number")
    return [file_view(file) for file in dict.fromkeys(page.file.file for page in pages)]


def _with_pages_of_others() -> Exists:
    """Whether a file this paper was made from has pages that were bound into no paper of its dossier."""
    pages = ScanPage.objects.filter(file__page_rows__paper=OuterRef("pk"))
    pages = pages.exclude(state=ScanState.BLANK).exclude(role__in=[Role.SEPARATOR, Role.SEPARATOR_BACK])
    return Exists(pages.filter(Q(paper=None) | Q(paper__bound_at=None) | Q(is_dropped=True)))


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
