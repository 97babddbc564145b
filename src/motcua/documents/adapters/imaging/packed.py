"""Packed pixels of picture files that a PDF can hold as they are: group 4 strips of TIFF, the data of PNG."""

import struct
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from motcua.documents.adapters.imaging.source import RawPicture

_GREY, _RGB, _PALETTE = 0, 2, 3
#: A picture file of more pieces than this is made to hurt.
_MOST_CHUNKS = 200_000


def raw_of_tiff(image: Image.Image, path: Path) -> RawPicture | None:
    """The bytes of a group 4 page in one strip, as fax servers and scanners write them."""
    tags = image.tag_v2  # type: ignore[attr-defined]  # only TIFF images have tags
    offsets, lengths = tags.get(273, ()), tags.get(279, ())
    if tags.get(259) != 4 or len(offsets) != 1 or tags.get(266, 1) != 1:
        return None
    with path.open("rb") as file:
        file.seek(offsets[0])
        data = file.read(lengths[0])
    width, height = image.size
    parameters: dict[str, int | bool] = {"K": -1, "Columns": width, "Rows": height}
    if tags.get(262) == 1:
        parameters["BlackIs1"] = True
    return RawPicture(data, width, height, 1, 1, "CCITTFaxDecode", parameters)


def raw_of_png(path: Path) -> RawPicture | None:
    """A PNG without interlacing and transparency, of at most eight bits: its data are what PDF calls Flate with predictors."""
    head, palette, data = b"", b"", []
    for kind, content in _chunks(path):
        if kind == b"IHDR":
            head = content
        elif kind == b"PLTE":
            palette = content
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            data.append(content)
    if len(head) != 13 or not data:
        return None
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if (
        interlaced
        or colour not in (_GREY, _RGB, _PALETTE)
        or bits > 8
        or (colour == _PALETTE and not palette)
    ):
        return None
    channels = 3 if colour == _RGB else 1
    parameters: dict[str, int | bool] = {
        "Predictor": 15,
        "Colors": channels,
        "BitsPerComponent": bits,
        "Columns": width,
    }
    return RawPicture(
        b"".join(data),
        width,
        height,
        bits,
        channels,
        "FlateDecode",
        parameters,
        palette=palette if colour == _PALETTE else b"",
    )


def _chunks(path: Path) -> Iterator[tuple[bytes, bytes]]:
    with path.open("rb") as file:
        file.seek(8)
        for _ in range(_MOST_CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                return
            length, kind = struct.unpack(">I4s", head)
            yield kind, file.read(length)
            file.seek(4, 1)
            if kind == b"IEND":
                return
