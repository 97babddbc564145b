"""A record from its input files to its outputs, in the legal four steps' order: copy, extract, code, ready to store.

Everything is on disk: kill it at any moment, call it again, and it goes on where it stopped and ends with the same bytes.
"""

import errno
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.documents.adapters.pdf.inspection import inspect
from motcua.documents.pipeline.assemble import bind_alto, bind_hocr, bind_pdf, bind_text
from motcua.documents.pipeline.folder import WorkFolder, plain_json
from motcua.documents.pipeline.naming import ENDINGS, READING, RECEIVED, check_free, digest_of, work_folder
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
#: A page that was left as it lay because two readings did not say clearly how it is upright.
_DIRECTION = "direction_unsure"


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
    #: The files as they were received, kept beside the outputs.
    received: tuple[Path, ...] = ()
    #: Pages left as they lay, because it is not clear which way up they are: somebody must look.
    unsure_directions: tuple[int, ...] = ()
    #: Places written by hand, by page: they are in no text and no field.
    handwritten: Mapping[int, int] = field(default_factory=dict)


def digitize_record(
    inputs: Sequence[Path],
    out: Path,
    name: str,
    options: Options,
    *,
    jobs: int = 2,
    progress: Progress | None = None,
) -> RecordResult:
    """Digitize one record (one or more files, in order) into `out`/`name`.{pdf,txt,hocr,alto.xml,json}; the files as received are
    kept in `out`/`name`.received.

    Raises an `InputRefused` when nothing can be taken in (`NameTaken` where something else has this name), `DiskFull` (what is
    done stays done), `RecordBusy`. A page that fails is reported in the result and does not stop the others.
    """
    digests = [digest_of(path) for path in inputs]
    fingerprint = _fingerprint(inputs, digests, options)
    done = _already_done(out, name, fingerprint)
    if done is not None:
        return done
    check_free(out, name, inputs)
    folder = WorkFolder(work_folder(out, name))
    try:
        with folder.locked(name):
            folder.prepare(fingerprint, digests)
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
    received = _keep_received(inputs, out, name, is_signed=is_signed)
    drafts = {ending: folder.path / f"bound.{ending}" for ending in ENDINGS}
    engine = next(
        (r.engine for r in map(folder.result, (ref.number for ref in refs)) if r.engine not in ("", "pdf")),
        "pdf",
    )
    bind_pdf(drafts["pdf"], name, refs, folder, _said_source(received))
    bind_text(drafts["txt"], refs, folder)
    bind_hocr(drafts["hocr"], name, engine, refs, folder)
    bind_alto(drafts["alto.xml"], name, engine, refs, folder)
    places = {ending: out / f"{name}.{ending}" for ending in ENDINGS}
    if is_signed:
        places["pdf"] = out / f"{name}.{READING}"
    summary = _summary(name, fingerprint, received, refs, folder, places, is_signed=is_signed)
    drafts["json"].write_bytes(json.dumps(summary, ensure_ascii=False, indent=1).encode() + b"\n")
    for ending in ENDINGS:
        drafts[ending].replace(places[ending])
    return _result_of(summary, out)


def _keep_received(
    inputs: Sequence[Path], out: Path, name: str, *, is_signed: bool
) -> list[dict[str, object]]:
    """Every file as it came, byte for byte: beside the archive copy, a signed one in its place. What is said of each."""
    if is_signed:
        places = [out / f"{name}.pdf"]
    else:
        several = len({path.name for path in inputs}) < len(inputs)
        folder = out / f"{name}.{RECEIVED}"
        folder.mkdir(exist_ok=True)
        places = [
            folder / (f"{at}-{path.name}" if several else path.name)
            for at, path in enumerate(inputs, start=1)
        ]
    for path, place in zip(inputs, places, strict=True):
        _copy(path, place)
    return [
        {
            "name": path.name,
            "file": str(place.relative_to(out)),
            "sha256": digest_of(place),
            "bytes": place.stat().st_size,
        }
        for path, place in zip(inputs, places, strict=True)
    ]


def _said_source(received: Sequence[dict[str, object]]) -> str:
    return "; ".join(f"{one['name']} sha256:{one['sha256']}" for one in received)


def _copy(source: Path, target: Path) -> None:
    passing = target.with_name(f".{target.name}.copy")
    with source.open("rb") as reading, passing.open("wb") as writing:
        while piece := reading.read(_PIECE):
            writing.write(piece)
    passing.replace(target)


def _summary(
    name: str,
    fingerprint: str,
    received: list[dict[str, object]],
    refs: list[PageRef],
    folder: WorkFolder,
    places: dict[str, Path],
    *,
    is_signed: bool,
) -> dict[str, object]:
    parted, papers = papers_of(folder, [ref.number for ref in refs])
    pages = [_page_summary(folder.result(ref.number), parted.roles.get(ref.number)) for ref in refs]
    outputs = [place.name for place in places.values()] + ([f"{name}.pdf"] if is_signed else [])
    return {
        "name": name,
        "fingerprint": fingerprint,
        "inputs": [one["name"] for one in received],
        "received": received,
        "outputs": sorted(outputs),
        "is_signed": is_signed,
        "pages": pages,
        "papers": papers,
    }


def _page_summary(page: PageResult, role: Role | None) -> dict[str, object]:
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
        "turned_from_file": page.turned_from_file,
        "tilt": page.picture.tilt if page.picture else 0.0,
        "margin": page.picture.margin if page.picture else 0,
        "is_picture_kept": page.picture is not None and page.picture.made is None,
        "confidence": page.confidence,
        "handwritten": [
            [round(side) for side in (b.left, b.top, b.right, b.bottom)] for b in page.handwritten
        ],
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
        received=tuple(out / one["file"] for one in summary["received"]),
        handwritten={
            p["number"]: len(p.get("handwritten", ())) for p in summary["pages"] if p.get("handwritten")
        },
        unsure_directions=tuple(p["number"] for p in summary["pages"] if _DIRECTION in p["findings"]),
    )


def _already_done(out: Path, name: str, fingerprint: str) -> RecordResult | None:
    """The finished outputs of exactly these inputs and options, if all of them are still there."""
    try:
        summary = json.loads((out / f"{name}.json").read_bytes())
        places = [*summary["outputs"], *(one["file"] for one in summary["received"])]
        if summary["fingerprint"] != fingerprint or not all((out / place).is_file() for place in places):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _result_of(summary, out, was_already_done=True)


def _fingerprint(inputs: Sequence[Path], digests: Sequence[str], options: Options) -> str:
    digest = hashlib.sha256(options.digest().encode())
    for path, content in zip(inputs, digests, strict=True):
        digest.update(bytes.fromhex(content))
        digest.update(plain_json(path.name))
    return digest.hexdigest()
