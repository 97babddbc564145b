"""Step 4, binding: the pages' results become one archive PDF, one text, one hOCR, written page by page."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.documents.adapters.pdf.writer import ArchiveWriter
from motcua.documents.pipeline.drawing import Sources, drawn_page
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.keeping import keep_pdf
from motcua.documents.pipeline.options import PageRef
from motcua.documents.pipeline.sources import recognised_kind
from motcua.documents.rules.digitization import alto, hocr
from motcua.documents.rules.digitization.intake import FileKind
from motcua.documents.rules.digitization.pages import PageResult


def bind_pdf(target: Path, title: str, refs: Iterable[PageRef], folder: WorkFolder, source: str = "") -> None:
    """The archive file, one page per page of the record, in its order. Pages of a PDF stay the objects they are wherever an
    archive file may hold them; `source` says in the file's description what it was made from.
    """
    pages = list(refs)
    if any(recognised_kind(path) is FileKind.PDF for path in {ref.source for ref in pages}):
        keep_pdf(target, title, pages, folder, source)
        return
    with ArchiveWriter(target, title, source) as writer, Sources() as sources:
        for ref in pages:
            page = folder.result(ref.number)
            drawn = drawn_page(page, ref, folder, sources)
            text = drawn.text("T")
            writer.add_page(drawn.size, drawn.raw, drawn.drawing, text, drawn.unit, drawn.over)


def bind_text(target: Path, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """Plain text, pages separated by form feeds."""
    with target.open("w", encoding="utf-8") as file:
        for position, ref in enumerate(refs):
            file.write(("\f" if position else "") + folder.result(ref.number).text + "\n")


def bind_hocr(target: Path, title: str, engine: str, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """Layout, words and confidences as hOCR."""
    _write(target, hocr.document(title, engine, _results(refs, folder)))


def bind_alto(target: Path, title: str, engine: str, refs: Iterable[PageRef], folder: WorkFolder) -> None:
    """The same as ALTO."""
    _write(target, alto.document(title, engine, _results(refs, folder)))


def _results(refs: Iterable[PageRef], folder: WorkFolder) -> Iterator[PageResult]:
    return (folder.result(ref.number) for ref in refs)


def _write(target: Path, pieces: Iterable[str]) -> None:
    with target.open("w", encoding="utf-8") as file:
        file.writelines(pieces)
