"""Reading a printed code from a picture somebody took of it."""

from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

_LARGEST_SIDE = 3000
#: More than a phone's camera makes. Pillow's own limit is lifted where drawings are read, and anybody may send a picture here.
_LARGEST_PIXELS = 120_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def qr_texts(picture: bytes) -> tuple[str, ...]:
    """Texts of the QR codes; a phone's picture is turned upright and reduced first."""
    try:
        with Image.open(BytesIO(picture)) as opened:
            if opened.width * opened.height > _LARGEST_PIXELS:
                return ()
            opened.draft("L", (_LARGEST_SIDE, _LARGEST_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return ()
    upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    found = zxingcpp.read_barcodes(upright, formats=_QR)
    return tuple(code.text for code in found if code.valid)
