"""The door of the digitization engine: no framework, no database, files in and files out.

`digitize_record` does a whole record with worker processes; `page_refs`, `process_page` (or a `Desk` kept by a worker) and
`bind_record` are the same steps one by one, for a queue that keeps its pages as rows.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from motcua.documents.pipeline.desk import Desk, process_page
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.naming import record_names
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.record import PageProblem, RecordResult, digitize_record, page_refs
from motcua.documents.rules.digitization.pages import PageResult, PageState

if TYPE_CHECKING:
    from motcua.documents.pipeline.comparing import Comparison

__all__ = [
    "Desk",
    "Options",
    "PageProblem",
    "PageRef",
    "PageResult",
    "PageState",
    "RecordResult",
    "WorkFolder",
    "compare_folder",
    "digitize_record",
    "page_refs",
    "process_page",
    "record_names",
]


def compare_folder(folder: Path, *, fixed_bytes: int = 0) -> "Comparison":
    """See `pipeline.comparing`: what draws pages to hold them side by side loads when somebody compares."""
    from motcua.documents.pipeline.comparing import compare_folder as compared

    return compared(folder, fixed_bytes=fixed_bytes)
