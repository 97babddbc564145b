"""Counting the pages of a TIFF without believing it: a chain of directories may be endless or run in a circle."""

import struct
from pathlib import Path
from typing import BinaryIO

from motcua.documents.rules.digitization.decisions import MOST_PAGES
from motcua.documents.rules.digitization.refusals import InputDamaged, TooManyPages


def directory_offsets(path: Path, limit: int = MOST_PAGES) -> tuple[int, ...]:
    """Where the directories lie, in order. Refuses chains longer than `limit`, circles and torn files."""
    found: list[int] = []
    seen: set[int] = set()
    with path.open("rb") as file:
        head = file.read(16)
        order = {b"II": "<", b"MM": ">"}.get(head[:2])
        if order is None:
            raise InputDamaged(name=path.name)
        is_big = struct.unpack(order + "H", head[2:4])[0] == 43
        at = struct.unpack(order + "Q", head[8:16])[0] if is_big else struct.unpack(order + "I", head[4:8])[0]
        while at:
            if at in seen:
                raise InputDamaged(name=path.name)
            seen.add(at)
            found.append(at)
            file.seek(at)
            at = _next(file.read(8 if is_big else 2), file, order, path, is_big=is_big)
    if len(found) > limit:
        raise TooManyPages(name=path.name, pages=len(found), limit=limit)
    return tuple(found)


def _next(count_bytes: bytes, file: BinaryIO, order: str, path: Path, *, is_big: bool) -> int:
    try:
        entries = struct.unpack(order + ("Q" if is_big else "H"), count_bytes)[0]
        file.seek(entries * (20 if is_big else 12), 1)
        return int(struct.unpack(order + ("Q" if is_big else "I"), file.read(8 if is_big else 4))[0])
    except (struct.error, OSError, OverflowError) as error:
        raise InputDamaged(name=path.name) from error
