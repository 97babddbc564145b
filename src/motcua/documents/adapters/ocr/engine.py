"""What the pipeline asks of a recognition engine, so that another one can take Tesseract's place."""

from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from motcua.documents.rules.digitization.pages import Line

Grey = NDArray[np.uint8]


class Layout(Enum):
    """How text may stand in the picture."""

    PAGE = "page"
    #: Labels strewn over a drawing.
    SPARSE = "sparse"
    #: One label cut out of a drawing.
    BLOCK = "block"


class OcrEngine(Protocol):
    """One engine lives in one worker process and reads one picture after another."""

    @property
    def name(self) -> str:
        """Engine, version and model, as recorded with every page."""
        ...

    def begin(self, page: int) -> None:
        """Told the number of the page before anything is asked about it."""
        ...

    def read(self, picture: Grey, *, dpi: float, layout: Layout) -> tuple[Line, ...]:
        """Lines in reading order with word boxes in pixels of `picture`. May raise, crash, hang or lie: see pipeline."""
        ...

    def direction(self, picture: Grey) -> int | None:
        """Clockwise degrees (0, 90, 180, 270) by which the picture must be turned to stand upright; None if unknown."""
        ...
