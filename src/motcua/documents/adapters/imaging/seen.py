"""Pictures no browser shows, as one that every browser shows. Runs in decoding processes (`decoding.tasks`)."""

import io
from base64 import b64encode
from typing import IO

from PIL import Image, ImageOps, ImageSequence

from motcua.documents.adapters.imaging.opening import open_picture
from motcua.documents.errors import PictureNotShown

#: More than a phone's camera makes or a scanner of A3 sheets. Pillow's own limit is lifted, and anybody may send a picture.
_LARGEST_PIXELS = 120_000_000
#: Enough to read an A4 sheet by; the original is handed out beside it.
_SIDE = 2400
#: Sheets of one file, shown under each other; a JPEG is 65,535 high at most.
_MOST_SHEETS, _HIGHEST = 20, 60_000
_QUALITY = 82


def shown_picture(picture: IO[bytes]) -> str:
    """The picture upright as JPEG in base 64, every sheet of a file of several under the one before.

    Refuses: `PictureNotShown` where it is too large, has too many sheets or cannot be read: never a part of it.
    """
    try:
        with open_picture(picture) as opened:
            sheets = [_upright(sheet) for sheet in _sheets(opened)]
    except (MemoryError, PictureNotShown):
        raise
    except Exception as error:  # decoders raise whatever they like; this process does nothing else
        raise PictureNotShown from error
    return b64encode(_as_jpeg(sheets)).decode()


def _sheets(opened: Image.Image) -> ImageSequence.Iterator | list[Image.Image]:
    """Of a HEIC that holds several pictures the first is the photograph; a TIFF holds sheets."""
    if opened.format != "TIFF":
        return [opened]
    if getattr(opened, "n_frames", 1) > _MOST_SHEETS:
        raise PictureNotShown
    return ImageSequence.Iterator(opened)


def _upright(sheet: Image.Image) -> Image.Image:
    if sheet.width * sheet.height > _LARGEST_PIXELS:
        raise PictureNotShown
    smaller = sheet.convert("RGB")
    smaller.thumbnail((_SIDE, _SIDE))
    # Turned by what the file says of itself, after it is small.
    smaller.getexif().update(sheet.getexif())
    return ImageOps.exif_transpose(smaller)


def _as_jpeg(sheets: list[Image.Image]) -> bytes:
    height = sum(sheet.height for sheet in sheets)
    if not sheets or height > _HIGHEST:
        raise PictureNotShown
    whole = sheets[0]
    if len(sheets) > 1:
        whole, top = Image.new("RGB", (max(sheet.width for sheet in sheets), height), "white"), 0
        for sheet in sheets:
            whole.paste(sheet, (0, top))
            top += sheet.height
    out = io.BytesIO()
    # Made anew: what the file said of place, time and telephone stays in the original.
    whole.save(out, "JPEG", quality=_QUALITY, exif=b"")
    return out.getvalue()
