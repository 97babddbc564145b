"""What is kept of a page once it is read: its result, its pictures and the deep view of a large sheet."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from motcua.documents.models import ScanPage
from motcua.documents.pipeline.folder import WorkFolder, plain_json
from motcua.documents.pipeline.local import local_file
from motcua.documents.pipeline.options import PageRef
from motcua.documents.rules.digitization import hocr
from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.quality import doubts
from motcua.documents.rules.scans import state_of
from motcua.kernel import storage


def page_ref(page: ScanPage, room: Path, turn: int | None = None) -> PageRef:
    """Where the pipeline finds the page; `turn`: the way up somebody told."""
    row = page.file
    if row.readable_sha256:
        path = local_file(row.readable_sha256, f"{row.file.filename}.pdf", room)
    else:
        path = local_file(row.sha256, row.file.filename, room)
    return PageRef(path, page.index, page.number, turn)


def stored(result: PageResult, ref: PageRef, folder: WorkFolder) -> dict[str, object]:
    """Put everything of the page into the content store; the columns of its row, by name."""
    made = result.picture.made if result.picture else None
    return {
        "state": state_of(result.state, result.confidence, doubts(result)),
        "width": result.width,
        "height": result.height,
        "dpi": result.dpi,
        "confidence": result.confidence,
        "findings": {finding.code: finding.measure for finding in result.findings},
        "problem": result.problem or "",
        "problem_code": result.trouble.code if result.trouble else "",
        "problem_params": dict(result.trouble.params) if result.trouble else {},
        "is_born_digital": result.state is PageState.BORN_DIGITAL,
        "result_sha256": _put(folder.page_file(result.number).read_bytes()),
        "hocr_sha256": _put(hocr.page_element(result).encode()),
        "picture_sha256": _put(folder.picture(made)) if made else "",
        "picture_ending": made.rpartition(".")[2] if made else "",
        **_seen(result, ref),
    }


def _seen(result: PageResult, ref: PageRef) -> dict[str, object]:
    """The picture beside the fields, the thumbnail, and the tiles of a sheet too large to be drawn while somebody waits."""
    from motcua.documents.pipeline.preview import previews, tiled_levels

    made = None if result.state is PageState.LOST else previews(ref, result)
    if made is None:
        return {"preview_sha256": "", "thumb_sha256": "", "tiles_sha256": ""}
    levels = tiled_levels(ref, result)
    return {
        "preview_sha256": _put(made[0]),
        "thumb_sha256": _put(made[1]),
        "tiles_sha256": _put_tiles(levels) if levels is not None else "",
    }


def _put_tiles(levels: Iterable[Iterable[Iterable[bytes]]]) -> str:
    """Every tile under its own digest, and a list of them: `[level][row][column]`, the coarsest level first."""
    return _put(plain_json([[[_put(tile) for tile in row] for row in level] for level in levels]))


def _put(content: bytes) -> str:
    return storage.store().put(BytesIO(content)).sha256
