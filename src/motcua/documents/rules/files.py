"""What may be kept: kinds of file, names, sizes."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from motcua.documents.errors import FileActive, FileMislabelled, FileNotAllowed, FileTooLarge, FileZeroBytes

#: Media type → endings under which it may arrive; the first is the one it is kept under.
EXTENSIONS = MappingProxyType(
    {
        "application/pdf": ("pdf",),
        "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
        "image/png": ("png",),
        "image/tiff": ("tif", "tiff"),
        "image/heic": ("heic", "heif"),
        "image/webp": ("webp",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
        "application/vnd.oasis.opendocument.text": ("odt",),
    }
)
_LONGEST_NAME = 150
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


class ActiveContent(StrEnum):
    """What in a document acts by itself or hides something else: nothing a paper needs."""

    PROGRAM = "program"
    LAUNCH = "launch"
    ATTACHMENT = "attachment"
    XFA = "xfa"


#: Vietnamese words, within the sentence of the refusal.
ACTIVE_WORDS = MappingProxyType(
    {
        ActiveContent.PROGRAM: "chương trình (JavaScript, phim)",
        ActiveContent.LAUNCH: "lệnh gọi chương trình khác",
        ActiveContent.ATTACHMENT: "tệp đính kèm bên trong",
        ActiveContent.XFA: "biểu mẫu động XFA",
    }
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What the bytes themselves say. `pages` is None where the notion does not apply."""

    media_type: str
    pages: int | None
    active: tuple[ActiveContent, ...] = ()


def clean_filename(name: str) -> str:
    """A name safe to show and to download under: no path, no control or direction characters, NFC, bounded."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:_LONGEST_NAME] or "tep"
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].rstrip() or 'tep'}.{ending.lower()}"


def check_size(size: int, largest: int) -> None:
    """Refuse nothing-at-all and too much; sizes in bytes."""
    if size <= 0:
        raise FileZeroBytes
    if size > largest:
        raise FileTooLarge(size=readable_size(size), largest=readable_size(largest))


def check_label(filename: str, media_type: str | None) -> str:
    """The name to keep the file under: that of the bytes, whatever ending a phone or program gave it.

    Refuses types that are not accepted (`FileNotAllowed`; `FileMislabelled` where the name claims one that is).
    """
    stem, dot, ending = filename.rpartition(".")
    if media_type is None or media_type not in EXTENSIONS:
        claimed = any(ending in endings for endings in EXTENSIONS.values())
        if claimed:
            raise FileMislabelled(filename=filename, actual="không nhận ra", claimed=ending)
        raise FileNotAllowed(filename=filename)
    endings = EXTENSIONS[media_type]
    if not dot:
        return f"{filename}.{endings[0]}"
    if ending in endings:
        return filename
    is_ending = any(ending in known for known in EXTENSIONS.values())
    return f"{stem if is_ending else filename}.{endings[0]}"


def check_passive(filename: str, active: tuple[ActiveContent, ...]) -> None:
    """Refuse a document that acts by itself or carries other files: neither does a paper need, and both carry attacks."""
    if active:
        raise FileActive(filename=filename, what=", ".join(ACTIVE_WORDS[kind] for kind in active))


#: Whoever claims a file of a number of 400 digits is told of a size all the same.
_LARGEST_SAID = 1 << 90


def readable_size(size: int) -> str:
    """`2.5 MB` the Vietnamese way: `2,5 MB`."""
    value, unit = float(min(size, _LARGEST_SAID)), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1024 or unit == "GB":
            break
        value /= 1024
    shown = f"{value:.1f}".rstrip("0").rstrip(".")
    return f"{shown.replace('.', ',')} {unit}"
