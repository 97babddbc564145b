"""What of the pipeline is done while somebody waits: in a decoding process, from open files, with answers of plain values."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from motcua.documents.rules.digitization.pages import from_plain
from motcua.documents.rules.digitization.refusals import InputRefused


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Pages of a file, and whether it is a signed PDF."""

    pages: int
    is_signed: bool


def level_tiles(
    stream: IO[bytes], *, index: int, result: Mapping[str, object], level: int
) -> tuple[tuple[str, ...], ...]:
    """All tiles of a page at one level, `[row][column]`, JPEG in base 64. Refuses what opening the file refuses."""
    from motcua.documents.pipeline import preview

    picture = preview.level_picture(_path_of(stream), index, from_plain(result), level)
    return tuple(tuple(b64encode(tile).decode("ascii") for tile in row) for row in preview.tiles_of(picture))


def file_facts(stream: IO[bytes], *, name: str) -> FileFacts:
    """What must be known of a file before its pages are read. Refuses what opening it refuses, under its own `name`."""
    try:
        return _facts(stream)
    except InputRefused as refusal:
        raise type(refusal)(**{**refusal.params, "name": name}) from refusal


def _facts(stream: IO[bytes]) -> FileFacts:
    from motcua.documents.adapters.pdf.inspection import inspect
    from motcua.documents.pipeline.sources import open_source, recognised_kind
    from motcua.documents.rules.digitization.intake import FileKind

    path = _path_of(stream)
    source = open_source(path)
    try:
        pages = source.page_count
    finally:
        source.close()
    return FileFacts(pages, recognised_kind(path) is FileKind.PDF and inspect(path).is_signed)


def _path_of(stream: IO[bytes]) -> Path:
    """Decoders of other makers want paths; this one is of the open file itself."""
    return Path(f"/proc/self/fd/{stream.fileno()}")
