"""Content of the store as files with their own names: decoders of other makers want paths and endings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from motcua.kernel import storage


@contextmanager
def work_room() -> Iterator[Path]:
    """A folder for one piece of work, gone afterwards; a killed worker's remains are the operating system's to clean."""
    with TemporaryDirectory(prefix="motcua-scan-") as folder:
        yield Path(folder)


def local_file(sha256: str, name: str, folder: Path) -> Path:
    """The bytes under `name` in `folder`: a link where the store is a disk, a copy where it is elsewhere."""
    place = folder / sha256[:16] / name
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with storage.store().open(sha256) as stream:
        stored = getattr(stream, "name", None)
        if isinstance(stored, str) and Path(stored).is_file():
            place.symlink_to(Path(stored).resolve())
            return place
        with place.open("wb") as file:
            shutil.copyfileobj(stream, file, 1 << 20)
    return place
