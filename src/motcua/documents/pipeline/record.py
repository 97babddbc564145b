"""A record from its input files to its outputs, in the legal four steps' order: copy, extract, code, ready to store.

Everything is on disk: kill it at any moment, call it again, and it goes on where it stopped and ends with the same bytes.
"""

import errno
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.documents.adapters.pdf.ghostscript import archived
from motcua.documents.adapters.pdf.inspection import inspect
from motcua.documents.pipeline.assemble import bind_alto, bind_hocr, bind_pdf, bind_text
from motcua.documents.pipeline.folder import WorkFolder, plain_json
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.papers import papers_of
from motcua.documents.pipeline.sources import open_source, readable_form, recognised_kind
from motcua.documents.pipeline.workers import recognise_pages
from motcua.documents.rules.digitization.intake import FileKind
from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.refusals import DiskFull, TooManyPages
from motcua.documents.rules.digitization.split import Role

Progress = Callable[[int, int], None]
_PIECE = 1 << 20
#: The outputs in the order in which they are put in place.
_ENDINGS = ("pdf", "txt", "hocr", "alto.xml", "json")


@dataclass(frozen=True, slots=True)
class PageProblem:
    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What lies in the output folder now. `problems` empty means every page was read."""

    name: str
    pages: int
    problems: tuple[PageProblem, ...]
    outputs: tuple[Path, ...]
    #: The input is signed: its bytes were copied untouched and the archive PDF is a reading copy beside it.
    is_signed: bool
    was_already_done: bool = False


def digitize_record(
    inputs: Sequence[Path],
    out: Path,
    name: str,
    options: Options,
    *,
    jobs: int = 2,
    progress: Progress | None = None,
) -> RecordResult:
    """Digitize one record (one or more files, in order) into `out`/`name`.{pdf,txt,hocr,alto.xml,json}.

    Raises an `InputRefused` when nothing can be taken in, `DiskFull` (what is done stays done), `RecordBusy`. A page that
    fails is reported in the result and does not stop the others.
    """
    fingerprint = _fingerprint(inputs, options)
    done = _already_done(out, name, fingerprint)
    if done is not None:
        return done
    folder = WorkFolder(out / f".{name}.work")
    try:
        with folder.locked(name):
            folder.prepare(fingerprint)
            refs = page_refs(inputs, folder, options)
            _recognise(refs, options, folder, jobs, progress)
            result = _bind(inputs, out, name, fingerprint, refs, folder)
            folder.remove()
            return result
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(name=name) from error
        raise


def page_refs(inputs: Sequence[Path], folder: WorkFolder, options: Options) -> list[PageRef]:
    """All pages of the record in order: the units of work."""
    refs: list[PageRef] = []
    for path in inputs:
        readable = readable_form(path, folder.path)
        source = open_source(readable)
        try:
            count = source.page_count
        finally:
            source.close()
        if len(refs) + count > options.limits.pages:
            raise TooManyPages(name=path.name, pages=len(refs) + count, limit=options.limits.pages)
        refs += [PageRef(readable, index, len(refs) + 1 + index) for index in range(count)]
    return _renumbered(refs)


def _renumbered(refs: list[PageRef]) -> list[PageRef]:
    return [PageRef(ref.source, ref.index, number) for number, ref in enumerate(refs, 1)]


def _recognise(
    refs: list[PageRef], options: Options, folder: WorkFolder, jobs: int, progress: Progress | None
) -> None:
    waiting = [ref for ref in refs if not folder.is_done(ref.number)]
    done = len(refs) - len(waiting)
    if progress:
        progress(done, len(refs))

    def one_more(_number: int, _state: PageState, _problem: str | None) -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(refs))

    recognise_pages(waiting, options, folder.path, max(1, jobs), one_more)


def _bind(
    inputs: Sequence[Path], out: Path, name: str, fingerprint: str, refs: list[PageRef], folder: WorkFolder
) -> RecordResult:
    """Write every output whole beside the pages, then put them in place; the JSON comes last and says that all is done."""
    is_signed = (
        len(inputs) == 1 and recognised_kind(inputs[0]) is FileKind.PDF and inspect(inputs[0]).is_signed
    )
    pdf = f"{name}.reading.pdf" if is_signed else f"{name}.pdf"
    drafts = {ending: folder.path / f"bound.{ending}" for ending in _ENDINGS}
    engine = next(
        (r.engine for r in map(folder.result, (ref.number for ref in refs)) if r.engine not in ("", "pdf")),
        "pdf",
    )
    if not _archived_whole(inputs, refs, folder, drafts["pdf"], name):
        bind_pdf(drafts["pdf"], name, refs, folder)
    bind_text(drafts["txt"], refs, folder)
    bind_hocr(drafts["hocr"], name, engine, refs, folder)
    bind_alto(drafts["alto.xml"], name, engine, refs, folder)
    places = {
        "pdf": out / pdf,
        "txt": out / f"{name}.txt",
        "hocr": out / f"{name}.hocr",
        "alto.xml": out / f"{name}.alto.xml",
        "json": out / f"{name}.json",
    }
    if is_signed:
        _copy(inputs[0], out / f"{name}.pdf")
    summary = _summary(name, fingerprint, inputs, refs, folder, places, is_signed=is_signed)
    drafts["json"].write_bytes(json.dumps(summary, ensure_ascii=False, indent=1).encode() + b"\n")
    for ending in _ENDINGS:
        drafts[ending].replace(places[ending])
    return _result_of(summary, out)


def _archived_whole(
    inputs: Sequence[Path], refs: list[PageRef], folder: WorkFolder, target: Path, title: str
) -> bool:
    """A single born-digital PDF keeps its own text and drawing; anything else is bound from pictures."""
    if len(inputs) != 1 or not refs or recognised_kind(refs[0].source) is not FileKind.PDF:
        return False
    born = sum(folder.result(ref.number).state is PageState.BORN_DIGITAL for ref in refs)
    return born == len(refs) and archived(refs[0].source, target, title)


def _copy(source: Path, target: Path) -> None:
    passing = target.with_name(f".{target.name}.copy")
    with source.open("rb") as reading, passing.open("wb") as writing:
        while piece := reading.read(_PIECE):
            writing.write(piece)
    passing.replace(target)


def _summary(
    name: str,
    fingerprint: str,
    inputs: Sequence[Path],
    refs: list[PageRef],
    folder: WorkFolder,
    places: dict[str, Path],
    *,
    is_signed: bool,
) -> dict[str, Any]:
    parted, papers = papers_of(folder, [ref.number for ref in refs])
    pages = [_page_summary(folder.result(ref.number), parted.roles.get(ref.number)) for ref in refs]
    outputs = [place.name for place in places.values()] + ([f"{name}.pdf"] if is_signed else [])
    return {
        "name": name,
        "fingerprint": fingerprint,
        "inputs": [path.name for path in inputs],
        "outputs": sorted(outputs),
        "is_signed": is_signed,
        "pages": pages,
        "papers": papers,
    }


def _page_summary(page: PageResult, role: Role | None) -> dict[str, Any]:
    return {
        "number": page.number,
        "source": page.source,
        "index": page.index,
        "state": page.state.value,
        "role": role.value if role else None,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "turn": page.picture.turn if page.picture else 0,
        "tilt": page.picture.tilt if page.picture else 0.0,
        "is_picture_kept": page.picture is not None and page.picture.made is None,
        "confidence": page.confidence,
        "findings": {finding.code: finding.measure for finding in page.findings},
        "marks": [{"symbology": mark.symbology, "text": mark.text} for mark in page.marks],
        "problem": page.problem,
    }


def _result_of(summary: dict[str, Any], out: Path, *, was_already_done: bool = False) -> RecordResult:
    return RecordResult(
        name=summary["name"],
        pages=len(summary["pages"]),
        problems=tuple(
            PageProblem(p["number"], p["problem"] or "")
            for p in summary["pages"]
            if p["state"] in ("unread", "lost")
        ),
        outputs=tuple(out / output for output in summary["outputs"]),
        is_signed=summary["is_signed"],
        was_already_done=was_already_done,
    )


def _already_done(out: Path, name: str, fingerprint: str) -> RecordResult | None:
    """The finished outputs of exactly these inputs and options, if all of them are still there."""
    try:
        summary = json.loads((out / f"{name}.json").read_bytes())
        if summary["fingerprint"] != fingerprint or not all((out / o).is_file() for o in summary["outputs"]):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _result_of(summary, out, was_already_done=True)


def _fingerprint(inputs: Sequence[Path], options: Options) -> str:
    digest = hashlib.sha256(options.digest().encode())
    for path in inputs:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
        digest.update(plain_json(path.name))
    return digest.hexdigest()
