"""Counting the pages of a TIFF without believing it: a chain of directories may be endless or run in a circle."""

import struct
from pathlib import Path
from typing import IO

from motcua.documents.rules.digitization.decisions import MOST_PAGES
from motcua.documents.rules.digitization.refusals import InputDamaged, TooManyPages


def directory_offsets(path: Path, limit: int = MOST_PAGES) -> tuple[int, ...]:
    """Where the directories lie, in order. Refuses chains longer than `limit`, circles and torn files."""
    with path.open("rb") as file:
        return offsets_in(file, path.name, limit)


def offsets_in(file: IO[bytes], name: str, limit: int = MOST_PAGES) -> tuple[int, ...]:
    """As `directory_offsets`, of an opened file; `name` is for the refusal."""
    found: list[int] = []
    seen: set[int] = set()
    try:
        file.seek(0)
        head = file.read(16)
        order = {b"II": "<", b"MM": ">"}[head[:2]]
        is_big = struct.unpack(order + "H", head[2:4])[0] == 43
        at = struct.unpack(order + "Q", head[8:16])[0] if is_big else struct.unpack(order + "I", head[4:8])[0]
        while at:
            if at in seen:
                raise InputDamaged(name=name)
            seen.add(at)
            found.append(at)
            at = _next(at, file, order, is_big=is_big)
    except (struct.error, OSError, OverflowError, ValueError, KeyError) as error:
        raise InputDamaged(name=name) from error
    if len(found) > limit:
        raise TooManyPages(name=name, pages=len(found), limit=limit)
    return tuple(found)


def _next(at: int, file: IO[bytes], order: str, *, is_big: bool) -> int:
    file.seek(at)
    entries = struct.unpack(order + ("Q" if is_big else "H"), file.read(8 if is_big else 2))[0]
    file.seek(entries * (20 if is_big else 12), 1)
    return int(struct.unpack(order + ("Q" if is_big else "I"), file.read(8 if is_big else 4))[0])
