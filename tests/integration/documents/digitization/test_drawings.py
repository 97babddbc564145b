"""Labels of a drawing under its lines, with the real engine."""

import random
from pathlib import Path

import img2pdf
from PIL import Image, ImageDraw, ImageFont
from tests.factories.printed_papers import FONTS

from motcua.documents.digitization import Options, digitize_record

DPI = 300


def struck_out(path: Path, labels: list[str]) -> Path:
    """Labels below each other on a sheet of 20 by 14 inches, two thin lines through each."""
    width, height = 20 * DPI, 14 * DPI
    image = Image.new("L", (width, height), 255)
    pen, rnd = ImageDraw.Draw(image), random.Random(4)  # noqa: S311 (where lines run)
    font = ImageFont.truetype(FONTS[0][0], 60)
    for number, label in enumerate(labels):
        left, top = 600 + 1800 * (number % 3), 300 + 380 * (number // 3)
        pen.text((left, top), label, font=font, fill=0)
        for _ in range(2):
            x = left + rnd.randrange(40, 520)
            pen.line((x, top - 180, x + rnd.randrange(-150, 150), top + 260), fill=0, width=3)
    picture = path.with_suffix(".png")
    image.save(picture, dpi=(DPI, DPI))
    path.write_bytes(img2pdf.convert(str(picture)))
    return path


def test_labels_are_read_through_the_lines_over_them(tmp_path: Path) -> None:
    rnd = random.Random(7)  # noqa: S311 (invented parcels)
    labels = [f"Thửa {rnd.randrange(100, 999)} - {rnd.randrange(1000, 9999) / 10}" for _ in range(24)]
    source = struck_out(tmp_path / "drawing.pdf", [f"{label} m²" for label in labels])
    digitize_record([source], tmp_path / "out", "drawing", Options(), jobs=1)
    text = (tmp_path / "out" / "drawing.txt").read_text(encoding="utf-8")
    exact = [text.count(label) for label in labels if label in text]
    assert len(exact) >= 21
    assert set(exact) == {1}
