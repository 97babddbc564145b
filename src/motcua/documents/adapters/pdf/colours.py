"""Printing colours (CMYK) in an archive file: PDF/A wants to be told what they look like.

A file that does not say leaves it to the reader. What PDFium shows, and so every page of ours, is written down as a profile
(ICC.1:2010, 10.10) and given to the file as the meaning of its bare CMYK: the copy looks as the source was looked at here.
"""

import io
import struct
import zlib
from functools import cache
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

#: Steps of each ink. Measured over 400 mixtures: 2.5 of 255 off on average, 21 at most, in 7 kB (nine steps: 1.4 and 10, in
#: 18 kB).
_STEPS = 7
_CELL = 2
#: From linear sRGB to XYZ as seen under D50, the light of profiles, and that light itself.
_TO_XYZ = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
_WHITE = np.array([0.9642, 1.0, 0.8249])


def cmyk_space(pdf: pikepdf.Pdf) -> Any:
    """The colour space to stand for `DeviceCMYK`; one profile for the whole file."""
    for number in range(len(pdf.pages)):
        spaces = pdf.pages[number].resources.get("/ColorSpace", pikepdf.Dictionary())
        found = spaces.get("/DefaultCMYK")
        if found is not None and found.is_indirect:
            return found
    profile = pdf.make_stream(cmyk_profile(), N=4, Alternate=pikepdf.Name.DeviceCMYK)
    return pdf.make_indirect(pikepdf.Array([pikepdf.Name.ICCBased, profile]))


@cache
def cmyk_profile() -> bytes:
    """An input profile of four inks; the same bytes from the same PDFium."""
    table = _lab(_seen_colours())
    tags = {
        b"desc": _description("CMYK as drawn by PDFium"),
        b"cprt": b"text\0\0\0\0" + b"CC0\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(_fixed(v) for v in _WHITE),
        b"A2B0": _lut(table),
    }
    place = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        directory += name + struct.pack(">II", place + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", place + len(body), b"\0\0\0\0", 0x02400000, b"scnr", b"CMYK", b"Lab ")
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += b"".join(_fixed(v) for v in _WHITE) + b"\0" * 48
    return head + directory + body


def _seen_colours() -> NDArray[np.float64]:
    """Red, green, blue (0–1) of every mixture of inks, the last ink changing fastest."""
    across = _STEPS * _STEPS
    levels = [round(255 * step / (_STEPS - 1)) / 255 for step in range(_STEPS)]
    program = [
        f"{c:.4f} {m:.4f} {y:.4f} {k:.4f} k {(i * _STEPS + j) * _CELL} {(n * _STEPS + o) * _CELL} {_CELL} {_CELL} re f"
        for n, c in enumerate(levels)
        for o, m in enumerate(levels)
        for i, y in enumerate(levels)
        for j, k in enumerate(levels)
    ]
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(across * _CELL, across * _CELL))
        pdf.pages[0].obj.Contents = pdf.make_stream(
            zlib.compress("\n".join(program).encode()), Filter=pikepdf.Name.FlateDecode
        )
        out = io.BytesIO()
        pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as drawn:
        picture = np.asarray(drawn[0].render(scale=1, rev_byteorder=True).to_numpy())[::-1, :, :3]
    middles = picture[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL].reshape(-1, 3)
    return np.asarray(middles, dtype=np.float64) / 255


def _lab(colours: NDArray[np.float64]) -> NDArray[np.uint8]:
    """CIE L*a*b* in eight bits."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    part = linear @ _TO_XYZ.T / _WHITE
    f = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    lab = np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)
    scaled = np.stack([lab[:, 0] * 2.55, lab[:, 1] + 128, lab[:, 2] + 128], axis=1)
    return np.asarray(np.clip(np.rint(scaled), 0, 255), dtype=np.uint8)


def _lut(table: NDArray[np.uint8]) -> bytes:
    straight = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes([4, 3, _STEPS, 0])
    matrix = b"".join(_fixed(float(v)) for v in np.eye(3).ravel())
    return head + matrix + straight * 4 + table.tobytes() + straight * 3


def _description(text: str) -> bytes:
    said = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(said)) + said + b"\0" * 8 + b"\0" * 3 + b"\0" * 67


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))
