"""Names of records in a folder of results: no record ever takes the place of another, nor of a file that was there before."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.rules.digitization.refusals import NameTaken

#: The outputs of a record, in the order in which they are put in place; the last says that all are there.
ENDINGS = ("pdf", "txt", "hocr", "alto.xml", "json")
#: Beside them: the archive file of a signed original, and the folder of what was received.
READING, RECEIVED = "reading.pdf", "received"


def digest_of(path: Path) -> str:
    """SHA-256 of the bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def work_folder(out: Path, name: str) -> Path:
    """Where the pages of a record wait until it is bound."""
    return out / f".{name}.work"


def record_names(paths: Sequence[Path], out: Path) -> list[str]:
    """A name for the record of each file: its stem, or as much more as tells it from the other files and from what lies in `out`.

    The same files give the same names again, so that a record stopped half-way goes on. Paths must exist.
    """
    chosen: list[str] = ["" for _ in paths]
    taken: set[str] = set()
    for candidate in _CANDIDATES:
        offered = {at: candidate(path) for at, path in enumerate(paths) if not chosen[at]}
        counts = Counter(offered.values())
        for at, name in offered.items():
            if counts[name] == 1 and not taken & _claims(name) and is_free(out, name, [paths[at]]):
                chosen[at] = name
                taken |= _claims(name)
    for at, path in enumerate(paths):
        if not chosen[at]:
            chosen[at] = _numbered(_CANDIDATES[-1](path), path, out, taken)
            taken |= _claims(chosen[at])
    return chosen


_CANDIDATES: tuple[Callable[[Path], str], ...] = (
    lambda path: path.stem,
    lambda path: path.name,
    lambda path: f"{path.absolute().parent.name}-{path.stem}",
    lambda path: f"{path.absolute().parent.name}-{path.name}",
    lambda path: f"{path.stem}-{digest_of(path)[:8]}",
)


def _numbered(name: str, path: Path, out: Path, taken: set[str]) -> str:
    """The same bytes under the same name several times: each is a record of its own."""
    number = 2
    while taken & _claims(f"{name}-{number}") or not is_free(out, f"{name}-{number}", [path]):
        number += 1
    return f"{name}-{number}"


def check_free(out: Path, name: str, inputs: Sequence[Path]) -> None:
    """For a name that somebody chose. Refuses: `NameTaken`."""
    if not is_free(out, name, inputs):
        raise NameTaken(name=name)


def is_free(out: Path, name: str, inputs: Sequence[Path]) -> bool:
    """Whether nothing lies there under this name but what was made of exactly these bytes."""
    if not any((out / place).exists() for place in _claims(name)):
        return True
    return [digest_of(path) for path in inputs] == (
        _received(out, name) or WorkFolder(work_folder(out, name)).received()
    )


def _received(out: Path, name: str) -> list[str]:
    try:
        said = json.loads((out / f"{name}.json").read_bytes())["received"]
        return [str(one["sha256"]) for one in said]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _claims(name: str) -> set[str]:
    return {f"{name}.{ending}" for ending in (*ENDINGS, READING, RECEIVED)}
