"""Type, pages and soundness of a file, read from its bytes."""

import zipfile
from collections.abc import Callable
from typing import IO, BinaryIO, cast

import pikepdf
import puremagic
from PIL import Image, UnidentifiedImageError
from pillow_heif import register_heif_opener

from motcua.documents.errors import FileDamaged, FileEncrypted
from motcua.documents.rules.files import Sniffed

register_heif_opener()
#: Sizes are checked below before anything is decoded; Pillow's own limit would refuse an A0 drawing.
Image.MAX_IMAGE_PIXELS = None

_HEAD = 4096
#: More than an A0 sheet at 600 dpi: beyond this a picture is an attack on memory, not a scan.
_LARGEST_PICTURE = 620_000_000
#: Larger pictures are not decoded to see whether they are whole: the worker that reads them does that, within its limits.
_LARGEST_DECODED = 40_000_000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITER = "application/vnd.oasis.opendocument.text"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def sniff(stream: IO[bytes], filename: str) -> Sniffed | None:
    """What the bytes are, or None if they are nothing known. `FileEncrypted`, `FileDamaged` if it cannot be opened."""
    media_type = _media_type(stream)
    check = _CHECKS.get(media_type or "")
    if media_type is None or check is None:
        return Sniffed(media_type, None) if media_type else None
    stream.seek(0)
    return Sniffed(media_type, check(stream, filename))


def _media_type(stream: IO[bytes]) -> str | None:
    stream.seek(0)
    head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if head.startswith(b"PK\x03\x04"):
        return _office(stream)
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return str(found) or None


def _office(stream: IO[bytes]) -> str:
    """Word, Excel and OpenDocument files are archives; only what is in them tells which."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            declared = archive.open("mimetype").read(_HEAD).strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return "application/zip"
    if declared == _WRITER.encode():
        return _WRITER
    if "word/document.xml" in names:
        return _WORD
    return _EXCEL if "xl/workbook.xml" in names else "application/zip"


def _pdf_pages(stream: IO[bytes], filename: str) -> int:
    try:
        with pikepdf.open(cast(BinaryIO, stream)) as document:
            if document.is_encrypted:
                raise FileEncrypted(filename=filename)
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise FileEncrypted(filename=filename) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
        raise FileDamaged(filename=filename) from None
    if pages == 0:
        raise FileDamaged(filename=filename)
    return pages


def _picture_pages(stream: IO[bytes], filename: str) -> int:
    try:
        with Image.open(stream) as picture:
            pages = int(getattr(picture, "n_frames", 1))
            if picture.width * picture.height > _LARGEST_PICTURE:
                raise FileDamaged(filename=filename)
            if picture.width * picture.height <= _LARGEST_DECODED:
                picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise FileDamaged(filename=filename) from None
    return pages


def _no_pages(stream: IO[bytes], filename: str) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            if archive.testzip() is not None:
                raise FileDamaged(filename=filename)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise FileDamaged(filename=filename) from None


_CHECKS: dict[str, Callable[[IO[bytes], str], int | None]] = {
    "application/pdf": _pdf_pages,
    "image/jpeg": _picture_pages,
    "image/png": _picture_pages,
    "image/tiff": _picture_pages,
    "image/heic": _picture_pages,
    "image/webp": _picture_pages,
    _WORD: _no_pages,
    _WRITER: _no_pages,
    _EXCEL: _no_pages,
}
