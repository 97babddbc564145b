"""Word, Excel and OpenDocument files are archives; only what is in them tells which. Nothing is unpacked that claims too much."""

import zipfile
from typing import IO

from motcua.documents.errors import FileDamaged

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITER = "application/vnd.oasis.opendocument.text"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = frozenset({WORD, WRITER, EXCEL})
_OTHER = "application/zip"
_HEAD = 4096
#: Bytes of all parts unpacked, and how many parts: a report of 500 pages with pictures has 100 MB in 2,000 parts.
_LARGEST_UNPACKED, _MOST_PARTS = 256 << 20, 20_000
_DAMAGE = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, KeyError)


def kind_of(stream: IO[bytes]) -> str:
    """The media type; that of a plain archive where it is none of them."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            declared = _declared(archive) if "mimetype" in names else b""
    except _DAMAGE:
        return _OTHER
    if declared == WRITER.encode():
        return WRITER
    if "word/document.xml" in names:
        return WORD
    return EXCEL if "xl/workbook.xml" in names else _OTHER


def check(stream: IO[bytes], filename: str) -> None:
    """Refuses (`FileDamaged`) an archive that does not unpack as it says, or to more than an honest one does."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise FileDamaged(filename=filename)
            # A part never gives more than it declares: reading stops there, and the check sum tells the lie.
            if any(part.flag_bits & 1 for part in parts) or archive.testzip() is not None:
                raise FileDamaged(filename=filename)
    except _DAMAGE:
        raise FileDamaged(filename=filename) from None


def _declared(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as part:
        return part.read(_HEAD).strip()
