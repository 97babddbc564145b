"""Pages filled in by hand, made by code: joined strokes of uneven height, as a pen leaves them. Nobody's writing."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont
from tests.factories.printed_papers import DPI, FONTS, HEIGHT, WIDTH

_INK = 70


def scrawl(
    draw: ImageDraw.ImageDraw, rnd: random.Random, x: float, y: float, letters: int, size: float
) -> float:
    """A word of joined letters on the line `y`; gives its right end."""
    points: list[tuple[float, float]] = [(x, y)]
    for _ in range(letters):
        tall = size * rnd.choice((0.55, 0.6, 0.7, 1.25, 1.4)) * rnd.uniform(0.85, 1.15)
        deep = size * rnd.choice((0.0, 0.0, 0.1, 0.6)) * rnd.uniform(0.8, 1.2)
        wide = size * rnd.uniform(0.45, 0.7)
        for step in range(1, 9):
            turn = 2 * math.pi * step / 8
            points.append(
                (
                    x + wide * step / 8 + 0.28 * wide * math.sin(turn),
                    y
                    - tall * (1 - math.cos(turn)) / 2
                    + (deep if step in (6, 7) else 0)
                    + rnd.uniform(-2, 2),
                )
            )
        x += wide
        y += rnd.uniform(-2.5, 2.5)
    draw.line(points, fill=_INK, width=3, joint="curve")
    return x


def filled_by_hand(seed: int = 1) -> Image.Image:
    """A declaration: printed labels, dotted lines, answers by hand; the last answer is typed."""
    rnd = random.Random(seed)  # noqa: S311 (strokes, not secrets)
    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS[0][0]), 36)
    bold = ImageFont.truetype(str(FONTS[0][1]), 42)
    draw.text((380, 150), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=font, fill=20)
    draw.text((420, 300), "TỜ KHAI ĐĂNG KÝ KHAI SINH", font=bold, fill=20)
    draw.text((300, 380), "Kính gửi: Ủy ban nhân dân xã An Bình, tỉnh Minh Sơn", font=font, fill=20)
    y = 480
    for label, words in ANSWERS:
        draw.text((200, y), label, font=font, fill=20)
        x = 215 + draw.textlength(label, font=font)
        for dot in range(int(x), WIDTH - 130, 10):
            draw.ellipse((dot, y + 38, dot + 2, y + 40), fill=60)
        for letters in words:
            x = scrawl(draw, rnd, x, y + 36, letters, 34) + 34
        y += 78
    draw.text((200, y), "Số điện thoại: 0912345678", font=font, fill=20)
    draw.text((200, y + 78), "Tôi cam đoan những nội dung khai trên đây là đúng sự thật.", font=font, fill=20)
    return image


#: Labels and the letters of each word written after them.
ANSWERS: Sequence[tuple[str, tuple[int, ...]]] = (
    ("Họ, chữ đệm, tên người yêu cầu:", (6, 4, 5)),
    ("Nơi cư trú:", (5, 3, 6, 4)),
    ("Nội dung đề nghị:", (4, 7, 5, 6)),
)
RESOLUTION = DPI
