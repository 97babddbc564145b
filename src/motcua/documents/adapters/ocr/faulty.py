"""An engine that fails as real ones do, at chosen pages: for the tests of everything that must survive it."""

import os
import signal
import time

from motcua.documents.adapters.ocr.engine import Grey, Layout, OcrEngine
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word

_RUBBISH = Line((Word("\x00\ufffd\x07" * 400, float("nan"), Box(-5, 9e9, float("inf"), -3)),))


class FaultyEngine:
    """`plan` is `fault@page[,fault@page…]` with faults crash, hang, rubbish, error, full; pages are counted from 1."""

    def __init__(self, plan: str, real: OcrEngine) -> None:
        self._plan = {
            int(page): fault for fault, page in (part.split("@") for part in plan.split(",") if part)
        }
        self._real = real
        self._page = 0

    @property
    def name(self) -> str:
        return self._real.name

    def begin(self, page: int) -> None:
        self._page = page
        self._real.begin(page)

    def read(self, picture: Grey, *, dpi: float, layout: Layout) -> tuple[Line, ...]:
        fault = self._plan.get(self._page)
        if fault == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if fault == "hang":
            while True:
                time.sleep(60)
        if fault == "error":
            raise RuntimeError("engine error on purpose")
        if fault == "full":
            raise OSError(28, "No space left on device")
        if fault == "rubbish":
            return (_RUBBISH,)
        return self._real.read(picture, dpi=dpi, layout=layout)

    def direction(self, picture: Grey) -> int | None:
        return self._real.direction(picture)
