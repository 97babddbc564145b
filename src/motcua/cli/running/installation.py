"""One installation, brought up in order: database, outside world, migrations, static files, web, workers."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from motcua.cli import environment
from motcua.cli.cluster import ClusterError, default_cluster, placed
from motcua.cli.running import outside_world, programs
from motcua.cli.running.supervisor import Child, Program, ProgramFailed, Supervisor

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the installation on this machine is."""

    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 1
    web_threads: int = 4
    queue_workers: int = 1
    queue_concurrency: int = 2
    has_simulators: bool = False

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


class Screen:
    """What the programs print: to the screen with the program's name, or to `var/log/NAME.log`.

    A quiet screen lets only the programs named in `aloud` speak, in their own words.
    """

    def __init__(self, *, is_quiet: bool, aloud: Set[str] = frozenset()) -> None:
        self.is_quiet = is_quiet
        self._aloud = aloud
        self._folder = environment.data_dir() / "log"
        self._folder.mkdir(parents=True, exist_ok=True)
        # Names and addresses may stand in what programs say: only the owner reads it, whoever made the folder when.
        self._folder.chmod(0o700)

    def show(self, program: str, line: str) -> None:
        if program in self._aloud:
            print(line, flush=True)
        elif self.is_quiet:
            with open(self._folder / f"{program}.log", "a", opener=_for_owner) as log:
                log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {line}\n")
        else:
            print(f"{program:<10} │ {line}", flush=True)


def _for_owner(path: str, flags: int) -> int:
    number = os.open(path, flags, 0o600)
    os.fchmod(number, 0o600)
    return number


@contextmanager
def running(
    shape: Shape, *, screen: Screen, tell: Tell, prepare: Program | None = None
) -> Iterator[Supervisor]:
    """The whole installation for as long as the block lasts.

    `prepare` is the job that comes before the web; by default migrations and static files.
    Raises `ClusterError` or `ProgramFailed` with what the operator needs to know.
    """
    environment.complete()
    os.environ.setdefault("MOTCUA_BASE_URL", shape.address)
    # Said on the command line or not: the web process must know how many of its threads files may take.
    os.environ["MOTCUA_WEB_THREADS"] = str(shape.web_threads)
    with (
        _alone(environment.data_dir() / "server.lock"),
        _database(tell) as revive,
        Supervisor(screen.show, recalls=screen.is_quiet) as supervisor,
    ):
        supervisor.also(revive)
        outside: list[Child] = []
        if shape.has_simulators:
            _step(tell, "outside world", lambda: outside.extend(outside_world.start(supervisor)))
        _step(tell, "preparation", lambda: supervisor.succeed(prepare or programs.prepare()))
        _step(tell, "web and worker", lambda: _serve(supervisor, shape, outside))
        yield supervisor


def _serve(supervisor: Supervisor, shape: Shape, outside: Sequence[Child]) -> None:
    supervisor.launch(programs.facts())
    for number in range(1, shape.queue_workers + 1):
        supervisor.launch(programs.worker(number, concurrency=shape.queue_concurrency))
    supervisor.start(
        programs.web(host=shape.host, port=shape.port, workers=shape.web_workers, threads=shape.web_threads)
    )
    for child in outside:
        supervisor.await_ready(child)


@contextmanager
def _database(tell: Tell) -> Iterator[Callable[[], None]]:
    """The embedded cluster, or nothing at all where `DATABASE_URL` names a server. Gives what revives it."""
    if os.environ.get("DATABASE_URL"):
        yield lambda: None
        return
    cluster = default_cluster()
    began = time.monotonic()

    def revive() -> None:
        try:
            if cluster.revive():
                tell("the embedded PostgreSQL had died and was started again")
        except ClusterError as trouble:
            tell(str(trouble))
            time.sleep(1.0)

    with cluster.used(), placed(cluster):
        tell(f"embedded PostgreSQL · {time.monotonic() - began:.1f} s")
        yield revive


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One server per installation."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ProgramFailed(f"This installation already runs (process {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _step(tell: Tell, title: str, action: Callable[[], None]) -> None:
    """Do it and tell how long it took; while it takes long, tell that it goes on."""
    began = time.monotonic()
    done = threading.Event()

    def go_on() -> None:
        while not done.wait(3.0):
            tell(f"… {title} · {time.monotonic() - began:.0f} s")

    threading.Thread(target=go_on, daemon=True).start()
    try:
        action()
    finally:
        done.set()
    tell(f"{title} · {time.monotonic() - began:.1f} s")
