"""Picture files as sources: JPEG (bytes kept), TIFF of many pages (group 4 strips kept), PNG, WebP, HEIC."""

from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from motcua.documents.adapters.imaging import raw as decoding
from motcua.documents.adapters.imaging.encode import group4, raw_of_file, raw_of_jpeg
from motcua.documents.adapters.imaging.opening import open_picture
from motcua.documents.adapters.imaging.packed import raw_of_png, raw_of_tiff
from motcua.documents.adapters.imaging.source import Colour, Grey, PageFacts, Patch, RawPicture
from motcua.documents.adapters.imaging.straighten import at_proportions
from motcua.documents.adapters.imaging.tiff import directory_offsets
from motcua.documents.rules.digitization.own_text import OwnText
from motcua.documents.rules.digitization.refusals import InputDamaged

_TURNS = {3: 180, 6: 90, 8: 270}
_MIRRORED = {2, 4, 5, 7}
_CAMERA_TAGS = (0x010F, 0x0110)
_A4_LONG_INCHES = 11.69
_ORIENTATION = 0x0112
#: Pixels are taken for square if they are so to this part.
_SQUARE = 0.02


class PictureSource:
    """An opened picture file; every frame of a TIFF is a page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._image = open_picture(path)
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
        ) as error:
            raise InputDamaged(name=path.name) from error
        self._count = len(directory_offsets(path)) if self._image.format == "TIFF" else 1

    @property
    def page_count(self) -> int:
        return self._count

    def page(self, index: int) -> "PicturePage":
        if self._image.format == "TIFF":
            self._image.seek(index)
        return PicturePage(self._image, self._path, self._path.stat().st_size // self._count)

    def close(self) -> None:
        self._image.close()


class PicturePage:
    def __init__(self, image: Image.Image, path: Path, weight: int) -> None:
        self._image = image
        self._path = path
        self._weight = weight
        exif = image.getexif()
        orientation = int(exif.get(_ORIENTATION, 1) or 1)
        self._is_mirrored = orientation in _MIRRORED
        bilevel = image.mode == "1"
        across, down = _resolutions(image)
        camera = any(tag in exif for tag in _CAMERA_TAGS)
        dpi = max(across, down) or _guessed(image.width, image.height)
        # A fax has pixels that are no squares: the page is counted in squares of its finer side.
        wide = dpi / across if across and abs(across - down) > _SQUARE * dpi else 1.0
        tall = dpi / down if down and abs(across - down) > _SQUARE * dpi else 1.0
        self._facts = PageFacts(
            width=round(image.width * wide),
            height=round(image.height * tall),
            dpi=dpi,
            is_colour=image.mode not in ("1", "L", "LA", "I;16", "I"),
            is_bilevel=bilevel,
            turn=_TURNS.get(orientation, 0),
            is_photo=not bilevel
            and (camera or not across)
            and image.format in ("JPEG", "HEIF", "WEBP", "MPO"),
        )

    @property
    def facts(self) -> PageFacts:
        return self._facts

    @cached_property
    def stays(self) -> bool:
        return self.raw() is not None

    @property
    def weight(self) -> int:
        return self._weight

    @property
    def may_straighten(self) -> bool:
        return True

    def own_text(self) -> OwnText:
        return OwnText()

    def raw(self) -> RawPicture | None:
        """Its own bytes; bilevel pictures in other packings are packed again without loss."""
        if self._is_mirrored:
            return None
        if self._image.format in ("JPEG", "MPO") and self._image.mode in ("L", "RGB"):
            return raw_of_jpeg(self._path.read_bytes())
        kept = raw_of_tiff(self._image, self._path) if self._image.format == "TIFF" else None
        if kept is None and self._image.format == "PNG":
            kept = raw_of_png(self._path)
        if kept is None and self._facts.is_bilevel:
            width, height = self._image.size
            packed = group4(np.where(np.asarray(self._image), 255, 0).astype(np.uint8))
            return raw_of_file(packed, "page.g4", width, height)
        return kept

    def patches(self) -> tuple[Patch, ...]:
        return ()

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        raw = self.raw()
        if raw is not None and raw.filter != "FlateDecode":
            picture, _ = decoding.grey_of(raw, least_scale)
        else:
            picture, _ = decoding.shrink_image(_flattened(self._image), least_scale)
        picture = self._squared(picture)
        return picture, picture.shape[1] / self._facts.width

    def colour(self, scale: float = 1.0) -> Colour:
        image = _flattened(self._image)
        return self._squared(np.asarray(image.convert("RGB" if self._facts.is_colour else "L")))

    def _squared(self, picture: Colour) -> Colour:
        return at_proportions(picture, self._facts.width, self._facts.height)


def _flattened(image: Image.Image) -> Image.Image:
    """On white, without transparency, not mirrored, at eight bits."""
    from PIL import ImageOps

    orientation = int(image.getexif().get(_ORIENTATION, 1) or 1)
    if orientation in _MIRRORED:
        image = ImageOps.mirror(image) if orientation in (2, 5, 7) else ImageOps.flip(image)
    if image.mode.startswith("I"):
        return Image.fromarray((np.asarray(image, dtype=np.float64) / 257).clip(0, 255).astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layered).convert("RGB")
    return image


def _resolutions(image: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down as the file says, if these are resolutions a scanner has; 0, 0 if not."""
    found = image.info.get("dpi")
    if not found:
        return 0.0, 0.0
    across, down = round(float(found[0]), 2), round(float(found[1]), 2)
    if not 90 <= across <= 2400:
        return 0.0, 0.0
    return across, down if 90 <= down <= 2400 else across


def _guessed(width: int, height: int) -> float:
    """As if the long side were that of an A4 sheet."""
    return round(min(600.0, max(72.0, max(width, height) / _A4_LONG_INCHES)), 2)
