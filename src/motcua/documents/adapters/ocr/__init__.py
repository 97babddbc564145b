"""Recognition engines. One `Protocol`, Tesseract in-process, and an engine that fails on purpose for the tests."""
