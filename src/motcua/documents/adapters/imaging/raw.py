"""Decoding compressed pictures no further than needed: JPEG at a half or a quarter, wide bilevel sheets strip by strip."""

import io
import struct

import cv2
import numpy as np
from PIL import Image

from motcua.documents.adapters.imaging.source import Colour, Grey, RawPicture

#: Sizes are checked against `PageLimits` before a decoder is called; Pillow's own limit would refuse an A0 drawing.
Image.MAX_IMAGE_PIXELS = None
_STRIP = 2048
_LARGE = 60_000_000


def grey_of(raw: RawPicture, least_scale: float) -> tuple[Grey, float]:
    """The picture in grey at about `least_scale`, never smaller unless the scale given back says so."""
    if raw.filter == "DCTDecode":
        return _from_jpeg(raw, least_scale)
    return shrink_image(opened(raw), least_scale, inverted=raw.is_inverted)


def colour_of(raw: RawPicture) -> Colour:
    image = opened(raw)
    array = np.asarray(image.convert("L" if raw.channels == 1 else "RGB"))
    return np.asarray(255 - array, dtype=np.uint8) if raw.is_inverted else array


def opened(raw: RawPicture) -> Image.Image:
    if raw.filter == "DCTDecode":
        return Image.open(io.BytesIO(raw.data))
    if raw.filter == "CCITTFaxDecode":
        return Image.open(io.BytesIO(tiff_around(raw)))
    raise ValueError(f"no decoder for {raw.filter}")


def _from_jpeg(raw: RawPicture, least_scale: float) -> tuple[Grey, float]:
    image = opened(raw)
    image.draft("L", (max(1, int(raw.width * least_scale)), max(1, int(raw.height * least_scale))))
    return shrink_image(
        image, least_scale * raw.width / image.width, inverted=raw.is_inverted, full_width=raw.width
    )


def shrink_image(
    image: Image.Image, least_scale: float, *, inverted: bool = False, full_width: int | None = None
) -> tuple[Grey, float]:
    """Grey array at exactly `least_scale` of `image` (never enlarged); the second value is relative to `full_width`."""
    width, height = image.size
    scale = min(1.0, least_scale)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if width * height > _LARGE and scale < 1.0:
        grey = _by_strips(image, size)
    else:
        grey = np.asarray(image.convert("L"))
        if size != (width, height):
            grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if inverted:
        grey = np.asarray(255 - grey, dtype=np.uint8)
    return grey, grey.shape[1] / (full_width or width)


def _by_strips(image: Image.Image, size: tuple[int, int]) -> Grey:
    """Shrink a very large picture so that only one strip of it is ever held at eight bits a pixel."""
    width, height = image.size
    out = np.empty((size[1], size[0]), dtype=np.uint8)
    rows_per_strip = max(1, round(_STRIP * size[1] / height))
    for first in range(0, size[1], rows_per_strip):
        last = min(size[1], first + rows_per_strip)
        top, bottom = first * height // size[1], max(first * height // size[1] + 1, last * height // size[1])
        strip = np.asarray(image.crop((0, top, width, bottom)).convert("L"))
        out[first:last] = cv2.resize(strip, (size[0], last - first), interpolation=cv2.INTER_AREA)
    return out


def tiff_around(raw: RawPicture) -> bytes:
    """A TIFF header in front of CCITT bytes, so that libtiff decodes them."""
    group3 = raw.parameters.get("K", 0)
    compression = 4 if group3 < 0 else 3
    black_is_1 = bool(raw.parameters.get("BlackIs1", False))
    tags = [
        (256, 4, raw.width),
        (257, 4, raw.height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, 1 if black_is_1 else 0),
        (273, 4, 0),
        (277, 3, 1),
        (278, 4, raw.height),
        (279, 4, len(raw.data)),
    ]
    if compression == 3:
        tags.append((292, 4, 1 if group3 > 0 else 0))
    offset = 8 + 2 + 12 * len(tags) + 4
    body = b"".join(
        struct.pack("<HHII", tag, kind, 1, offset if tag == 273 else value) for tag, kind, value in tags
    )
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + body + b"\0\0\0\0" + raw.data
