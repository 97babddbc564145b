"""Step 1, taking in: what a file really is, and opening it. Office documents are turned into PDF first."""

from pathlib import Path

from motcua.documents.adapters.imaging.files import PictureSource
from motcua.documents.adapters.imaging.source import Source
from motcua.documents.adapters.pdf.reader import PdfSource
from motcua.documents.rules.digitization.intake import FileKind, kind_of
from motcua.documents.rules.digitization.refusals import InputEmpty, InputNotRecognised

_HEAD = 8192


def recognised_kind(path: Path) -> FileKind:
    """By its bytes, never by its name. Refuses empty files and files that are something else than they claim."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise InputEmpty(name=path.name)
    kind = kind_of(head, path.suffix.lower())
    if kind is None:
        raise InputNotRecognised(name=path.name, claimed=path.suffix.lstrip(".").upper() or "tài liệu")
    return kind


def readable_form(path: Path, folder: Path) -> Path:
    """The file the pages are read from: the input itself, or the PDF made from an office document (kept in `folder`)."""
    if recognised_kind(path) is FileKind.OFFICE:
        # the converter loads when somebody sends an office document
        from motcua.documents.adapters.office.libreoffice import to_pdf

        return to_pdf(path, folder)
    return path


def open_source(path: Path) -> Source:
    return PdfSource(path) if recognised_kind(path) is FileKind.PDF else PictureSource(path)
