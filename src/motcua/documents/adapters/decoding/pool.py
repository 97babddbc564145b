"""Asking the warm parent, from any thread of this program."""

import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import lru_cache
from typing import IO, Any, TypeVar, cast

from django.conf import settings
from pydantic import TypeAdapter

from motcua.documents.adapters.decoding.limits import Limits, Task
from motcua.documents.errors import DecodersBusy, DecodingRefused
from motcua.kernel.errors import refusal_of
from motcua.kernel.outside import outside

log = logging.getLogger(__name__)
T = TypeVar("T")
#: Seconds a stranger and somebody at work wait for a place before they are told to come again. Whoever waits holds a thread
#: of the web server, which has few.
_STRANGER_WAITS, _WAITS = 0.1, 10.0
#: Seconds beyond its limit after which an answer is not waited for: the parent itself must be ill.
_GRACE = 5.0
#: Seconds the first call may find the parent still loading its libraries.
_WARMING_UP = 60.0
#: Of the program's own environment the parent gets these and no secrets.
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def decode(task: Task[T], *streams: IO[bytes] | bytes, **arguments: object) -> T:
    """Do the task in a process of its own. Raises what the task refuses, `DecodersBusy`, `DecodingRefused`."""
    outside("a decoder")
    return _pool().decode(task, streams, arguments)


def warm_up() -> None:
    """Start the warm parent now, so that nobody waits for it."""
    _pool().warm_up()


class _Pool:
    """The parent and the places at it. `most` at once, of them at most half for strangers.

    No more than `inside` threads decode or wait for it: one of the web server's always remains for pages.
    """

    def __init__(self, most: int, inside: int) -> None:
        self._inside = threading.BoundedSemaphore(inside)
        self._places = threading.BoundedSemaphore(most)
        self._strangers = threading.BoundedSemaphore(max(1, most // 2))
        self._lock = threading.Lock()
        self._parent: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._warm_at = 0.0

    def decode(
        self, task: Task[T], streams: tuple[IO[bytes] | bytes, ...], arguments: Mapping[str, object]
    ) -> T:
        with self._place(task.limits):
            said = self._asked(task, streams, arguments)
        return _understood(task, said)

    def warm_up(self) -> None:
        with self._lock:
            self._ready()

    @contextmanager
    def _place(self, limits: Limits) -> Iterator[None]:
        until = time.monotonic() + (_STRANGER_WAITS if limits.is_stranger else _WAITS)
        taken: list[threading.BoundedSemaphore] = []

        def take(places: threading.BoundedSemaphore, seconds: float) -> None:
            if not places.acquire(timeout=max(0.0, seconds)):
                raise DecodersBusy
            taken.append(places)

        try:
            if limits.is_stranger:
                take(self._strangers, _STRANGER_WAITS)
            take(self._inside, 0.0)
            take(self._places, until - time.monotonic())
            yield
        finally:
            for places in taken:
                places.release()

    def _asked(
        self, task: Task[Any], streams: tuple[IO[bytes] | bytes, ...], arguments: Mapping[str, object]
    ) -> bytes:
        request = {"function": task.function, "limits": asdict(task.limits), "arguments": arguments}
        mine, theirs = socket.socketpair()
        with mine, theirs, _files(request, streams) as files:
            self._send([files[0], theirs.fileno(), *files[1:]])
            theirs.close()
            heard = _heard(mine, task.limits, max(self._warm_at, time.monotonic()))
        self._warm_at = 0.0
        return heard

    def _send(self, files: list[int]) -> None:
        """To a parent that lives; one that died is replaced once."""
        with self._lock:
            for attempt in range(2):
                try:
                    socket.send_fds(self._ready(), [b"job"], files)
                    return
                except OSError:
                    if attempt:
                        raise
                    self._end()

    def _ready(self) -> socket.socket:
        if self._control is not None and self._parent is not None and self._parent.poll() is None:
            return self._control
        self._end()
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # -P: no module of the folder somebody happens to stand in comes before the library's.
            argv = [sys.executable, "-P", "-m", f"{__package__}.zygote", str(theirs.fileno())]
            self._parent = subprocess.Popen(  # noqa: S603 - our own program
                argv,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(),
            )
        self._control = mine
        self._warm_at = time.monotonic() + _WARMING_UP
        return mine

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._parent is not None:
            self._parent.kill()
            self._parent.wait()
        self._parent = self._control = None


@lru_cache(maxsize=1)
def _pool_of(_process: int) -> _Pool:
    return _Pool(settings.MOTCUA_DECODERS, max(1, settings.MOTCUA_WEB_THREADS - 1))


def _pool() -> _Pool:
    """Of this process: one that was forked off has none of its parent's."""
    return _pool_of(os.getpid())


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    return {**kept, "PYTHONPATH": path, "HOME": tempfile.gettempdir(), **dict.fromkeys(_ONE_THREAD, "1")}


@contextmanager
def _files(request: Mapping[str, object], streams: tuple[IO[bytes] | bytes, ...]) -> Iterator[list[int]]:
    """Descriptors of the request and of every stream, each as a real file."""
    with ExitStack() as stack:
        written = json.dumps(request).encode()
        yield [_descriptor(stack, one) for one in (written, *streams)]


def _descriptor(stack: ExitStack, stream: IO[bytes] | bytes) -> int:
    if not isinstance(stream, bytes):
        try:
            number = stream.fileno()
        except (OSError, AttributeError):
            stream.seek(0)
        else:
            stream.flush()
            return number
    copy: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    if isinstance(stream, bytes):
        copy.write(stream)
    else:
        shutil.copyfileobj(stream, copy, 1 << 20)
    copy.seek(0)
    copy.flush()
    return copy.fileno()


def _heard(mine: socket.socket, limits: Limits, start: float) -> bytes:
    """Everything said until the other side is closed. The parent watches the clock; this one only its parent."""
    until = start + limits.wall_seconds + _GRACE
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= limits.answer:
            mine.settimeout(max(0.01, until - time.monotonic()))
            piece = mine.recv(1 << 18)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
    except TimeoutError:
        return b"\ntime"
    except OSError:
        return b"\ncrash"
    return b"\nanswer"


def _understood(task: Task[T], said: bytes) -> T:
    """The answer, checked: a process that read hostile bytes is believed no more than they are."""
    answer, _, ending = said.rpartition(b"\n")
    if ending != b"done":
        log.info("decoding ended by %s: %s", ending.decode(errors="replace")[:20] or "crash", task.function)
        raise DecodingRefused(why=ending.decode(errors="replace")[:20])
    try:
        told = json.loads(answer)
        if "refusal" in told:
            raise refusal_of(str(told["refusal"]), dict(told["params"])) or DecodingRefused(why="refusal")
        answered: T = _adapter(cast(Hashable, task.answer)).validate_json(json.dumps(told["answer"]))
    except (ValueError, KeyError, TypeError) as error:
        # ValidationError is a ValueError.
        log.warning("a decoding process answered what it should not: %s (%s)", task.function, type(error))
        raise DecodingRefused(why="answer") from error
    return answered


@lru_cache(maxsize=64)
def _adapter(answer: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, answer))
