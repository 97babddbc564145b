"""What stands in pages, read from the content store outside the transaction that holds the batch. Private to scanning.

What an act needs is known only under the lock: which pages lie in which paper. So the act is tried; what it finds not read
yet is read after the transaction is undone, and the act is tried again. Results stand under the digest of their content, so
what was read for a digest is right whatever happened to the batch meanwhile, and a page read anew has another digest.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from motcua.documents.models import ScanPage
from motcua.documents.queries import page_result, qr_key
from motcua.documents.rules.digitization.papers.reading import ReadPaper, read_paper
from motcua.documents.rules.digitization.split import Split, split

_Key = tuple[tuple[int, str], ...]
_P = ParamSpec("_P")
_T = TypeVar("_T")


class _NotReadYet(Exception):
    """Something of the content store is wanted inside the transaction; `read` gets it."""

    def __init__(self, read: Callable[[], None]) -> None:
        super().__init__()
        self.read = read


class PageReadings:
    """What was read so far, for one act."""

    def __init__(self) -> None:
        self._papers: dict[_Key, ReadPaper] = {}
        self._parted: dict[_Key, Split] = {}

    def papers(self, papers: Sequence[Sequence[ScanPage]]) -> list[ReadPaper]:
        """Kind and values of papers, each given by its first pages."""
        missing = [pages for pages in papers if _key(pages) not in self._papers]
        if missing:
            raise _NotReadYet(lambda: self._read_papers(missing))
        return [self._papers[_key(pages)] for pages in papers]

    def parted(self, pages: Sequence[ScanPage]) -> Split:
        """Where papers begin among these pages."""
        key = _key(pages)
        if key not in self._parted:
            raise _NotReadYet(lambda: self._part(pages))
        return self._parted[key]

    def _read_papers(self, papers: Iterable[Sequence[ScanPage]]) -> None:
        for pages in papers:
            self._papers[_key(pages)] = read_paper([page_result(page) for page in pages])

    def _part(self, pages: Sequence[ScanPage]) -> None:
        self._parted[_key(pages)] = split((page_result(page) for page in pages), qr_key())


def reads_outside(act: Callable[Concatenate[PageReadings, _P], _T]) -> Callable[_P, _T]:
    """The act in a transaction of its own, tried again each time something had to be read for it."""

    @wraps(act)
    def tried(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        readings = PageReadings()
        while True:
            try:
                with transaction.atomic():
                    return act(readings, *args, **kwargs)
            except _NotReadYet as wanted:
                wanted.read()

    # who calls the service gives no readings, and nobody who asks for its parameters is told of them
    given = signature(act)
    tried.__dict__["__signature__"] = given.replace(parameters=list(given.parameters.values())[1:])
    return tried


def _key(pages: Iterable[ScanPage]) -> _Key:
    return tuple((page.number, page.result_sha256) for page in pages)
