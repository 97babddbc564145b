"""Several pictures of one paper, bound to a PDF of as many pages. Runs in decoding processes (`decoding.tasks`)."""

import io
from base64 import b64encode
from typing import IO

import img2pdf
from PIL import Image, ImageOps

from motcua.documents.adapters.imaging.opening import open_picture
from motcua.documents.errors import PicturesNotBound

#: More than a phone's camera makes. Pillow's own limit is lifted, and anybody may send a picture.
_LARGEST_PIXELS = 120_000_000
#: An A4 sheet at 300 dots per inch: print is read at it, and the originals are kept.
_SIDE = 3508
_QUALITY = 88
_A4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))


def bound_pictures(*pictures: IO[bytes]) -> str:
    """A PDF in base 64 with a page of A4 for each picture, in order, upright. Refuses: `PicturesNotBound`."""
    try:
        pages = [_page(picture) for picture in pictures]
        layout = img2pdf.get_layout_fun(pagesize=_A4, fit=img2pdf.FitMode.into, auto_orient=True)
        content = img2pdf.convert(pages, layout_fun=layout)
    except (MemoryError, PicturesNotBound):
        raise
    except Exception as error:  # decoders raise whatever they like; this process does nothing else
        raise PicturesNotBound from error
    return b64encode(content).decode()


def _page(picture: IO[bytes]) -> bytes:
    """Made anew: what the file said of place, time and telephone stays in the original."""
    with open_picture(picture) as opened:
        if opened.width * opened.height > _LARGEST_PIXELS or getattr(opened, "n_frames", 1) > 1:
            raise PicturesNotBound
        exif = opened.getexif()
        opened.draft("RGB", (_SIDE, _SIDE))
        sheet = opened.convert("RGB")
    sheet.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    sheet.getexif().update(exif)
    out = io.BytesIO()
    ImageOps.exif_transpose(sheet).save(out, "JPEG", quality=_QUALITY, exif=b"")
    return out.getvalue()
