"""Pages on all cores. A worker that crashes, hangs or runs out of memory costs one page its text, never the record.

Every worker is an own process with one engine loaded. It takes one page, writes the page's result into the work folder
and says so. The parent watches clocks and deaths.
"""

import ctypes
import errno
import logging
import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.documents.adapters.decoding import confinement
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.rules.digitization.pages import PageResult, PageState, Trouble
from motcua.documents.rules.digitization.refusals import DiskFull, EngineCrashed, EngineHung, EngineMissing

if TYPE_CHECKING:
    from motcua.documents.adapters.imaging.source import PageFacts

log = logging.getLogger(__name__)
_ATTEMPTS = 2
_DIES_WITH_PARENT = 1
#: Seconds a new worker may take to load its libraries and its model on a busy machine.
_WARMING_UP = 60.0
_SAFE_PATH = "PYTHONSAFEPATH"
#: Libraries that would start a thread per core in every worker.
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(slots=True)
class Task:
    ref: PageRef
    attempts: int = 0
    #: Set when recognition has failed for good: keep the picture and say this.
    trouble: Trouble | None = None
    #: As a worker told it, so that the page keeps its size even if every worker dies of it.
    opened: "Began | None" = None


@dataclass(frozen=True, slots=True)
class Began:
    """A worker's word that it has opened a page, and what it found it to be."""

    width: int
    height: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Done:
    result_state: PageState
    problem: str | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The whole record cannot go on: `disk` or `engine`."""

    why: str


OnDone = Callable[[int, PageState, str | None], None]


def recognise_pages(
    refs: Iterable[PageRef], options: Options, folder: Path, jobs: int, on_done: OnDone
) -> None:
    """Bring every page's result into `folder`. Raises `DiskFull` or `EngineMissing`; pages already done stay done."""
    crew = _Crew(deque(Task(ref) for ref in refs), options, folder, on_done)
    crew.work(jobs)


class _Crew:
    def __init__(self, tasks: deque[Task], options: Options, folder: Path, on_done: OnDone) -> None:
        self._tasks, self._options, self._folder, self._on_done = tasks, options, folder, on_done
        self._members: list[_Member] = []

    def work(self, jobs: int) -> None:
        try:
            self._members = [_Member(self._options, self._folder) for _ in range(min(jobs, len(self._tasks)))]
            while self._tasks or any(member.task for member in self._members):
                self._hand_out()
                self._listen()
        finally:
            for member in self._members:
                member.dismiss()

    def _hand_out(self) -> None:
        for member in self._members:
            if member.task is None and self._tasks:
                member.give(self._tasks.popleft())

    def _listen(self) -> None:
        busy = [member for member in self._members if member.task is not None]
        patience = max(0.05, min(member.deadline for member in busy) - time.monotonic())
        ready = wait([member.pipe for member in busy], timeout=min(patience, 5.0))
        for member in busy:
            if member.pipe in ready:
                self._hear(member)
            elif time.monotonic() > member.deadline:
                self._give_up(member, EngineHung, seconds=round(self._options.page_timeout))

    def _hear(self, member: "_Member") -> None:
        try:
            message = member.pipe.recv()
        except (EOFError, OSError):
            self._give_up(member, EngineCrashed)
            return
        task = member.task
        if task is None:
            return
        if isinstance(message, Began):
            task.opened = message
            member.extend(message.width * message.height)
        elif isinstance(message, Done):
            member.task = None
            self._on_done(task.ref.number, message.result_state, message.problem)
        elif isinstance(message, Stopped):
            if message.why == "disk":
                raise DiskFull(name=task.ref.source.name)
            raise EngineMissing(language=self._options.language)

    def _give_up(
        self, member: "_Member", why: type[EngineCrashed] | type[EngineHung], **details: object
    ) -> None:
        """The worker is dead or will be: a crash is tried once more, then the page keeps its picture only."""
        task = member.task
        member.dismiss()
        self._members[self._members.index(member)] = _Member(self._options, self._folder)
        if task is None:
            return
        task.attempts += 1
        if why is EngineCrashed and task.attempts < _ATTEMPTS and task.trouble is None:
            self._tasks.appendleft(task)
        elif task.trouble is None:
            task.trouble = Trouble.of(why(page=task.ref.number, **details))
            self._tasks.appendleft(task)
        else:
            self._lose(task)

    def _lose(self, task: Task) -> None:
        """Even taking the picture killed the worker."""
        from motcua.documents.pipeline.folder import WorkFolder

        ref = task.ref
        seen = task.opened or Began(0, 0, 0.0)
        result = PageResult(
            ref.number,
            ref.source.name,
            ref.index,
            PageState.LOST,
            seen.width,
            seen.height,
            seen.dpi,
            trouble=task.trouble,
        )
        WorkFolder(self._folder).keep(result)
        self._on_done(ref.number, PageState.LOST, result.problem)


class _Member:
    """One worker process as its parent sees it."""

    def __init__(self, options: Options, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
        self.pipe, theirs = context.Pipe()
        self._options = options
        self._process: BaseProcess = context.Process(
            target=_worker, args=(theirs, options, folder), daemon=True
        )
        with _no_modules_of_the_folder():
            self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.deadline = 0.0
        self._has_spoken = False

    def give(self, task: Task) -> None:
        self.task = task
        self.deadline = (
            time.monotonic() + self._options.page_timeout + (0 if self._has_spoken else _WARMING_UP)
        )
        try:
            self.pipe.send(task)
        except OSError:
            # Its death is noticed when it is listened to.
            self.deadline = 0.0

    def extend(self, pixels: int) -> None:
        from motcua.documents.rules.digitization.decisions import page_timeout

        self._has_spoken = True
        self.deadline = time.monotonic() + page_timeout(pixels, self._options.page_timeout)

    def dismiss(self) -> None:
        self.pipe.close()
        if self._process.is_alive() and self.task is not None:
            self._process.kill()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextmanager
def _no_modules_of_the_folder() -> Iterator[None]:
    """A worker starts with the folder somebody stands in on its path: a file there named like the library's would be run."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _began(facts: "PageFacts") -> Began:
    from motcua.documents.rules.digitization.geometry import sheet_size

    width, height = sheet_size(facts.width, facts.height, facts.turn)
    return Began(width, height, facts.dpi)


def _worker(pipe: Connection, options: Options, folder: Path) -> None:
    """The life of a worker: until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (options.worker_memory, options.worker_memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    confinement.filter_calls(may_run_programs=True, may_ask_network=False)
    from motcua.documents.pipeline.desk import Desk

    try:
        desk = Desk(options, folder)
    except EngineMissing:
        pipe.send(Stopped("engine"))
        return
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            result = desk.process(task.ref, task.trouble, lambda facts: pipe.send(_began(facts)))
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            pipe.send(Stopped("disk"))
            return
        pipe.send(Done(result.state, result.problem))
