"""The one picture of a page that is a scan: its own bytes, which need no decoding to stand in another file."""

from decimal import Decimal
from typing import Any

import pikepdf

from motcua.documents.adapters.imaging.source import RawPicture
from motcua.documents.adapters.pdf.stamps import stamped_places, stamps_over
from motcua.documents.rules.digitization.geometry import Affine, Box

#: Larger pictures are not drawn anew for the sake of a stamp on them.
DRAWN_PIXELS = 70_000_000
#: A scan fills its page; the rest are letterheads, logos and figures.
_COVERS = 0.93
_LONGEST_SCAN_PROGRAM = 65_536
_STATE = (
    "q",
    "Q",
    "cm",
    "gs",
    "i",
    "w",
    "J",
    "j",
    "g",
    "G",
    "rg",
    "RG",
    "re",
    "W",
    "W*",
    "n",
    "h",
    "BDC",
    "BMC",
    "EMC",
)
_TEXT = ("BT", "ET", "Tr", "Tf", "Td", "TD", "Tm", "T*", "Tj", "TJ", "Tz", "Tc", "Tw", "TL")
_HARMLESS = frozenset((*_STATE, *_TEXT))
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})


def only_picture(page: pikepdf.Page, size: tuple[float, float]) -> tuple[Any, tuple[Box, ...]]:
    """The picture object of a page that is nothing but one upright picture (with or without invisible text on it), and the
    places of stamps over it, which must be drawn; no object where the whole page must be.
    """
    pictures = dict(page.get_images())
    if len(pictures) != 1:
        return None, ()
    picture = next(iter(pictures.values()))
    program = _program(page)
    matrix = _drawn_once(program, size) if program is not None else None
    if matrix is None or not _usable(picture):
        return None, ()
    if not stamps_over(page):
        return picture, ()
    pixels = (int(picture.Width), int(picture.Height))
    if pixels[0] * pixels[1] > DRAWN_PIXELS:
        return None, ()
    places = stamped_places(page, matrix, size, pixels)
    return (None, ()) if places is None else (picture, places)


def _program(page: pikepdf.Page) -> Any:
    contents = page.obj.get("/Contents")
    if contents is None:
        return None
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    if sum(int(stream.get("/Length", 0)) for stream in streams) > _LONGEST_SCAN_PROGRAM:
        return None
    return pikepdf.parse_content_stream(page)


def _drawn_once(program: Any, size: tuple[float, float]) -> Affine | None:
    """The matrix of the only `Do`, if it is upright and fills the page, with no other marks and text only if invisible."""
    matrix, stack, mode = Affine(), [], 0
    drawn: list[Affine] = []
    for instruction in program:
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q" and stack:
            matrix = stack.pop()
        elif operator == "cm":
            matrix = Affine(*(float(v) for v in instruction.operands)).then(matrix)
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        elif operator == "Do":
            drawn.append(matrix)
            if not _fills(matrix, size):
                return None
        elif operator not in _HARMLESS or (operator in _SHOWS_TEXT and mode != 3):
            return None
    return drawn[0] if len(drawn) == 1 else None


def _fills(matrix: Affine, size: tuple[float, float]) -> bool:
    upright = abs(matrix.b) < 0.01 and abs(matrix.c) < 0.01 and matrix.a > 0 and matrix.d > 0
    return upright and _COVERS <= matrix.a / size[0] <= 1.02 and _COVERS <= matrix.d / size[1] <= 1.02


def _usable(picture: Any) -> bool:
    """Plain grey, bilevel or red-green-blue under one JPEG or CCITT filter, no mask, no transparency."""
    if any(key in picture for key in ("/SMask", "/Mask", "/ImageMask")) and not _is_false(
        picture.get("/ImageMask")
    ):
        return False
    names = _filters(picture)
    return names in (["/DCTDecode"], ["/CCITTFaxDecode"]) and channels_of(picture) in (1, 3)


def _is_false(value: Any) -> bool:
    return value is None or value is False


def _filters(picture: Any) -> list[str]:
    found = picture.get("/Filter")
    if found is None:
        return []
    return [str(found)] if isinstance(found, pikepdf.Name) else [str(name) for name in found]


def channels_of(picture: Any) -> int:
    space = picture.get("/ColorSpace", pikepdf.Name.DeviceGray)
    if isinstance(space, pikepdf.Name):
        return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(space), 0)
    head = str(space[0])
    if head == "/ICCBased":
        return int(space[1].get("/N", 0))
    return {"/CalGray": 1, "/CalRGB": 3}.get(head, 0)


def raw_picture(picture: Any) -> RawPicture:
    parameters: dict[str, int | bool] = {}
    given = picture.get("/DecodeParms", {})
    if isinstance(given, pikepdf.Array):
        given = given[0] if len(given) else {}
    for key, value in given.items():
        plain = int(value) if isinstance(value, Decimal) else value
        if isinstance(plain, int | bool):
            parameters[str(key).lstrip("/")] = plain
    decode = picture.get("/Decode")
    return RawPicture(
        data=picture.read_raw_bytes(),
        width=int(picture.Width),
        height=int(picture.Height),
        bits=int(picture.get("/BitsPerComponent", 1)),
        channels=channels_of(picture),
        filter=_filters(picture)[0].lstrip("/"),
        parameters=parameters,
        is_inverted=decode is not None and float(decode[0]) > float(decode[1]),
    )
