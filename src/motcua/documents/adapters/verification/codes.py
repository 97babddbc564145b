"""Reading a printed code from a picture somebody took of it, or from a file. Runs in decoding processes (`decoding.tasks`)."""

from typing import IO

import pypdfium2
import zxingcpp
from PIL import ImageOps

from motcua.documents.adapters.imaging.opening import open_picture

_LARGEST_SIDE = 3000
#: More than a phone's camera makes. Pillow's own limit is lifted, and anybody may send a picture.
_LARGEST_PIXELS = 120_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


#: A code of ours stands on the first page or on the last, where people sign.
_PAGES_LOOKED_AT = (0, -1)
_DPI = 150


def qr_texts_of_pdf(stream: IO[bytes]) -> tuple[str, ...]:
    """Texts of the QR codes on the first and the last page, as they are drawn."""
    try:
        document = pypdfium2.PdfDocument(stream.read())
        numbers = dict.fromkeys(at % len(document) for at in _PAGES_LOOKED_AT) if len(document) else ()
        return tuple(text for number in numbers for text in _on_page(document[number]))
    except MemoryError:
        raise
    except Exception:  # decoders raise whatever they like; this process does nothing else
        return ()


def _on_page(page: pypdfium2.PdfPage) -> tuple[str, ...]:
    scale = min(_DPI / 72, _LARGEST_SIDE / max(*page.get_size(), 1))
    drawn = page.render(scale=scale, grayscale=True).to_pil()
    return tuple(code.text for code in zxingcpp.read_barcodes(drawn, formats=_QR) if code.valid)


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
