"""What a file is, by its first bytes."""

from enum import Enum


class FileKind(Enum):
    PDF = "pdf"
    PICTURE = "picture"
    OFFICE = "office"


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_OFFICE_ENDINGS = frozenset({".docx", ".odt", ".doc", ".rtf", ".xlsx", ".ods"})


def kind_of(head: bytes, ending: str) -> FileKind | None:
    """The kind, None if it is nothing we can read. `ending` only tells office formats apart from other ZIP files."""
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return FileKind.PICTURE
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return FileKind.PICTURE
    packed = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"))
    return FileKind.OFFICE if packed and ending in _OFFICE_ENDINGS else None
