"""Pictures that had to be made: JPEG for grey and colour, CCITT group 4 for bilevel, both ready to stand in a PDF."""

import io
import struct

import cv2
import numpy as np
from PIL import Image

from motcua.documents.adapters.imaging.source import Colour, RawPicture

JPEG_QUALITY = 82
_CHROMA = 14


def jpeg(picture: Colour, quality: int = JPEG_QUALITY, *, is_page: bool = True) -> bytes:
    """Colour is kept only where there is some: a seal, a stamp, blue ink. A piece that is no page may be nothing but colour."""
    image = Image.fromarray(picture)
    if picture.ndim == 3 and is_page and not has_colour(picture):
        image = image.convert("L")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


#: Tried in turn until the picture is no heavier than it may be; the last is taken whatever it weighs.
_QUALITIES = (JPEG_QUALITY, 74, 66, 58)


def jpeg_within(picture: Colour, most: int) -> bytes:
    """As `jpeg`, of at most so many bytes if a quality that still reads well gives it; 0: no bound."""
    made = jpeg(picture)
    for quality in _QUALITIES[1:]:
        if not most or len(made) <= most:
            break
        made = jpeg(picture, quality)
    return made


def has_colour(picture: Colour) -> bool:
    """Whether at least one part in five thousand is clearly neither grey nor the tint of the paper."""
    small = picture[::4, ::4].astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    tint = float(np.median(spread))
    return bool((spread > tint + _CHROMA * 2).mean() > 0.0002)


def group4(black: Colour) -> bytes:
    """CCITT group 4 of an array that is 0 where black, as one strip (how a PDF wants it)."""
    out = io.BytesIO()
    height = black.shape[0]
    Image.fromarray(black).convert("1", dither=Image.Dither.NONE).save(
        out, "TIFF", compression="group4", tiffinfo={278: height}
    )
    return single_strip(out.getvalue())


def single_strip(tiff: bytes) -> bytes:
    """The bytes of the only strip of a little TIFF made by libtiff."""
    with Image.open(io.BytesIO(tiff)) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]  # only TIFF images have tags
        offsets, lengths = tags[273], tags[279]
    if len(offsets) != 1:
        raise ValueError("more than one strip")
    return tiff[offsets[0] : offsets[0] + lengths[0]]


def raw_of_file(data: bytes, name: str, width: int, height: int) -> RawPicture:
    """What a made picture file holds: `….jpg`, or `….g4` with bare CCITT bytes."""
    if name.endswith(".g4"):
        # libtiff packs what Pillow gives it with ones for white, and PDF's default is the other way round.
        parameters: dict[str, int | bool] = {"K": -1, "Columns": width, "Rows": height, "BlackIs1": True}
        return RawPicture(data, width, height, 1, 1, "CCITTFaxDecode", parameters)
    return raw_of_jpeg(data)


def raw_of_jpeg(data: bytes) -> RawPicture:
    width, height, channels, precision = jpeg_header(data)
    return RawPicture(data, width, height, precision, channels, "DCTDecode")


def jpeg_header(data: bytes) -> tuple[int, int, int, int]:
    """Width, height, channels, bits of a JPEG, from its frame header."""
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker in (0xC0, 0xC1, 0xC2):
            precision, height, width, channels = struct.unpack(">BHHB", data[at + 4 : at + 10])
            return width, height, channels, precision
        if marker == 0xFF or 0xD0 <= marker <= 0xD9 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    raise ValueError("not a JPEG")


def preview(picture: Colour, longest: int = 320) -> bytes:
    """A small JPEG for lists."""
    factor = longest / max(picture.shape[:2])
    small = (
        cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        if factor < 1
        else picture
    )
    return jpeg(np.asarray(small, dtype=np.uint8), 70)
