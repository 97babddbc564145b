"""Tesseract through its library: no process per page, no picture written to disk, confidences per word."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.documents.adapters.ocr.engine import Grey, Layout
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word
from motcua.documents.rules.digitization.refusals import EngineMissing

#: One thread per worker: the pages are the parallelism. Must be set before the library is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)


def model_folder(language: str) -> Path:
    """Where the models of every part of `language` are installed; `TESSDATA_PREFIX` wins."""
    for place in filter(None, (os.environ.get("TESSDATA_PREFIX"), *_PLACES)):
        folder = Path(place)
        if all((folder / f"{part}.traineddata").is_file() for part in language.split("+")):
            return folder
    raise EngineMissing(language=language)


class Tesseract:
    """One loaded model. Not thread-safe; not picklable: made in the worker that uses it."""

    def __init__(self, language: str) -> None:
        folder = model_folder(language)
        import tesserocr

        self._lib = tesserocr
        self._folder = str(folder) + "/"
        self._language = language
        self._api = tesserocr.PyTessBaseAPI(
            path=self._folder, lang=language, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
        )
        self._api.SetVariable("debug_file", "/dev/null")
        self._modes = {
            Layout.PAGE: tesserocr.PSM.AUTO,
            Layout.SPARSE: tesserocr.PSM.SPARSE_TEXT,
            Layout.BLOCK: tesserocr.PSM.SINGLE_BLOCK,
        }
        self._version = tesserocr.tesseract_version().split("\n", 1)[0]

    @property
    def name(self) -> str:
        return f"{self._version} {self._language}"

    def begin(self, page: int) -> None:
        """Nothing is remembered from page to page: a page reads the same whatever was read before it."""
        self._api.ClearAdaptiveClassifier()

    def read(self, picture: Grey, *, dpi: float, layout: Layout) -> tuple[Line, ...]:
        api = self._api
        api.SetPageSegMode(self._modes[layout])
        self._show(picture)
        api.SetSourceResolution(max(70, round(dpi)))
        try:
            if not api.Recognize():
                return ()
            return tuple(self._lines(api.GetIterator()))
        finally:
            api.Clear()

    def direction(self, picture: Grey) -> int | None:
        """By Tesseract's own orientation model, if installed."""
        if not (Path(self._folder) / "osd.traineddata").is_file():
            return None
        with self._lib.PyTessBaseAPI(path=self._folder, lang="osd", psm=self._lib.PSM.OSD_ONLY) as api:
            api.SetVariable("debug_file", "/dev/null")
            height, width = picture.shape
            api.SetImageBytes(picture.tobytes(), width, height, 1, width)
            found = api.DetectOrientationScript()
        if not found or found["orient_conf"] < 1.0:
            return None
        return int(found["orient_deg"]) % 360

    def _show(self, picture: Grey) -> None:
        height, width = picture.shape
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)

    def _lines(self, iterator: Any) -> Iterator[Line]:
        """Walk the words once; the library marks where a line and a block begin."""
        level = self._lib.RIL
        words: list[Word] = []
        block = -1
        if iterator is None:
            return
        while True:
            if iterator.IsAtBeginningOf(level.TEXTLINE) and words:
                yield Line(tuple(words), max(block, 0))
                words = []
            if iterator.IsAtBeginningOf(level.BLOCK):
                block += 1
            if not iterator.Empty(level.WORD):
                word = _word(iterator, level.WORD)
                if word:
                    words.append(word)
            if not iterator.Next(level.WORD):
                break
        if words:
            yield Line(tuple(words), max(block, 0))


def _word(iterator: Any, level: int) -> Word | None:
    # The stroke of 51/2025/TT-BCA is sometimes read as the fraction stroke, which no paper has.
    text = (iterator.GetUTF8Text(level) or "").strip().replace("\u2044", "/")
    box = iterator.BoundingBox(level)
    if not text or box is None:
        return None
    return Word(text, float(iterator.Confidence(level)), Box(*map(float, box)))
