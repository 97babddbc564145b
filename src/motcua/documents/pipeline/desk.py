"""One worker's desk: the engine it has loaded, the source it has open. `process_page` is the door for any queue."""

import errno
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from motcua.documents.adapters.imaging.source import PageFacts, Source
from motcua.documents.adapters.ocr.choice import engine_named
from motcua.documents.adapters.ocr.engine import OcrEngine
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.page import picture_only, read_page
from motcua.documents.pipeline.sources import open_source
from motcua.documents.rules.digitization.geometry import sheet_size
from motcua.documents.rules.digitization.pages import PageResult, PageState, Trouble
from motcua.documents.rules.digitization.refusals import PageDamaged
from motcua.kernel.errors import DomainError

log = logging.getLogger(__name__)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
T = TypeVar("T")


class Desk:
    """Keeps the engine loaded and the last source open from page to page; what a page gives does not depend on either."""

    def __init__(self, options: Options, folder: Path) -> None:
        self._options = options
        self._folder = WorkFolder(folder)
        self._engine: OcrEngine = engine_named(options.engine, options.language)
        self._opened: tuple[Path, Source] | None = None

    def process(
        self, ref: PageRef, trouble: Trouble | None, on_open: Callable[[PageFacts], None]
    ) -> PageResult:
        """The page's result, also written into the work folder. Any failure but a full disk becomes the page's trouble."""
        read = isolated(lambda: self._read(ref, trouble, on_open), ref)
        result = read if isinstance(read, PageResult) else self._without_text(ref, trouble or read)
        self._folder.keep(result)
        return result

    def _read(
        self, ref: PageRef, trouble: Trouble | None, on_open: Callable[[PageFacts], None]
    ) -> PageResult:
        page = self._source(ref.source).page(ref.index)
        on_open(page.facts)
        if trouble is not None:
            return picture_only(page, ref, trouble, self._folder)
        self._engine.begin(ref.number)
        return read_page(page, ref, self._options, self._engine, self._folder)

    def _without_text(self, ref: PageRef, trouble: Trouble) -> PageResult:
        """The picture if it can be had, else the page's place in the record."""
        kept = isolated(lambda: self._picture(ref, trouble), ref)
        if isinstance(kept, PageResult):
            return kept
        facts = isolated(lambda: self._source(ref.source).page(ref.index).facts, ref)
        return lost(ref, trouble, facts if isinstance(facts, PageFacts) else None)

    def _picture(self, ref: PageRef, trouble: Trouble) -> PageResult | None:
        page = self._source(ref.source).page(ref.index)
        facts = page.facts
        if self._options.limits.allows(facts.width, facts.height, is_colour=facts.is_colour):
            return picture_only(page, ref, trouble, self._folder)
        return None

    def _source(self, path: Path) -> Source:
        if self._opened is None or self._opened[0] != path:
            if self._opened is not None:
                self._opened[1].close()
            self._opened = (path, open_source(path))
        return self._opened[1]


def lost(ref: PageRef, trouble: Trouble | None, facts: PageFacts | None) -> PageResult:
    """The place of a page of which nothing could be had, at its own size if that is known."""
    width, height = sheet_size(facts.width, facts.height, facts.turn) if facts else (0, 0)
    return PageResult(
        ref.number,
        ref.source.name,
        ref.index,
        PageState.LOST,
        width,
        height,
        facts.dpi if facts else 0.0,
        trouble=trouble,
    )


def isolated(work: Callable[[], T], ref: PageRef) -> T | Trouble:
    """The one border to decoders and engines of other makers: what they raise costs this page, not the record.

    They are programs in C behind Python and raise whatever they like (`cv2.error`, `PdfiumError`, `SystemError`,
    `MemoryError`, bare `Exception`): no list of names would be complete. This runs in the worker process only, like the
    job runner. A full disk is no page's fault and goes through.
    """
    try:
        return work()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _DISK:
            raise
        log.info("page %d of %s: %r", ref.number, ref.source.name, error)
        return Trouble.of(error if isinstance(error, DomainError) else PageDamaged(page=ref.number))


def process_page(ref: PageRef, options: Options, folder: Path) -> PageResult:
    """Digitize one page into `folder` (`NNNNNN.json`, and a picture file if one had to be made) and give its result.

    Restartable and repeatable: the same page and options give the same bytes. Failures of the page are in the result
    (`state`, `trouble`); raises `EngineMissing`, or `OSError` when the disk is full. A caller that reads many pages should
    keep a `Desk`, which loads the engine once. A crash of the engine kills the calling process: call it where that is
    bearable (a worker of a queue), or use `recognise_pages`.
    """
    return Desk(options, folder).process(ref, None, lambda _facts: None)
