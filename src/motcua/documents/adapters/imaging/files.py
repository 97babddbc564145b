"""Picture files as sources: JPEG (bytes kept), TIFF of many pages (group 4 strips kept), PNG, WebP, HEIC."""

from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from motcua.documents.adapters.imaging import raw as decoding
from motcua.documents.adapters.imaging.encode import raw_of_jpeg
from motcua.documents.adapters.imaging.opening import open_picture
from motcua.documents.adapters.imaging.source import Colour, Grey, PageFacts, Patch, RawPicture
from motcua.documents.adapters.imaging.tiff import directory_offsets
from motcua.documents.rules.digitization.refusals import InputDamaged

_TURNS = {3: 180, 6: 90, 8: 270}
_MIRRORED = {2, 4, 5, 7}
_CAMERA_TAGS = (0x010F, 0x0110)
_A4_LONG_INCHES = 11.69
_ORIENTATION = 0x0112


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
        return PicturePage(self._image, self._path)

    def close(self) -> None:
        self._image.close()


class PicturePage:
    def __init__(self, image: Image.Image, path: Path) -> None:
        self._image = image
        self._path = path
        exif = image.getexif()
        orientation = int(exif.get(_ORIENTATION, 1) or 1)
        self._is_mirrored = orientation in _MIRRORED
        bilevel = image.mode == "1"
        dpi = _resolution(image)
        camera = any(tag in exif for tag in _CAMERA_TAGS)
        self._facts = PageFacts(
            width=image.width,
            height=image.height,
            dpi=dpi or _guessed(image.width, image.height),
            is_colour=image.mode not in ("1", "L", "LA", "I;16", "I"),
            is_bilevel=bilevel,
            turn=_TURNS.get(orientation, 0),
            is_photo=not bilevel
            and (camera or dpi is None)
            and image.format in ("JPEG", "HEIF", "WEBP", "MPO"),
        )

    @property
    def facts(self) -> PageFacts:
        return self._facts

    def raw(self) -> RawPicture | None:
        if self._is_mirrored:
            return None
        if self._image.format in ("JPEG", "MPO") and self._image.mode in ("L", "RGB"):
            return raw_of_jpeg(self._path.read_bytes())
        if self._image.format == "TIFF":
            return self._raw_group4()
        return None

    def patches(self) -> tuple[Patch, ...]:
        return ()

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        raw = self.raw()
        if raw is not None:
            return decoding.grey_of(raw, least_scale)
        return decoding.shrink_image(_flattened(self._image), least_scale)

    def colour(self, scale: float = 1.0) -> Colour:
        image = _flattened(self._image)
        return np.asarray(image.convert("RGB" if self._facts.is_colour else "L"))

    def _raw_group4(self) -> RawPicture | None:
        """The bytes of a group 4 page in one strip, as fax servers and scanners write them."""
        tags = self._image.tag_v2  # type: ignore[attr-defined]  # only TIFF images have tags
        offsets, lengths = tags.get(273, ()), tags.get(279, ())
        if tags.get(259) != 4 or len(offsets) != 1 or tags.get(266, 1) != 1:
            return None
        with self._path.open("rb") as file:
            file.seek(offsets[0])
            data = file.read(lengths[0])
        width, height = self._image.size
        parameters: dict[str, int | bool] = {"K": -1, "Columns": width, "Rows": height}
        if tags.get(262) == 1:
            parameters["BlackIs1"] = True
        return RawPicture(data, width, height, 1, 1, "CCITTFaxDecode", parameters)


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


def _resolution(image: Image.Image) -> float | None:
    """Dots an inch as the file says, if it is a resolution a scanner has."""
    found = image.info.get("dpi")
    if not found:
        return None
    value = float(found[0])
    return round(value, 2) if 90 <= value <= 2400 else None


def _guessed(width: int, height: int) -> float:
    """As if the long side were that of an A4 sheet."""
    return round(min(600.0, max(72.0, max(width, height) / _A4_LONG_INCHES)), 2)
