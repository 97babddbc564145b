"""The warm parent of decoding processes: `python -m motcua.documents.adapters.decoding.zygote SOCKET`.

It has the decoders loaded and no secrets, threads or database. For each job it forks a child that ties its own hands,
does the one thing and ends; the parent watches the clock, ends the child's whole process group and says how it ended.
It ends itself when its socket does, so nothing outlives the program that asked.
"""

import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Any

from pydantic_core import to_json

from motcua.documents.adapters.decoding import confinement
from motcua.documents.adapters.decoding.limits import Limits
from motcua.kernel.errors import DomainError

_MOST_FILES = 16
_MEMORY, _FULL = 71, 72
#: Loaded once; what a task needs besides is loaded by its own child, at the price of time each time.
PRELOADED = (
    "motcua.documents.adapters.sniffing.sniffer",
    "motcua.documents.adapters.verification.codes",
    "motcua.documents.adapters.verification.reader",
    "motcua.documents.pipeline.preview",
)


@dataclass(slots=True)
class _Running:
    pid: int
    deadline: float
    answer: socket.socket
    is_overdue: bool = False


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in PRELOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    _Zygote(control).serve()


class _Zygote:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)
        self._running: dict[int, _Running] = {}

    def serve(self) -> None:
        """Until whoever asks is gone."""
        while True:
            for key, _ in self._selector.select(self._patience()):
                if key.fileobj is not self._control:
                    self._bury(key.fd)
                elif not self._begin():
                    self._end_all()
                    return
            self._end_overdue()

    def _patience(self) -> float | None:
        waiting = [one.deadline for one in self._running.values() if not one.is_overdue]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _begin(self) -> bool:
        message, files, _, _ = socket.recv_fds(self._control, 16, _MOST_FILES)
        if not message:
            return False
        request_file, answer_file, *streams = files
        answer = socket.socket(fileno=answer_file)
        with os.fdopen(request_file, "rb") as file:
            request = json.load(file)
        limits = Limits(**request["limits"])
        pid = os.fork()
        if pid == 0:
            self._selector.close()
            self._control.close()
            _child(request, limits, answer, streams)
        for stream in streams:
            os.close(stream)
        watch = os.pidfd_open(pid)
        self._running[watch] = _Running(pid, time.monotonic() + limits.wall_seconds, answer)
        self._selector.register(watch, selectors.EVENT_READ)
        return True

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for one in self._running.values():
            if one.deadline <= now and not one.is_overdue:
                one.is_overdue = True
                _end_group(one.pid)

    def _bury(self, watch: int) -> None:
        one = self._running.pop(watch)
        self._selector.unregister(watch)
        os.close(watch)
        # Still unburied, its number cannot be another's: end what it left behind first.
        os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)
        _end_group(one.pid)
        _, status = os.waitpid(one.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        with suppress(OSError), one.answer:
            one.answer.setblocking(False)
            one.answer.send(b"\n" + _ending(code, is_overdue=one.is_overdue).encode())

    def _end_all(self) -> None:
        for one in self._running.values():
            _end_group(one.pid)


def _ending(code: int, *, is_overdue: bool) -> str:
    if is_overdue or code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    return {0: "done", _MEMORY: "memory", _FULL: "written"}.get(code, "crash")


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        # It may not have come to make a group of its own yet.
        os.kill(pid, signal.SIGKILL)


def _child(request: dict[str, object], limits: Limits, answer: socket.socket, streams: list[int]) -> None:
    """Never returns."""
    code = 1
    try:
        os.setsid()
        _tie(limits)
        said = _told(request, streams)
        answer.sendall(said)
        code = 0
    except MemoryError:
        code = _MEMORY
    except OSError as error:
        code = _FULL if error.errno in (27, 28, 122) else 1
    finally:
        os._exit(code)


def _tie(limits: Limits) -> None:
    confinement.die_with_parent()
    os.nice(10)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    confinement.limit_memory(limits.memory)
    confinement.limit_use(
        processor_seconds=ceil(limits.seconds), written=limits.written, open_files=limits.open_files
    )
    confinement.filter_calls(may_run_programs=limits.may_run_programs, may_ask_network=limits.may_ask_network)


def _told(request: dict[str, Any], streams: list[int]) -> bytes:
    """The answer as JSON, or the refusal by its code."""
    # Opened anew: where somebody else reads in the same file is not this process's business.
    opened = [open(f"/proc/self/fd/{stream}", "rb") for stream in streams]  # noqa: SIM115 - the process ends soon
    try:
        return to_json({"answer": _function(request["function"])(*opened, **request["arguments"])})
    except DomainError as refusal:
        params = {name: value for name, value in refusal.params.items() if isinstance(value, str | int)}
        return to_json({"refusal": refusal.code, "params": params})


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
    # Nothing is left to be tidied up, and libraries would complain of one another's manners.
    os._exit(0)
