"""Cutting a large sheet into overlapping tiles, and joining what was read in them so that nothing is said twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word

TILE = 2400
#: A word or label must fit into the overlap to be seen whole in at least one tile.
OVERLAP = 600
_SAME = 0.5
#: Mean confidence below which a line on a drawing is taken for linework.
LETTERING = 35.0


@dataclass(frozen=True, slots=True)
class Tile:
    """`left`…`bottom` are what is cut out, in pixels; neighbours overlap."""

    left: int
    top: int
    right: int
    bottom: int


def plan(width: int, height: int, tile: int = TILE, overlap: int = OVERLAP) -> tuple[Tile, ...]:
    """Tiles that cover the sheet, row by row."""
    columns, rows = _cuts(width, tile, overlap), _cuts(height, tile, overlap)
    return tuple(Tile(left, top, right, bottom) for top, bottom in rows for left, right in columns)


def _cuts(length: int, tile: int, overlap: int) -> list[tuple[int, int]]:
    if length <= tile:
        return [(0, length)]
    count = -(-(length - overlap) // (tile - overlap))
    step = (length - tile) / (count - 1)
    return [(round(n * step), round(n * step) + tile) for n in range(count)]


def joined(readings: Iterable[tuple[Tile, Iterable[Line]]], width: int, height: int) -> tuple[Line, ...]:
    """Lines in sheet pixels, each word once.

    Of two readings of the same place the one farther from its tile's cut edges is kept, because a cut letter reads as
    another; a line that spans tiles comes out whole because pieces on one level that follow each other are put together.
    """
    candidates: list[tuple[float, Line]] = []
    for tile, lines in readings:
        for line in lines:
            moved = Line(
                tuple(Word(w.text, w.confidence, w.box.moved(tile.left, tile.top)) for w in line.words)
            )
            candidates.append((_clearance(moved.box, tile, width, height), moved))
    kept = _without_doubles(candidates)
    return tuple(Line(line.words, number) for number, line in enumerate(_in_order(_mended(kept))))


def _clearance(box: Box, tile: Tile, width: int, height: int) -> float:
    """Pixels to the nearest edge at which the tile was cut from the sheet."""
    gaps = [
        box.left - tile.left if tile.left > 0 else float("inf"),
        box.top - tile.top if tile.top > 0 else float("inf"),
        tile.right - box.right if tile.right < width else float("inf"),
        tile.bottom - box.bottom if tile.bottom < height else float("inf"),
    ]
    return min(gaps)


def _without_doubles(candidates: list[tuple[float, Line]]) -> list[Line]:
    grid: dict[tuple[int, int], list[Word]] = {}
    kept: list[Line] = []
    for _, line in sorted(
        candidates, key=lambda c: (-min(c[0], 80.0), -c[1].box.width, c[1].box.top, c[1].box.left)
    ):
        words = tuple(word for word in line.words if not _is_known(word, grid))
        for word in words:
            for cell in _cells(word.box):
                grid.setdefault(cell, []).append(word)
        if words:
            kept.append(Line(words))
    return kept


def _is_known(word: Word, grid: dict[tuple[int, int], list[Word]]) -> bool:
    return any(
        word.box.overlap(other.box) > _SAME * min(word.box.area, other.box.area)
        for cell in _cells(word.box)
        for other in grid.get(cell, ())
    )


def _cells(box: Box) -> list[tuple[int, int]]:
    size = 256
    return [
        (x, y)
        for x in range(int(box.left) // size, int(box.right) // size + 1)
        for y in range(int(box.top) // size, int(box.bottom) // size + 1)
    ]


def _mended(lines: list[Line]) -> list[Line]:
    """Put together pieces of one printed line: same level, same height, no more than a letter's width apart."""
    mended: list[Line] = []
    for line in sorted(lines, key=lambda piece: (piece.box.left, piece.box.top)):
        for position, other in enumerate(mended):
            if _continues(other.box, line.box):
                words = sorted((*other.words, *line.words), key=lambda word: word.box.left)
                mended[position] = Line(tuple(words))
                break
        else:
            mended.append(line)
    return mended


def _continues(first: Box, second: Box) -> bool:
    tallest = max(first.height, second.height)
    level = abs(first.middle[1] - second.middle[1]) < 0.4 * tallest
    alike = min(first.height, second.height) > 0.55 * tallest
    return level and alike and -0.3 * tallest <= second.left - first.right <= 0.7 * tallest


def believable(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is lettering and not linework: linework is read as lone signs with little confidence."""
    kept = []
    for line in lines:
        letters = sum(char.isalnum() for word in line.words for char in word.text)
        mean = sum(word.confidence for word in line.words) / len(line.words)
        if letters >= 2 and mean >= LETTERING:
            kept.append(line)
    return tuple(kept)


def _in_order(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (round(line.box.top / 60), line.box.left))
