"""A database that moves: dumped in one cluster, restored in another whose transactions have other numbers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.cli.cluster import Cluster
from motcua.cli.cluster.programs import bin_dir

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("cluster")]

#: Entries 1, 2, 4 were read and 3 was not: its transaction (12) is younger than that of 4 (11).
JOURNAL = """
INSERT INTO kernel_journalentry (xact, name, payload, at) VALUES
  ('10', 'dossiers.DossierMoved', '{}', now()), ('10', 'payments.ChargesSettled', '{}', now()),
  ('12', 'dossiers.DossierMoved', '{}', now()), ('11', 'dossiers.DossierMoved', '{}', now());
INSERT INTO kernel_streamcursor (consumer, xact, entry_id) VALUES ('oversight.facts', '11', 4);
"""

PROGRAM = """
import sys
from dataclasses import dataclass
from typing import ClassVar
import django
django.setup()
from django.db import transaction
from motcua.kernel.events import Event, announce, consume, consumer

@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang(Event):
    name: ClassVar[str] = "bells.BellRang"
    times: int

consumer("bells", BellRang)
for word in sys.argv[1:]:
    if word == "read":
        with consume("bells") as batch:
            print(*[event.times for event in batch])
    else:
        with transaction.atomic():
            announce(BellRang(times=int(word)))
"""


@pytest.fixture(scope="module")
def clusters() -> Iterator[tuple[Cluster, Cluster]]:
    """A young and an old one: the old has spent thousands of transactions more."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-clusters-"))
    folder.chmod(0o755)
    young, old = (Cluster(folder / name, is_durable=False) for name in ("young", "old"))
    with young.used(), old.used() as url:
        with psycopg.connect(url, autocommit=True) as database:
            database.execute(
                "DO $$ BEGIN FOR n IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
            )
        yield young, old
    shutil.rmtree(folder)


@pytest.mark.parametrize("way", ["to an older cluster", "to a younger cluster"])
def test_nothing_is_lost_or_doubled_where_the_database_goes(
    clusters: tuple[Cluster, Cluster], way: str, tmp_path: Path
) -> None:
    origin, target = clusters if way == "to an older cluster" else reversed(clusters)
    database = f"moving_{way.split()[2]}"
    here, there = made(origin, database), made(target, database)
    manage(here, "migrate", "procrastinate")
    manage(here, "migrate", "kernel")
    assert rung(here, "1", "2", "read", "3") == "1 2\n"
    move(here, there, tmp_path)
    assert next_transaction(here) != next_transaction(there)
    assert rung(there, "4", "read", "5", "read", "read") == "3 4\n5\n\n"


@pytest.mark.parametrize("way", ["to an older cluster", "to a younger cluster", "nowhere"])
def test_a_place_kept_by_transactions_becomes_marks_wherever_it_comes_from(
    clusters: tuple[Cluster, Cluster], way: str, tmp_path: Path
) -> None:
    """The upgrade of a database that may have been moved before: no entry that was not read is passed over."""
    origin, target = clusters if way != "to a younger cluster" else reversed(clusters)
    database = f"upgraded_{way.split()[-2] if ' ' in way else way}"
    here = made(origin, database)
    manage(here, "migrate", "kernel", "0001")
    execute(here, JOURNAL)
    if way != "nowhere":
        there = made(target, database)
        move(here, there, tmp_path)
        here = there
    execute(
        here,
        "INSERT INTO kernel_journalentry (name, payload, at) VALUES ('dossiers.DossierMoved', '{}', now())",
    )
    manage(here, "migrate", "kernel", "0002")
    assert execute(here, "SELECT consumer, entry_id FROM kernel_unread ORDER BY 2") == [
        ("oversight.facts", 3),
        ("oversight.facts", 5),
    ]


def made(cluster: Cluster, database: str) -> str:
    with psycopg.connect(cluster.url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {database}")
    return cluster.url.rpartition("/")[0] + "/" + database


def move(here: str, there: str, folder: Path) -> None:
    tools = bin_dir()
    dump = folder / "dump"
    subprocess.run([tools / "pg_dump", "--format=custom", f"--file={dump}", here], check=True)
    subprocess.run(
        [tools / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={there}", dump], check=True
    )


def manage(url: str, *words: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "django", *words],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def rung(url: str, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as database:
        done = database.execute(statement)
        return done.fetchall() if done.description else []


def next_transaction(url: str) -> object:
    return execute(url, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text")[0][0]
