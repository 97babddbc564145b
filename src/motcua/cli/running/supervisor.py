"""Starts programs, waits until each is ready, restarts those that die, and stops all of them in reverse order.

Everything here happens in the main thread but for reading what the programs print: a program must end with its parent,
and the kernel ties that to the thread that started it.
"""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from motcua.cli.cluster.programs import dying_with_us

Show = Callable[[str, str], None]
"""(program, line) to the operator."""

_TICK = 0.1
_LONGEST_PAUSE = 30.0
_PROVEN_AFTER = 60.0
_ASKED_EVERY = 10.0


class ProgramFailed(RuntimeError):
    """A program did not start, or a job ended badly; the text carries its last words."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the installation. `is_ready` says whether it serves; without it, running is enough.

    `is_alive` is asked all the time: a program that runs and has not answered for `hung_after` seconds is started anew.
    `may_start` says what is in the way (empty: nothing) before it is started for the first time.
    """

    name: str
    argv: Sequence[str]
    is_ready: Callable[[], bool] | None = None
    is_alive: Callable[[], bool] | None = None
    may_start: Callable[[], str] | None = None
    ready_within: float = 60.0
    hung_after: float = 120.0
    stops_within: float = 15.0
    environment: Mapping[str, str] = field(default_factory=dict)
    withheld: Sequence[str] = ()  # what of our own environment it is not given


class Child:
    """One running program, and the memory of how often it died."""

    def __init__(self, program: Program, show: Show) -> None:
        self.program = program
        self.last_words: deque[str] = deque(maxlen=20)
        self._show = show
        self._deaths = 0
        self._restart_at: float | None = None
        self._launch()

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tend(self) -> None:
        """Restart the program if it died, after a pause that doubles with each quick death."""
        now = time.monotonic()
        if self._restart_at is not None:
            if now >= self._restart_at:
                self._launch()
            return
        code = self._process.poll()
        if code is None:
            if now - self._answered < self.program.hung_after:
                return
            self._show(self.program.name, f"has not answered for {self.program.hung_after:.0f} s; ending it")
            self._end_remains()
            code = self._process.wait()
        self._end_remains()
        self._deaths = 1 if now - self._started > _PROVEN_AFTER else self._deaths + 1
        pause = min(_LONGEST_PAUSE, 0.5 * 2 ** (self._deaths - 1))
        self._show(self.program.name, f"ended unexpectedly ({_told(code)}); starting again in {pause:.1f} s")
        self._restart_at = now + pause

    def stop(self) -> None:
        """Ask the program to end, then insist; whatever it started ends with it."""
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(self.program.stops_within)
        self._end_remains()
        self._process.wait()
        self._reader.join(1.0)

    def _end_remains(self) -> None:
        """End what a dead program left running: it may hold the port that the next one needs."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _launch(self) -> None:
        self._restart_at = None
        self._started = self._answered = time.monotonic()
        self._process = subprocess.Popen(
            dying_with_us(self.program.argv, "TERM"),
            env={name: value for name, value in os.environ.items() if name not in self.program.withheld}
            | {"PYTHONUNBUFFERED": "1"}
            | dict(self.program.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=[self._process.stdout], daemon=True)
        self._reader.start()
        threading.Thread(target=self._listen, args=[self._process], daemon=True).start()

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        """Remember when the program answered last. What is not asked answers as long as it runs."""
        ask = self.program.is_alive
        while process.poll() is None and process is self._process:
            if ask is None or ask():
                self._answered = time.monotonic()
            time.sleep(min(_ASKED_EVERY, self.program.hung_after / 4))

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.last_words.append(line.rstrip())
            self._show(self.program.name, line.rstrip())


class Supervisor:
    """The programs of one installation. Use as a context; leaving it stops everything.

    `recalls` says whether a failure repeats the program's last words, for where they were not shown.
    """

    def __init__(self, show: Show, *, recalls: bool = True) -> None:
        self._recalls = recalls
        self._show = show
        self._children: list[Child] = []
        self._chores: list[Callable[[], object]] = []
        self.is_asked_to_stop = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)
        return self

    def __exit__(self, *_: object) -> None:
        for child in reversed(self._children):
            child.stop()

    def also(self, chore: Callable[[], object]) -> None:
        """Do this at every round of watching, too."""
        self._chores.append(chore)

    def start(self, program: Program) -> Child:
        """Start a program and wait until it is ready. Raises like `await_ready`."""
        return self.await_ready(self.launch(program))

    def launch(self, program: Program) -> Child:
        """Start a program and go on. Raises `ProgramFailed` when something is in its way."""
        if obstacle := program.may_start() if program.may_start else "":
            raise ProgramFailed(f"{program.name} {obstacle}")
        child = Child(program, self._show)
        self._children.append(child)
        return child

    def await_ready(self, child: Child) -> Child:
        """Wait until a launched program is ready.

        Raises `ProgramFailed` when it ends before that or does not become ready in its time.
        """
        program = child.program
        deadline = time.monotonic() + program.ready_within
        while program.is_ready is not None and not program.is_ready():
            self._round(without=child)
            if child.exit_code is not None:
                raise ProgramFailed(self._obituary(child, f"ended with {_told(child.exit_code)}"))
            if time.monotonic() > deadline or self.is_asked_to_stop:
                raise ProgramFailed(self._obituary(child, "did not become ready"))
        return child

    def finish(self, program: Program) -> int:
        """Run a job to its end while the others are watched; give back its exit code."""
        child = Child(program, self._show)
        try:
            while child.exit_code is None and not self.is_asked_to_stop:
                self._round()
        finally:
            child.stop()
        return 130 if child.exit_code is None else child.exit_code

    def succeed(self, program: Program) -> None:
        """Run a job that must end well. Raises `ProgramFailed` otherwise."""
        child = Child(program, self._show)
        while child.exit_code is None and not self.is_asked_to_stop:
            self._round()
        child.stop()
        if child.exit_code != 0:
            raise ProgramFailed(self._obituary(child, f"ended with {_told(child.exit_code or 0)}"))

    def watch(self) -> None:
        """Keep everything running until a signal asks to stop."""
        while not self.is_asked_to_stop:
            self._round()

    def _round(self, without: Child | None = None) -> None:
        for child in self._children:
            if child is not without:
                child.tend()
        for chore in self._chores:
            chore()
        time.sleep(_TICK)

    def _obituary(self, child: Child, what: str) -> str:
        words = ". Its last words:\n" + "\n".join(child.last_words) if self._recalls else ""
        return f"{child.program.name} {what}{words}"

    def _stop_asked(self, number: int, _frame: FrameType | None) -> None:
        self.is_asked_to_stop = True


def _told(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
