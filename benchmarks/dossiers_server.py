"""The web server under test, and what every process of it costs: CPU seconds read from /proc."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the web server's processes and of the PostgreSQL server's."""

    web: float
    database: float

    def __sub__(self, earlier: "Cost") -> "Cost":
        return Cost(self.web - earlier.web, self.database - earlier.database)


@dataclass(frozen=True, slots=True)
class Site:
    port: int
    pid: int
    postmaster: int

    def cost(self) -> Cost:
        return Cost(_of_tree(self.pid), _of_tree(self.postmaster))


@contextmanager
def site(url: str, port: int, workers: int, threads: int) -> Iterator[Site]:
    """granian with the product as installed: its middleware, its settings, logging of warnings only."""
    from motcua.cli.running.programs import answers, web

    program = web(host="127.0.0.1", port=port, workers=workers, threads=threads)
    environment = os.environ | {"DATABASE_URL": url, "MOTCUA_LOG_LEVEL": "WARNING"}
    source = str(Path(__file__).resolve().parents[1] / "src")
    environment["PYTHONPATH"] = source
    with psycopg.connect(url) as connection:
        folder = connection.execute("select pg_backend_pid()").fetchone()
        backend = folder[0] if folder else 0
        postmaster = _parent(backend)
    process = subprocess.Popen(program.argv, env=environment, stdout=sys.stderr)
    try:
        healthy = answers(f"http://127.0.0.1:{port}/healthz")
        deadline = time.monotonic() + 90
        while not healthy():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the web server does not start")
            time.sleep(0.2)
        yield Site(port, process.pid, postmaster)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _of_tree(root: int) -> float:
    """CPU seconds of a process, its ended children and its living descendants."""
    children: dict[int, list[int]] = {}
    spent: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        fields = _stat(int(entry))
        if fields is None:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry))
        spent[int(entry)] = sum(int(field) for field in fields[11:15])
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += spent.get(pid, 0)
        waiting += children.get(pid, [])
    return total / TICKS


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat after the name: state, parent, … utime, stime, cutime, cstime at 11 to 14."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
