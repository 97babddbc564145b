"""The programs of one installation: web, worker and the jobs that come before them."""

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from motcua.cli.running.supervisor import Program

#: Who serves pages or works off the queue owns nothing and cannot become the owner.
_OWNERS_ONLY = ("DATABASE_OWNER_URL",)


#: Jobs of the night read whole tables; nobody waits at a desk for them. What they wait for, the queue tries again.
_PATIENT = {
    "MOTCUA_STATEMENT_SECONDS": "3600",
    "MOTCUA_LOCK_SECONDS": "0",
    "MOTCUA_IDLE_TRANSACTION_SECONDS": "3600",
}


def module(name: str, *argv: str) -> list[str]:
    """The command that runs a module of ours.

    Never with the folder the operator stands in on the path (-P): a file there named like one of the library's would be run.
    """
    return [sys.executable, "-P", "-m", name, *argv]


def prepare() -> Program:
    """Migrations and static files, as a job."""
    return Program("prepare", module("motcua.cli.running.preparing"))


def web(*, host: str, port: int, workers: int, threads: int) -> Program:
    """The web server: each worker is a process with its own threads; a worker that dies is replaced."""
    argv = module("granian", "--interface", "wsgi", "--host", host, "--port", str(port))
    argv += ["--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers"]
    argv += ["--workers-kill-timeout", "10", "--log-level", "warning", "motcua.wsgi:application"]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return Program(
        "web",
        argv,
        is_ready=answers(f"http://{shown}:{port}/healthz"),
        is_alive=answers(f"http://{shown}:{port}/healthz/live", within=20.0),
        may_start=is_free(host, port),
        withheld=_OWNERS_ONLY,
    )


def facts() -> Program:
    """The process that only counts what happened: no letter and no typesetting keeps the public figures waiting."""
    return _worker("facts", concurrency=1, more=["--queues", "facts"])


def worker(number: int, *, concurrency: int) -> Program:
    """A process that works off the queue in PostgreSQL."""
    return _worker(f"worker-{number}", concurrency=concurrency)


def _worker(name: str, *, concurrency: int, more: Sequence[str] = ()) -> Program:
    argv = module("django", "procrastinate", "worker")
    argv += [
        "--name",
        name,
        "--concurrency",
        str(concurrency),
        "--shutdown-graceful-timeout",
        "10",
        # A job that did its work leaves no row: some run every second. What failed stays to be seen.
        "--delete-jobs",
        "successful",
        *more,
    ]
    return Program(name, argv, stops_within=20.0, withheld=_OWNERS_ONLY, environment=_PATIENT)


def is_free(host: str, port: int) -> Callable[[], str]:
    """A question: what keeps us from listening there? Empty where nothing does."""

    def ask() -> str:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as refusal:
                return (
                    f"cannot listen on {host}:{port}: {refusal.strerror}. Another program holds it? "
                    "Choose another with --port or MOTCUA_PORT."
                )
        return ""

    return ask


def answers(url: str, within: float = 2.0) -> Callable[[], bool]:
    """A question: does this address answer with success within so many seconds? Never through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask() -> bool:
        try:
            with opener.open(url, timeout=within) as answer:
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False

    return ask


def listens(port: int) -> Callable[[], bool]:
    """A question: does anybody listen on this loopback port?"""

    def ask() -> bool:
        with socket.socket() as probe:
            probe.settimeout(1.0)
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return ask
