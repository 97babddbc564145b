"""What a piece of work costs: seconds, processor of this program and of the server, memory, bytes of WAL."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from benchmarks._tree_memory import watched

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Spending:
    """Filled in when the block ends."""

    seconds: float = 0.0
    processor: float = 0.0
    server: float = 0.0
    peak_bytes: int = 0
    wal_bytes: int = 0

    def each(self, number: int) -> str:
        """In words, and for each of so many."""
        total = self.processor + self.server
        return (
            f"{self.seconds:.0f} s ({number / self.seconds:,.0f}/s); processor {self.processor:.0f} s here and "
            f"{self.server:.0f} s in the database = {total / number * 1e6:,.0f} µs each, {total / 2:.0f} s on two idle cores; "
            f"at most {self.peak_bytes / 2**20:,.0f} MiB here; {self.wal_bytes / 2**20:,.0f} MiB of WAL"
        )


@contextmanager
def spending(address: str) -> Iterator[Spending]:
    """Measure a block that works with a server on this machine. Processes it starts must have ended with it."""
    found = Spending()
    with psycopg.connect(address, autocommit=True) as connection:
        server = _server_of(connection)
        wal, on_server, here, began = (
            _wal(connection),
            _processor_of(server),
            _processor(),
            time.perf_counter(),
        )
        with watched(os.getpid(), every=1.0) as peak:  # more often would cost what it measures
            yield found
        found.seconds = time.perf_counter() - began
        found.processor, found.server = _processor() - here, _processor_of(server) - on_server
        found.wal_bytes, found.peak_bytes = _wal(connection) - wal, peak()


def _server_of(connection: "psycopg.Connection[tuple[object, ...]]") -> int:
    """The process that all backends of the server are children of."""
    (backend,) = connection.execute("select pg_backend_pid()").fetchone() or (0,)
    return int(_stat(Path(f"/proc/{backend}/stat"))[1])


def _wal(connection: "psycopg.Connection[tuple[object, ...]]") -> int:
    row = connection.execute("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint").fetchone()
    return int(str(row[0])) if row else 0


def _processor_of(server: int) -> float:
    """Of the server, its ended backends and its living ones."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = _stat(stat)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if stat.parent.name == str(server):
            ticks += sum(int(field) for field in fields[11:15])
        elif fields[1] == str(server):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def _stat(stat: Path) -> list[str]:
    """The fields after the name of the program, which may hold blanks: state, parent, …"""
    return stat.read_text().rpartition(")")[2].split()


def _processor() -> float:
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        spent += used.ru_utime + used.ru_stime
    return spent
