"""Source and archive copy side by side, page by page: how much of what is seen differs, and how large the copy has become."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from motcua.documents.adapters.imaging.source import Colour
from motcua.documents.adapters.imaging.straighten import straighten, turn_array
from motcua.documents.pipeline.sources import open_source, recognised_kind
from motcua.documents.rules.digitization.intake import FileKind

#: Both are drawn at about this longest side: letters are still letters, and noise of packing is not seen.
_LONGEST = 900
#: A pixel differs if a channel does by more than this after softening; edges may lie a pixel away.
_VISIBLE = 60


@dataclass(frozen=True, slots=True)
class PageDifference:
    """`part`: of the pixels that are ink on either, those that are not on the other (0–1); `size_off`: of the sheet's sides."""

    record: str
    number: int
    part: float
    size_off: float
    note: str


@dataclass(frozen=True, slots=True)
class RecordSize:
    record: str
    before: int
    after: int

    @property
    def ratio(self) -> float:
        return self.after / max(1, self.before)


def records_in(out: Path) -> list[dict[str, object]]:
    """What the JSON of each record in a folder of results says."""
    found = []
    for path in sorted(out.glob("*.json")):
        said = json.loads(path.read_bytes())
        if isinstance(said, dict) and "received" in said and "outputs" in said:
            found.append(said)
    return found


def size_of(record: dict[str, Any], out: Path) -> RecordSize:
    """Bytes of what was received and of the archive file."""
    return RecordSize(
        record["name"],
        sum(one["bytes"] for one in record["received"]),
        archive_of(record, out).stat().st_size,
    )


def archive_of(record: dict[str, Any], out: Path) -> Path:
    """The archive file of a record."""
    return out / f"{record['name']}.{'reading.pdf' if record['is_signed'] else 'pdf'}"


def differences(record: dict[str, Any], out: Path) -> Iterator[PageDifference]:
    """Of each page that is in the record as it was received. Office documents are not drawn a second time."""
    received = {one["name"]: out / one["file"] for one in record["received"]}
    with pypdfium2.PdfDocument(archive_of(record, out)) as copy:
        copy.init_forms()
        for page in record["pages"]:
            path = received.get(page["source"])
            if path is not None:
                yield _difference(record["name"], page, path, copy)


def _difference(name: str, page: dict[str, Any], path: Path, copy: Any) -> PageDifference:
    number = page["number"]
    after = _drawn(copy[number - 1])
    try:
        before = _as_received(path, page["index"])
    except Exception as error:  # a decoder of another maker: whatever it raises, this page cannot be compared
        return PageDifference(name, number, 1.0, 0.0, f"không vẽ được bản gốc: {type(error).__name__}")
    shown = _placed_as(before, page)
    off = _proportions_off(shown, after)
    note = _note(page)
    return PageDifference(name, number, ink_difference(shown, after), off, note)


def pictures_of(record: dict[str, Any], out: Path, number: int) -> NDArray[np.uint8]:
    """Source, copy and difference of one page beside each other."""
    page = record["pages"][number - 1]
    path = next(out / one["file"] for one in record["received"] if one["name"] == page["source"])
    with pypdfium2.PdfDocument(archive_of(record, out)) as copy:
        copy.init_forms()
        after = _drawn(copy[number - 1])
    before = _placed_as(_as_received(path, page["index"]), page)
    before = np.asarray(cv2.resize(before, (after.shape[1], after.shape[0]), interpolation=cv2.INTER_AREA))
    marked = np.full_like(after, 255)
    marked[_differing(before, after)] = (200, 0, 0)
    return np.asarray(np.concatenate([before, after, marked], axis=1), dtype=np.uint8)


def ink_difference(before: Colour, after: Colour) -> float:
    """Of the pixels that are not paper on either picture, the part that is clearly otherwise on the other."""
    height, width = after.shape[:2]
    if before.shape[:2] != (height, width):
        before = np.asarray(cv2.resize(before, (width, height), interpolation=cv2.INTER_AREA))
    differing = _differing(before, after)
    ink = (before.min(axis=2) < 200) | (after.min(axis=2) < 200)
    return float(differing.sum() / max(int(ink.sum()), height * width // 200))


def _differing(before: Colour, after: Colour) -> NDArray[np.bool_]:
    """Clearly other than anything within a pixel of the same place, in either direction."""
    soft = [np.asarray(cv2.GaussianBlur(one, (3, 3), 0), dtype=np.int16) for one in (before, after)]
    kernel = np.ones((3, 3), np.uint8)
    out = np.zeros(before.shape[:2], dtype=bool)
    for one, other in (soft, soft[::-1]):
        low, high = (np.asarray(f(other, kernel), dtype=np.int16) for f in (cv2.erode, cv2.dilate))
        out |= ((one < low - _VISIBLE) | (one > high + _VISIBLE)).any(axis=2)
    return out


def _drawn(page: Any) -> Colour:
    scale = _LONGEST / max(page.get_size())
    array = np.asarray(page.render(scale=scale, rev_byteorder=True, may_draw_forms=True).to_numpy())
    if array.ndim == 2:
        array = array[:, :, None]
    return np.ascontiguousarray(np.repeat(array, 3, axis=2) if array.shape[2] == 1 else array[:, :, :3])


def _as_received(path: Path, index: int) -> Colour:
    """As the file itself shows the page."""
    if recognised_kind(path) is FileKind.PDF:
        with pypdfium2.PdfDocument(path) as document:
            document.init_forms()
            return _drawn(document[index])
    source = open_source(path)
    try:
        page = source.page(index)
        picture = turn_array(page.colour(), page.facts.turn)
    finally:
        source.close()
    factor = _LONGEST / max(picture.shape[:2])
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.ascontiguousarray(np.repeat(small[:, :, None], 3, axis=2) if small.ndim == 2 else small)


def _placed_as(before: Colour, page: dict[str, Any]) -> Colour:
    """Turned and straightened as the record says that the copy was."""
    turned = turn_array(before, page.get("turned_from_file", 0))
    if not page["tilt"]:
        return turned
    margin = round(
        page.get("margin", 0) * turned.shape[1] / max(1, page["width"] - 2 * page.get("margin", 0))
    )
    straight = [
        straighten(np.ascontiguousarray(turned[:, :, n]), page["tilt"], 1.0, margin) for n in range(3)
    ]
    return np.ascontiguousarray(np.stack(straight, axis=2))


def _proportions_off(before: Colour, after: Colour) -> float:
    one, other = before.shape[1] / before.shape[0], after.shape[1] / after.shape[0]
    return abs(float(one / other) - 1)


def _note(page: dict[str, Any]) -> str:
    said = []
    if page["state"] == "lost":
        said.append("trang mất")
    if page["tilt"]:
        said.append(f"nắn {page['tilt']}°")
    if page.get("turned_from_file"):
        said.append(f"xoay {page['turned_from_file']}°")
    if not page["is_picture_kept"] and page["state"] not in ("born_digital", "lost"):
        said.append("ảnh vẽ lại")
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A folder of results compared with what was received."""

    folder: Path
    pages: tuple[PageDifference, ...]
    sizes: tuple[RecordSize, ...]
    #: Bytes that every archive file needs besides its pages: the invisible font, the colour profile, the description.
    fixed_bytes: int

    def worst(self, count: int) -> list[PageDifference]:
        """The most different pages; sheets of other proportions count as different by as much."""
        return sorted(self.pages, key=lambda page: -max(page.part, page.size_off))[:count]

    def share_within(self, most: float) -> float:
        return sum(max(page.part, page.size_off) <= most for page in self.pages) / max(1, len(self.pages))

    @property
    def total_ratio(self) -> float:
        return sum(size.after for size in self.sizes) / max(1, sum(size.before for size in self.sizes))

    def heaviest(self, most: float, count: int) -> list[RecordSize]:
        heavy = [size for size in self.sizes if size.after > most * size.before + self.fixed_bytes]
        return sorted(heavy, key=lambda size: -size.ratio)[:count]

    def count_heavier(self, most: float) -> int:
        return len(self.heaviest(most, len(self.sizes)))

    def holds(self, most: float, most_bytes: float) -> bool:
        return self.share_within(most) == 1.0 and not self.count_heavier(most_bytes)

    def write_picture(self, page: PageDifference, into: Path) -> None:
        """Source, copy and difference of the page as a PNG."""
        into.mkdir(parents=True, exist_ok=True)
        record = next(one for one in records_in(self.folder) if one["name"] == page.record)
        picture = pictures_of(record, self.folder, page.number)
        cv2.imwrite(str(into / f"{page.record}-{page.number}.png"), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))


def compare_folder(folder: Path, *, fixed_bytes: int = 0) -> Comparison:
    """Every record of a folder of results beside what it was made from."""
    records = records_in(folder)
    pages = tuple(page for record in records for page in differences(record, folder))
    return Comparison(folder, pages, tuple(size_of(record, folder) for record in records), fixed_bytes)
