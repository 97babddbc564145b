"""Opening a picture with the one decoder its first bytes call for. Left alone, Pillow tries all it has, PostScript too."""

from pathlib import Path
from typing import IO

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
#: Sizes are checked before anything is decoded; Pillow's own limit would refuse an A0 drawing.
Image.MAX_IMAGE_PIXELS = None

_HEAD = 16
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_DECODERS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/heic": ("HEIF",),
    "image/webp": ("WEBP",),
}


class NoPicture(ValueError):
    """The bytes begin like no picture that is accepted."""


def kind_of_picture(head: bytes) -> str | None:
    """The media type by the first sixteen bytes, None if it is no picture that is accepted."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def open_picture(source: IO[bytes] | Path) -> Image.Image:
    """The opened picture, nothing decoded yet. Raises `NoPicture`, or what the decoder raises."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            head = file.read(_HEAD)
    else:
        source.seek(0)
        head = source.read(_HEAD)
        source.seek(0)
    kind = kind_of_picture(head)
    if kind is None:
        raise NoPicture
    return Image.open(source, formats=_DECODERS[kind])
