"""The dossier core over its HTTP API: eight clients on an external PostgreSQL holding a million dossiers.

usage: dossiers.py [--dossiers 1000,1000000] [--seconds 5] [--rounds 3] [--workers 2] [--threads 4]
                   [--only "move;read one"] [--no-floor] [--plans] [--drop]

The server is the one DATABASE_URL names (its role must be allowed to make databases); without it, a durable cluster
of the project's own is made in the data folder. A database once loaded is kept and used again; --drop drops it.
Reference: Open Zaak 1.30 on the same kind of machine. Floor: the same SQL statements replayed by pgbench.
Tables are printed as Markdown for docs/benchmarks.md.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - the path comes first
from benchmarks.dossiers_server import Cost, Site, site  # noqa: E402 - after the path is set
from benchmarks.dossiers_work import CHANGING, CLASSES, Call, Stage, stage  # noqa: E402 - after the path is set

#: Open Zaak 1.30: operations a second at best, and the goal of the project.
REFERENCE = {
    "create + receive": (24, 240),
    "move": (11, 110),
    "read one": (39, 390),
    "list 20, filters": (25, 80),
    "search by words": (None, None),
    "first page": (8, 80),
    "page 1,000": (1, None),
    "of one citizen": (None, None),
}
GENERATOR = 3


@dataclass(frozen=True, slots=True)
class Round:
    rate: float
    p50: float
    p95: float
    wrong: int
    web: float
    database: float
    client: float
    load: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dossiers", default="1000,1000000")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument(
        "--only", default=";".join(CLASSES), help="classes of operations, by name, with semicolons between"
    )
    parser.add_argument("--no-floor", action="store_true")
    parser.add_argument("--plans", action="store_true", help="print the plan of every list, and nothing else")
    parser.add_argument("--drop", action="store_true", help="drop the databases and stop")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.dossiers.split(",")]
    if len(sizes) > 1:  # the settings of Django are of one database: a process for each
        for size in sizes:
            subprocess.run(
                [sys.executable, __file__, *_others(sys.argv[1:]), "--dossiers", str(size)], check=True
            )
        return
    with database.server() as server:
        target = database.of_size(server, sizes[0])
        if asked.drop:
            database.drop(server, target)
            return
        prepare(server, target, sizes[0])
        if asked.plans:
            from benchmarks.dossiers_plans import show

            show()
            return
        print(f"\n### {sizes[0]:,} dossiers\n\n{database.settings_of(target)}.", flush=True)
        run(asked, target, stage(sizes[0]))


def _others(argv: list[str]) -> list[str]:
    """The arguments without --dossiers."""
    if "--dossiers" in argv:
        at = argv.index("--dossiers")
        return argv[:at] + argv[at + 2 :]
    return [word for word in argv if not word.startswith("--dossiers=")]


def prepare(server: str, target: str, dossiers: int) -> None:
    """Point Django at the database; make and fill it if it is not there."""
    from motcua.cli import environment

    os.environ["DATABASE_URL"] = target
    os.environ["MOTCUA_LOG_LEVEL"] = "WARNING"
    environment.complete()
    parameters: dict[str, object] = {"dossiers": dossiers, "generator": GENERATOR}
    is_there = database.is_loaded(server, target, parameters)
    if not is_there:
        database.make(server, target)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    if is_there:
        print(f"The {dossiers:,} dossiers loaded before are used again.", flush=True)
        return
    from benchmarks.dossiers_generator import fill

    from motcua.dossiers import queries
    from motcua.dossiers.models import Dossier
    from motcua.kernel import clock
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory  # needs the settings: after `complete`
    from motcua.provisioning.demo.procedures import load_demo_pack

    load_demo_directory(actor=SYSTEM, password=None)
    load_demo_pack(actor=SYSTEM)
    began = time.monotonic()
    fill(dossiers, clock.today())
    print(f"{dossiers:,} dossiers loaded in {time.monotonic() - began:.0f} s", file=sys.stderr)
    for key in Dossier.objects.order_by("?").values_list("id", flat=True)[:200]:
        report = queries.verify_chain(dossier_id=key)
        if report.faults:
            raise SystemExit(f"the generator made a broken chain: {report.faults}")
    database.mark(target, parameters)


def run(asked: argparse.Namespace, target: str, on: Stage) -> None:
    names = [name for name in CLASSES if name in asked.only.split(";")]
    rounds: dict[str, list[Round]] = {name: [] for name in names}
    with site(target, asked.port, asked.workers, asked.threads) as running:
        for number in range(asked.rounds + 1):
            for name in names:  # round 0 warms up
                seconds = asked.seconds if number else 1.5
                calls = CLASSES[name](on, int(seconds * 80) if name in CHANGING else 2000)
                measured = measure(running, name, calls, seconds)
                if number:
                    rounds[name].append(measured)
    print(
        f"granian, {asked.workers} workers with {asked.threads} threads; medians of {asked.rounds} rounds.\n"
    )
    print(
        "| operation | ops/s | p50 ms | p95 ms | wrong | CPU ms/op web + db + clients | SQL | reference | times ",
        end="",
    )
    print("| goal | floor ops/s | of the floor | load |\n|" + "---|" * 13)
    for name in names:
        print(line(name, rounds[name], statements(on, name), floor(asked, target, on, name)), flush=True)


def measure(running: Site, name: str, calls: list[list[Call]], seconds: float) -> Round:
    """One round of one class by the clients' process."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as work:
        json.dump({"port": running.port, "scripts": calls, "once": name in CHANGING}, work)
        work.flush()
        argv = [sys.executable, str(PROJECT / "benchmarks" / "dossiers_clients.py"), work.name, str(seconds)]
        before = running.cost()
        said = subprocess.run(argv, capture_output=True, text=True, check=False)
        cost: Cost = running.cost() - before
    if said.returncode:
        raise SystemExit(f"{name}: {said.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(said.stdout)
    times = found["times"]
    if not times:
        raise SystemExit(f"{name}: no correct answer: {found['complaint']}")
    if found["wrong"]:
        print(f"{name}: {found['wrong']} wrong, {found['complaint']}", file=sys.stderr)
    done = len(times)
    return Round(
        done / found["seconds"],
        times[done // 2] * 1000,
        times[int(done * 0.95)] * 1000,
        found["wrong"],
        cost.web / done * 1000,
        cost.database / done * 1000,
        found["cpu"] / done * 1000,
        os.getloadavg()[0],
    )


def statements(on: Stage, name: str) -> float:
    """SQL statements of one operation, transaction control included; for moves the mean of the four."""
    from benchmarks.dossiers_floor import capture

    calls = CLASSES[name](on, 8)[0][:4]
    warm = CLASSES["first page"](on, 1)[0][0]
    if name == "create + receive":
        warm = CLASSES[name](on, 8)[2][0]  # another call at the same desk
    counts = [len(capture(call, warm=warm).statements) for call in calls]
    return statistics.mean(counts)


def floor(asked: argparse.Namespace, target: str, on: Stage, name: str) -> float | None:
    """pgbench on the statements of forty calls; of moves only assign and forward, which may be repeated."""
    if asked.no_floor:
        return None
    from benchmarks.dossiers_floor import capture, replayed

    warm = CLASSES["first page"](on, 1)[0][0]
    calls = [call for script in CLASSES[name](on, 40) for call in script[:2]]
    if name not in CHANGING:
        calls = [call for script in CLASSES[name](on, 40) for call in script[:5]]
    scripts = [capture(call, warm=warm).statements for call in calls[:40]]
    rates = [replayed(target, scripts, max(2, int(asked.seconds))) for _ in range(asked.rounds)]
    reached = [rate for rate in rates if rate is not None]
    return statistics.median(reached) if reached else None


def line(name: str, rounds: list[Round], sql: float, bottom: float | None) -> str:
    def middle(field: str) -> float:
        return statistics.median(getattr(one, field) for one in rounds)

    rate = middle("rate")
    reference, goal = REFERENCE[name]
    cells = [
        name,
        f"{rate:.0f}",
        f"{middle('p50'):.1f}",
        f"{middle('p95'):.1f}",
        str(sum(one.wrong for one in rounds)),
        f"{middle('web'):.1f} + {middle('database'):.1f} + {middle('client'):.1f}",
        f"{sql:.1f}",
        str(reference or "–"),
        f"{rate / reference:.1f}×" if reference else "–",
        str(goal or "–"),
        f"{bottom:.0f}" if bottom else "–",
        f"{rate / bottom:.2f}" if bottom else "–",
        f"{middle('load'):.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
