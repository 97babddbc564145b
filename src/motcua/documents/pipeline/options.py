"""What is to be done, and to which page: small values that cross the border between processes."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from motcua.documents.rules.digitization.decisions import PageLimits

#: Raised whenever the same page and options may give other bytes than before; half-done work of an older one is not mixed in.
PIPELINE_VERSION = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are to be read. Equal options and equal pages give equal bytes."""

    #: Tesseract model: `vie`, `Vietnamese` (script model: a little better, a third slower), `vie+eng`.
    language: str = "vie"
    engine: str = "tesseract"
    #: Straighten crooked sheets (by drawing them turned; the bytes of the picture stay).
    may_straighten: bool = True
    may_turn: bool = True
    #: Seconds an A4 page may take before it is given up; larger sheets get more.
    page_timeout: float = 120.0
    #: Address space of a worker in bytes: the wall a decompression bomb runs into.
    worker_memory: int = 4 << 30
    limits: PageLimits = field(default_factory=PageLimits)

    def digest(self) -> str:
        said = {"version": PIPELINE_VERSION, **asdict(self)}
        for irrelevant in ("page_timeout", "worker_memory"):
            said.pop(irrelevant)
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page of one source file: the unit of work. `index` counts from 0 in the file, `number` from 1 in the record."""

    source: Path
    index: int
    number: int
    #: Clockwise degrees in which somebody says the page (as its file shows it) is upright; None: the engine finds out.
    turn: int | None = None
