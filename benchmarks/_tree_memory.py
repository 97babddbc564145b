"""Peak memory of a process and everything it started: proportional set size, shared pages counted once."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    peak_bytes: int
    #: Processor seconds of the whole tree; steadier than the clock on a machine shared with others.
    cpu_seconds: float
    code: int
    output: str


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end, watching its tree ten times a second."""
    used = os.times()
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    with watched(process.pid) as peak:
        output, _ = process.communicate()
    now = os.times()
    cpu = now.children_user + now.children_system - used.children_user - used.children_system
    return Run(time.monotonic() - began, peak(), cpu, process.returncode, output)


@contextmanager
def watched(pid: int, *, every: float = 0.1) -> Iterator[Callable[[], int]]:
    """Ask how many bytes a process and all it started held at most so far; looked at ten times a second by default."""
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(every):
            peak = max(peak, sum(_proportional(one) for one in _tree(pid)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: peak
    finally:
        ended.set()
        watcher.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for thread in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (thread / "children").read_text().split()]
        except (OSError, ValueError):
            continue
    return found


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0
