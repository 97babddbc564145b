"""Tasks of the pipeline for the decoding processes, with their limits. Loads no decoder."""

from motcua.documents.adapters.decoding import Limits, Task
from motcua.documents.pipeline.confined import FileFacts

_MIB = 1 << 20

#: All tiles of a page at one level: `(stream, index=, result=, level=)`. Larger sheets were cut when they were read.
LEVEL_TILES: Task[tuple[tuple[str, ...], ...]] = Task(
    "motcua.documents.pipeline.confined:level_tiles",
    tuple[tuple[str, ...], ...],
    Limits(seconds=10.0, memory=1536 * _MIB, answer=64 * _MIB),
)
#: Pages and signatures of a file that was taken in: `(stream, name=)`. A record has up to thousands of pages.
FILE_FACTS = Task(
    "motcua.documents.pipeline.confined:file_facts", FileFacts, Limits(seconds=20.0, memory=1024 * _MIB)
)
