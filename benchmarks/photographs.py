"""Photographs of papers as phones take them, made by code, and how many of their words are read.

usage: photographs.py [--each 10] [--seed 0] [--keep FOLDER]

Kinds: `straight` (a careful photograph), `shadow` (of hand and phone), `slanted` (perspective and skew), `dim` (low light, noise,
a little blur), `finger` (holds the sheet at its edge), `two` (two papers side by side in one picture). A word counts as read if
it stands in the text as often as it was printed; for `two` the words of both papers are wanted.
"""

import argparse
import random
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

# The benchmark runs from a checkout without installation.
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

import cv2  # noqa: E402 (after the path is set)
import numpy as np  # noqa: E402 - after the path is set
from PIL import Image  # noqa: E402 - after the path is set
from tests.factories import printed_papers as papers  # noqa: E402 - after the path is set

from motcua.documents.pipeline.desk import Desk  # noqa: E402 - after the path is set
from motcua.documents.pipeline.options import Options, PageRef  # noqa: E402 - after the path is set
from motcua.documents.rules.digitization.pages import PageResult  # noqa: E402 - after the path is set
from motcua.documents.rules.digitization.papers.kinds import PaperKind  # noqa: E402 - after the path is set

KINDS = ("straight", "shadow", "slanted", "dim", "finger", "two")
_PAPERS = tuple(kind for kind in papers.MAKERS if kind is not PaperKind.IDENTITY_CARD)
_TABLE = (96, 78, 62)


class _Sheet(papers.Sheet):
    """Remembers what was printed."""

    said: list[str]

    def put(self, text: str, x: int, *, bold: bool = False, scale: float = 1.0) -> None:
        self.said.append(text)
        super().put(text, x, bold=bold, scale=scale)


def sheet(rnd: random.Random) -> tuple[np.ndarray, Counter[str]]:
    regular, bold, size = rnd.choice(papers.FONTS)
    made = _Sheet(rnd, regular=regular, bold=bold, size=size)
    made.said = []
    papers.MAKERS[rnd.choice(_PAPERS)](made, papers.Invented(rnd))
    return np.asarray(made.image.convert("RGB")), words(" ".join(made.said))


def words(text: str) -> Counter[str]:
    """Words of letters and digits; marks of punctuation do not count."""
    return Counter(re.findall(r"[^\W_]{2,}", unicodedata.normalize("NFC", text).lower()))


def photograph(kind: str, rnd: random.Random) -> tuple[Image.Image, Counter[str]]:
    grain = np.random.default_rng(rnd.randrange(2**32))
    first, wanted = sheet(rnd)
    width, height = (3400, 2550) if kind == "two" else (2250, 3000)
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = (
        np.array(_TABLE) + grain.normal(0, 6, (height, 1, 1)) + grain.normal(0, 4, (height, width, 1))
    )
    if kind == "two":
        second, more = sheet(rnd)
        wanted = wanted + more
        for at, each in enumerate((first, second)):
            lay(picture, each, (90 + at * 1660, 140, 1560, 2200), rnd, bend=0.012)
    else:
        bend = 0.06 if kind == "slanted" else 0.015
        lay(picture, first, (170, 160, width - 340, height - 320), rnd, bend=bend)
    return Image.fromarray(camera(picture, kind, rnd, grain)), wanted


def lay(
    picture: np.ndarray,
    sheet: np.ndarray,
    place: tuple[int, int, int, int],
    rnd: random.Random,
    *,
    bend: float,
) -> None:
    """The sheet on the table, each corner moved by up to `bend` of its side, as perspective and a turned hand do."""
    left, top, width, height = place
    height = min(height, round(width * sheet.shape[0] / sheet.shape[1]))
    width = round(height * sheet.shape[1] / sheet.shape[0])
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    moved = [
        (x + rnd.uniform(-bend, bend) * width, y + rnd.uniform(-bend, bend) * height) for x, y in corners
    ]
    own = [(0, 0), (sheet.shape[1], 0), (sheet.shape[1], sheet.shape[0]), (0, sheet.shape[0])]
    matrix = cv2.getPerspectiveTransform(np.array(own, np.float32), np.array(moved, np.float32))
    size = picture.shape[1], picture.shape[0]
    laid = cv2.warpPerspective(sheet.astype(np.float32), matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones(sheet.shape[:2], np.float32), matrix, size)[:, :, None]
    picture[:] = picture * (1 - mask) + laid * mask


def camera(picture: np.ndarray, kind: str, rnd: random.Random, grain: np.random.Generator) -> np.ndarray:
    """Light, shadow, a finger, blur and the noise of the sensor."""
    height, width = picture.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rnd.uniform(0, 2 * np.pi)
    slope = ((xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle))[:, :, None]
    light = 1.0 + 0.18 * slope
    if kind == "shadow":
        edge = slope + rnd.uniform(-0.15, 0.15)
        light = light * (1 - rnd.uniform(0.35, 0.55) / (1 + np.exp(-edge * 60)))
    if kind == "dim":
        light = light * rnd.uniform(0.35, 0.5)
    picture = picture * light
    if kind == "finger":
        down, side = rnd.uniform(0.35, 0.8) * height, rnd.choice((0.02, 0.98)) * width
        inside = ((xs - side) / (0.1 * width)) ** 2 + ((ys - down) / (0.035 * height)) ** 2 < 1
        picture = np.where(inside[:, :, None], np.array((205, 160, 135), np.float32) * light, picture)
    picture = cv2.GaussianBlur(
        picture, (0, 0), rnd.uniform(0.9, 1.3) if kind == "dim" else rnd.uniform(0.5, 0.9)
    )
    picture = picture + grain.normal(0, 9 if kind == "dim" else 4, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def read(desk: Desk, picture: Image.Image, path: Path) -> PageResult:
    picture.save(path, "JPEG", quality=82, exif=_exif())
    return desk.process(PageRef(path, 0, 1), None, lambda _: None)


def _exif() -> bytes:
    """A camera says what it is: so a photograph is told from a scan."""
    exif = Image.Exif()
    exif[271], exif[272] = "Phone", "Camera"
    return exif.tobytes()


def main(each: int, seed: int, keep: Path | None) -> int:
    with tempfile.TemporaryDirectory() as room:
        desk = Desk(Options(), Path(room))
        print("| kind | photographs | words | read % | worst % | findings |\n|---|---|---|---|---|---|")
        for kind in KINDS:
            shares, total, right = [], 0, 0
            found: Counter[str] = Counter()
            for number in range(each):
                rnd = random.Random(f"{kind}{seed}{number}")
                picture, wanted = photograph(kind, rnd)
                path = (keep or Path(room)) / f"{kind}-{number}.jpg"
                result = read(desk, picture, path)
                hit = (words(result.text) & wanted).total()
                shares.append(hit / wanted.total())
                total, right = total + wanted.total(), right + hit
                found.update(finding.code for finding in result.findings)
            said = ", ".join(f"{code} {count}" for code, count in found.items()) or "–"
            print(
                f"| {kind} | {each} | {total} | {right / total:.1%} | {min(shares):.0%} | {said} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
    sys.exit(main(given.each, given.seed, given.keep))
