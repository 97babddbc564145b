"""Piles as they lie on the scanner: separator sheets, receipts, papers of one and of several pages, backs scanned, sheets
upside down, everything crooked and noisy. Each pile comes with the page numbers at which papers begin.
"""

import io
import random
from dataclasses import dataclass

import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFont
from tests.factories.printed_papers import FONTS, HEIGHT, WIDTH, Printed

from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.documents.rules.digitization.separators import encode

KEY = b"key of the separator sheets"


@dataclass(frozen=True, slots=True)
class Pile:
    """`pages`: a picture made for this pile, or the name of one of the pool. `begins`: page numbers, from 1."""

    pages: tuple[Image.Image | str, ...]
    begins: frozenset[int]
    has_separators: bool


def pile(seed: int, pool: dict[str, Printed], following: tuple[str, ...]) -> Pile:
    """Half of the piles are cut by separator sheets, a quarter begins with a receipt, the rest has titles only."""
    rnd = random.Random(seed)  # noqa: S311 (invented piles, not secrets)
    style = rnd.choice(("separators", "separators", "receipt", "titles"))
    duplex = rnd.random() < 0.5
    pages: list[Image.Image | str] = []
    begins: set[int] = set()

    def add(page: Image.Image | str) -> None:
        pages.append(page)
        if duplex:
            pages.append(blank(rnd))

    dossier = f"H99.11-26{rnd.randrange(10, 13)}{rnd.randrange(1, 29):02d}-{rnd.randrange(1, 9999):04d}"
    if style == "receipt":
        begins.add(1)
        add(scanned(coded(receipt_code(dossier, rnd), "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), rnd))
    for number in range(rnd.randrange(1, 5)):
        if style == "separators":
            add(scanned(coded(encode(dossier, f"TP{number + 1}", KEY), "TỜ NGĂN CÁCH"), rnd))
        begins.add(len(pages) + 1)
        add(rnd.choice(sorted(pool)))
        for _ in range(rnd.choice((0, 0, 1, 2))):
            add(rnd.choice(following))
    return Pile(tuple(pages), frozenset(begins), style == "separators")


def receipt_code(dossier: str, rnd: random.Random) -> str:
    return f"MC1|{dossier}|1.001193|040087012345|Giấy tiếp nhận|motcua|2026-11-22T08:00:00+07:00||{rnd.randrange(16**22):022x}"


def coded(text: str, title: str) -> Image.Image:
    """A sheet with a large code and a title, as the system prints it."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 250)
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="png", scale=9, border=4)
    code = Image.open(out).convert("L")
    sheet.paste(code, ((WIDTH - code.width) // 2, 500))
    font = ImageFont.truetype(str(FONTS[0][1]), 60)
    draw = ImageDraw.Draw(sheet)
    draw.text(((WIDTH - draw.textlength(title, font=font)) / 2, 300), title, font=font, fill=20)
    return sheet


def scanned(sheet: Image.Image, rnd: random.Random) -> Image.Image:
    """Crooked by up to five degrees, often upside down, noisy, with dust and a dark edge."""
    angle = rnd.uniform(-5, 5) + rnd.choice((0, 0, 180))
    turned = sheet.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    grain = np.random.default_rng(rnd.randrange(2**32))
    pixels = np.asarray(turned) * rnd.uniform(0.8, 1.0) + grain.normal(0, rnd.uniform(4, 18), (HEIGHT, WIDTH))
    dust = grain.random((HEIGHT, WIDTH))
    pixels[dust < 0.0005] = 20
    pixels[dust > 0.9995] = 255
    pixels[:, : rnd.randrange(12)] = 60
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def blank(rnd: random.Random) -> Image.Image:
    """The back of a sheet: paper, dust, a little of the other side shining through."""
    grain = np.random.default_rng(rnd.randrange(2**32))
    paper = np.full((HEIGHT, WIDTH), rnd.uniform(225, 252)) + grain.normal(0, 6, (HEIGHT, WIDTH))
    ghost = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(ghost)
    for row in range(rnd.randrange(12)):
        draw.line((200, 300 + row * 55, 1400, 300 + row * 55), fill=rnd.randrange(3, 9), width=14)
    dust = grain.random((HEIGHT, WIDTH))
    paper[dust < 0.00004] = 90
    return Image.fromarray(np.clip(paper - np.asarray(ghost)[:, ::-1], 0, 255).astype(np.uint8))


def following_page(seed: int) -> Image.Image:
    """A page that goes on: running text and a page number, no title."""
    rnd = random.Random(f"following{seed}")  # noqa: S311 - the same seed makes the same page
    sheet = Image.new("L", (WIDTH, HEIGHT), 250)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONTS[seed % 3][0]), FONTS[seed % 3][2])
    draw.text((WIDTH // 2, 80), "2", font=font, fill=20)
    sentences = (
        "Người yêu cầu nộp hồ sơ kèm theo Giấy chứng sinh và Giấy chứng nhận kết hôn (nếu có).",
        "Cán bộ tiếp nhận kiểm tra tính đầy đủ, hợp lệ của hồ sơ và cấp giấy tiếp nhận.",
        "Trường hợp hồ sơ chưa đầy đủ thì hướng dẫn bổ sung bằng văn bản.",
        "Quyết định này có hiệu lực kể từ ngày ký ban hành.",
    )
    y = 170
    while y < HEIGHT - 500:
        words, line = rnd.choice(sentences).split(), ""
        for word in [*words, ""]:
            trial = f"{line} {word}".strip()
            if not word or draw.textlength(trial, font=font) > WIDTH - 350:
                draw.text((200, y), line, font=font, fill=25)
                y, line = y + 55, word
            else:
                line = trial
    return sheet


POOL_KINDS = tuple(kind for kind in PaperKind if kind is not PaperKind.IDENTITY_CARD)
