"""What the record of rows costs: creates and moves through the API with its triggers and without, by turns in one process.

usage: record.py [--dossiers 1000] [--turns 60] [--calls 8]

Both ways run in one process on one connection, in short turns one after the other, so that a busy machine slows both. What is
compared is the processor time of the backend of PostgreSQL that serves the connection (nanoseconds on a processor, from /proc):
the median over the turns, and the median of how much more a turn with the record took than the turn without beside it.
"""

import argparse
import statistics
import sys
from itertools import islice
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - the path comes first
from benchmarks.dossiers import prepare  # noqa: E402 - after the path is set
from benchmarks.dossiers_work import CHANGING, CLASSES, Call, Stage, stage  # noqa: E402 - after the path is set

#: Calls after each switch that are not measured: plans are made anew after it. All four moves of a dossier.
WARM = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--calls", type=int, default=8, help="of each kind in a turn")
    asked = parser.parse_args()
    with database.server() as server:
        prepare(server, database.of_size(server, asked.dossiers), asked.dossiers)
        run(stage(asked.dossiers), asked.turns, asked.calls)


def run(on: Stage, turns: int, calls: int) -> None:
    print(
        f"\n{turns} turns of {calls} calls; processor time of the database, ms a call, medians (quartiles)."
        "\n\n| operation | without | with the record | more, turn by turn |\n|---|---|---|---|"
    )
    tables = recorded()
    try:
        for name in sorted(CHANGING):
            work = iter(
                [call for script in CLASSES[name](on, turns * (calls + WARM) // 4 + 4) for call in script]
            )
            costs: dict[bool, list[float]] = {True: [], False: []}
            for turn in range(turns):
                for is_recorded in (True, False) if turn % 2 else (False, True):
                    switch(tables, is_recorded)
                    spent(list(islice(work, WARM)))
                    costs[is_recorded].append(spent(list(islice(work, calls))))
            more = [after / before - 1 for before, after in zip(costs[False], costs[True], strict=True)]
            print(
                f"| {name} | {shown(costs[False])} | {shown(costs[True])} | {statistics.median(more):+.1%} |",
                flush=True,
            )
    finally:
        switch(tables, True)
        anew(tables)


def shown(costs: list[float]) -> str:
    low, middle, high = statistics.quantiles(costs, n=4) if len(costs) > 1 else costs * 3
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


def spent(calls: list[Call]) -> float:
    """Milliseconds of processor that the backend spends on a call."""
    from benchmarks.dossiers_floor import send
    from django.db import connection
    from django.test import Client

    client = Client(HTTP_HOST="localhost", raise_request_exception=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((pid,),) = cursor.fetchall()
    before = on_processor(pid)
    for call in calls:
        answer: Any = send(client, call)
        if answer.status_code != call[4]:
            raise SystemExit(f"{call[0]} {call[1]}: {answer.status_code} {answer.content[:300]!r}")
    return (on_processor(pid) - before) / len(calls) / 1e6


def on_processor(pid: int) -> int:
    """Nanoseconds that a process was on a processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def recorded() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kernel_recordkind WHERE columns <> '{}'")
        return [name for (name,) in cursor.fetchall()]


def switch(tables: list[str], is_on: bool) -> None:
    """The triggers of the record on or off."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if is_on else 'DISABLE'} TRIGGER {table}_record")


def anew(tables: list[str]) -> None:
    """What came while the record was off would be found as edited: all lines again."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_record")
        for table in tables:
            cursor.execute("SELECT record_all(%s)", [table])


if __name__ == "__main__":
    main()
