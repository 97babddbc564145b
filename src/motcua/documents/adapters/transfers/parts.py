"""One file for each transfer under way, as long as it lasts: what was received so far, and a lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from motcua.kernel import clock

_ENDING = ".part"


@contextmanager
def locked_part(upload_id: UUID) -> Iterator[IO[bytes]]:
    """The file of a transfer, nobody else in it meanwhile (on this machine, or on every one that shares the folder)."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = os.open(folder / f"{upload_id}{_ENDING}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(number, "r+b") as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        yield part


def append(part: IO[bytes], offset: int, content: bytes) -> None:
    """Write at `offset` and make sure of it. What lies behind was written by somebody who never came to say so: it goes."""
    part.truncate(offset)
    part.seek(offset)
    part.write(content)
    part.flush()
    os.fsync(part.fileno())


def holds(part: IO[bytes], offset: int, content: bytes) -> bool:
    """Whether exactly these bytes lie at `offset`."""
    part.seek(offset)
    return part.read(len(content)) == content


def length_of(part: IO[bytes]) -> int:
    return os.fstat(part.fileno()).st_size


def remove_part(upload_id: UUID) -> None:
    """What was received is not needed any more."""
    with suppress(FileNotFoundError):
        (_folder() / f"{upload_id}{_ENDING}").unlink()


def parts_older_than(seconds: float) -> Iterator[UUID]:
    """Transfers whose files nobody wrote to for so long."""
    before = clock.now().timestamp() - seconds
    for path in _folder().glob(f"*{_ENDING}"):
        with suppress(FileNotFoundError, ValueError):
            if path.stat().st_mtime < before:
                yield UUID(path.name.removesuffix(_ENDING))


def _folder() -> Path:
    return Path(settings.MOTCUA_UPLOADS)
