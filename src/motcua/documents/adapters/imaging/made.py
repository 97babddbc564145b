"""A page whose picture was made here (a squared photograph), standing in for the page it was made from."""

import cv2
import numpy as np

from motcua.documents.adapters.imaging.source import Colour, Grey, PageFacts, Patch, RawPicture
from motcua.documents.rules.digitization.own_text import OwnText


class MadePage:
    def __init__(self, picture: Colour, dpi: float, weight: int = 0) -> None:
        self._picture = picture
        self._weight = weight
        height, width = picture.shape[:2]
        self._facts = PageFacts(width, height, dpi, is_colour=picture.ndim == 3, is_bilevel=False)

    @property
    def facts(self) -> PageFacts:
        return self._facts

    @property
    def stays(self) -> bool:
        return False

    @property
    def weight(self) -> int:
        return self._weight

    @property
    def may_straighten(self) -> bool:
        return True

    def own_text(self) -> OwnText:
        return OwnText()

    def raw(self) -> RawPicture | None:
        return None

    def patches(self) -> tuple[Patch, ...]:
        return ()

    def grey(self, least_scale: float) -> tuple[Grey, float]:
        picture = self._picture
        grey = np.asarray(
            cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture, dtype=np.uint8
        )
        scale = min(1.0, least_scale)
        if scale < 1:
            size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
            grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        return grey, grey.shape[1] / self._facts.width

    def colour(self, scale: float = 1.0) -> Colour:
        return self._picture
