"""Step 5, splitting and extracting: which pages are one paper, of which kind, and what is written in it."""

from collections.abc import Sequence
from typing import Any

from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.papers.extract import Field
from motcua.documents.rules.digitization.papers.reading import ReadPaper, read_paper
from motcua.documents.rules.digitization.split import Paper, Split, missing_numbers, split

#: A paper of a known kind has its values on its first pages; a decree of 200 pages is not searched for labels to its end.
_READ_PAGES = 6


def papers_of(
    folder: WorkFolder, numbers: Sequence[int], key: bytes | None = None
) -> tuple[Split, list[dict[str, object]]]:
    """The split of the record and its papers as plain values. Pages are read from the work folder one at a time."""
    parted = split((folder.result(number) for number in numbers), key)
    return parted, [_read(paper, folder) for paper in parted.papers]


def _read(paper: Paper, folder: WorkFolder) -> dict[str, Any]:
    first: list[PageResult] = [folder.result(number) for number in paper.pages[:_READ_PAGES]]
    missing = missing_numbers(folder.result(number) for number in paper.pages)
    return {**_plain(paper, read_paper(first)), "missing_page_numbers": list(missing)}


def _plain(paper: Paper, read: ReadPaper) -> dict[str, Any]:
    return {
        "pages": paper.pages,
        "begins_by": paper.ground.value,
        "begins_confidence": paper.confidence,
        "dossier_code": paper.dossier_code,
        "component": paper.component,
        "kind": read.kind.value if read.kind else None,
        "kind_confidence": read.kind_confidence,
        "fields": [_plain_field(field) for field in read.fields],
    }


def _plain_field(field: Field) -> dict[str, object]:
    box = field.box
    return {
        "key": field.key,
        "value": field.text,
        "confidence": field.confidence,
        "is_doubtful": field.is_doubtful,
        "page": field.page,
        "box": [round(v) for v in (box.left, box.top, box.right, box.bottom)] if box else None,
    }
