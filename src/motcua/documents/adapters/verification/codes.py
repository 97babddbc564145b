"""Reading a printed code from a picture somebody took of it. Runs in a decoding process (`decoding.tasks.READ_CODES`)."""

from typing import IO

import zxingcpp
from PIL import ImageOps

from motcua.documents.adapters.imaging.opening import open_picture

_LARGEST_SIDE = 3000
#: More than a phone's camera makes. Pillow's own limit is lifted, and anybody may send a picture.
_LARGEST_PIXELS = 120_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def qr_texts(picture: IO[bytes]) -> tuple[str, ...]:
    """Texts of the QR codes; a phone's picture is turned upright and reduced first."""
    try:
        with open_picture(picture) as opened:
            if opened.width * opened.height > _LARGEST_PIXELS:
                return ()
            opened.draft("L", (_LARGEST_SIDE, _LARGEST_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("L")
    except MemoryError:
        raise
    except Exception:  # decoders raise whatever they like; this process does nothing else
        return ()
    upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    found = zxingcpp.read_barcodes(upright, formats=_QR)
    return tuple(code.text for code in found if code.valid)
