"""Small scans for tests: A5 pages at 200 dpi, read in a quarter of a second."""

import io
import random
from pathlib import Path

import img2pdf
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
WIDTH, HEIGHT, DPI = 1165, 1654, 200
LINES = (
    "Ủy ban nhân dân xã An Bình tiếp nhận hồ sơ",
    "đăng ký khai sinh của bà Nguyễn Thị Hoa,",
    "Thành phần hồ sơ gồm: Tờ khai theo mẫu,",
    "bản chính Giấy chứng sinh và giấy tờ khác.",
    "Thời hạn giải quyết: 05 ngày làm việc;",
    "lệ phí 15.000 đồng, trả kết quả tại xã.",
)


def sheet(number: int, *, lines: int = 6, skew: float = 0.0) -> Image.Image:
    rnd = random.Random(number)  # noqa: S311 (invented text)
    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 40)
    draw.text((120, 150), f"Trang thứ {number} của hồ sơ", font=font, fill=20)
    for row in range(lines):
        draw.text((120, 250 + row * 62), rnd.choice(LINES), font=font, fill=20)
    if skew:
        image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=250)
    return image


def noisy(image: Image.Image, seed: int = 0) -> Image.Image:
    pixels = np.asarray(image) + np.random.default_rng(seed).normal(0, 6, (image.height, image.width))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 75, "dpi": (DPI, DPI), **options})
    return out.getvalue()


def group4(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.point(lambda v: 255 if v > 140 else 0).convert("1").save(
        out, "TIFF", compression="group4", dpi=(DPI, DPI), tiffinfo={278: image.height}
    )
    return out.getvalue()


def pdf(path: Path, pictures: list[bytes]) -> Path:
    path.write_bytes(img2pdf.convert(pictures))
    return path


def record(path: Path, pages: int) -> Path:
    return pdf(path, [jpeg(sheet(number)) for number in range(1, pages + 1)])
