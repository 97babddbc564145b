"""Engines by name, loaded only when asked for."""

from motcua.documents.adapters.ocr.engine import OcrEngine


def engine_named(name: str, language: str) -> OcrEngine:
    """`tesseract`, or `fault:…` (see `faulty`), for `language` (`vie`, `Vietnamese`, `vie+eng`)."""
    from motcua.documents.adapters.ocr.tesseract import Tesseract

    if name.startswith("fault:"):
        from motcua.documents.adapters.ocr.faulty import FaultyEngine

        return FaultyEngine(name.removeprefix("fault:"), Tesseract(language))
    return Tesseract(language)
