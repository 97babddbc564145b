"""The work folder of a record: one file per finished page, written whole or not at all, so that a kill loses one page at most."""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from motcua.documents.rules.digitization.pages import PageResult, from_plain, to_plain
from motcua.documents.rules.digitization.refusals import RecordBusy


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` in one step; readers see the old file or the new one."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        passing.write_bytes(data)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def plain_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class WorkFolder:
    """Where pages wait until the record is bound."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self, fingerprint: str, received: Sequence[str] = ()) -> None:
        """Make the folder, or empty it if what lies there was made from other bytes or with other options. `received`: the
        digests of what the record is made from.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        mark = self.path / "fingerprint"
        if not mark.is_file() or mark.read_text() != fingerprint:
            self._empty()
            write_whole(self.path / "received", "\n".join(received).encode())
            write_whole(mark, fingerprint.encode())

    def received(self) -> list[str]:
        """The digests given to `prepare`; none where there is no work."""
        try:
            return (self.path / "received").read_text().split()
        except OSError:
            return []

    def _empty(self) -> None:
        for leftover in self.path.iterdir():
            if leftover.name != "lock" and leftover.is_file():
                leftover.unlink()

    def page_file(self, number: int) -> Path:
        return self.path / f"{number:06d}.json"

    def is_done(self, number: int) -> bool:
        return self.page_file(number).is_file()

    def keep(self, result: PageResult) -> None:
        write_whole(self.page_file(result.number), plain_json(to_plain(result)))

    def keep_picture(self, number: int, ending: str, data: bytes) -> str:
        name = f"{number:06d}.{ending}"
        write_whole(self.path / name, data)
        return name

    def result(self, number: int) -> PageResult:
        return from_plain(json.loads(self.page_file(number).read_bytes()))

    def picture(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def remove(self) -> None:
        for leftover in self.path.iterdir():
            leftover.unlink()
        self.path.rmdir()

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Only one process binds a record at a time; the lock dies with its process."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise RecordBusy(name=name) from error
            yield
