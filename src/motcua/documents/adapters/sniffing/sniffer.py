"""Type, pages and soundness of a file, read from its bytes. Runs in a decoding process (`decoding.tasks.SNIFF`)."""

from typing import IO, BinaryIO, cast

import pikepdf

from motcua.documents.adapters.imaging.opening import kind_of_picture, open_picture
from motcua.documents.adapters.imaging.tiff import offsets_in
from motcua.documents.adapters.sniffing import office
from motcua.documents.adapters.sniffing.active import active_content
from motcua.documents.errors import FileDamaged, FileEncrypted
from motcua.documents.rules.digitization.refusals import TooManyPages
from motcua.documents.rules.files import ActiveContent, Sniffed

_HEAD = 4096
#: More than an A0 sheet at 600 dpi: beyond this a picture is an attack on memory, not a scan.
_LARGEST_PICTURE = 620_000_000
#: Larger pictures are not decoded to see whether they are whole: the worker that reads them does that, within its limits.
_LARGEST_DECODED = 40_000_000


def sniff(stream: IO[bytes], filename: str) -> Sniffed:
    """What the bytes are; without media type if they are nothing known. Refuses: `FileEncrypted`, `FileDamaged`."""
    media_type = _media_type(stream)
    if media_type is None:
        return Sniffed("", None)
    stream.seek(0)
    if media_type == "application/pdf":
        return Sniffed(media_type, *_pdf(stream, filename))
    if media_type.startswith("image/"):
        return Sniffed(media_type, _picture_pages(stream, filename, media_type))
    if media_type in office.KINDS:
        office.check(stream, filename)
    return Sniffed(media_type, None)


def _media_type(stream: IO[bytes]) -> str | None:
    stream.seek(0)
    head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return office.kind_of(stream)
    return kind_of_picture(head)


def _pdf(stream: IO[bytes], filename: str) -> tuple[int, tuple[ActiveContent, ...]]:
    try:
        with pikepdf.open(cast(BinaryIO, stream)) as document:
            if document.is_encrypted:
                raise FileEncrypted(filename=filename)
            pages = len(document.pages)
            active = tuple(active_content(document))
    except pikepdf.PasswordError:
        raise FileEncrypted(filename=filename) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError, TypeError, AttributeError):
        raise FileDamaged(filename=filename) from None
    if pages == 0:
        raise FileDamaged(filename=filename)
    return pages, active


def _picture_pages(stream: IO[bytes], filename: str, media_type: str) -> int:
    try:
        pages = len(offsets_in(stream, filename)) if media_type == "image/tiff" else 1
        with open_picture(stream) as picture:
            if picture.width * picture.height > _LARGEST_PICTURE:
                raise FileDamaged(filename=filename)
            if picture.width * picture.height <= _LARGEST_DECODED:
                picture.load()
    except TooManyPages:
        raise
    except Exception:  # decoders raise whatever they like; this process does nothing else
        raise FileDamaged(filename=filename) from None
    return pages
