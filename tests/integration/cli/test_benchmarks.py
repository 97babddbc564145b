"""Benchmarks run: each at its smallest size, so that a change of the product that breaks one is seen the same day.

Their figures mean nothing here; that they come to an end, with a table and without a wrong answer, is what is looked at.
"""

import os
import re
import subprocess
import sys

import pytest
from tests.fitness.texts import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.machine]

#: Benchmark → arguments of its smallest size, and a line its table must have.
SMALLEST = {
    "dossiers": (
        ["--dossiers", "120", "--seconds", "1", "--rounds", "1", "--no-floor"],
        r"^\| create \+ receive \|",
    ),
    "drafts": (["--dossiers", "120", "--drafts", "1", "--calls", "1"], r"^\| autosave \|"),
    "outbox": (["--messages", "60"], r"^\| sent \|"),
    "paper_fields": (["--each", "1", "--no-places"], r"^\| \*\*all\*\* \|"),
    "photographs": (["--each", "1"], r"^\| two \| 1 \|"),
    "pile_splitting": (["--piles", "2", "--pool", "1"], r"^\| 2 \|"),
    "receipts": (["--receipts", "10", "--batch", "5"], r"^\| summaries \| 1 \|"),
    "typesetting": (["--forms", "4", "--every", "2"], r"^\| 4 \|"),
    "record": (["--dossiers", "120", "--turns", "2", "--calls", "4"], r"^\| move \|"),
}
#: Not tried here, and why.
UNTRIED = {
    "beside": "starts a site and six strangers for seconds on end",
    "copies": "needs a folder of public files",
    "digitization": "compares with programs that only script/setup --bench installs",
    "dossiers_clients": "the clients of `dossiers`, started by it",
    "finding": "needs the national export, which is no part of the repository",
    "measures": "fills a million rows",
    "oversight": "writes a simulated year: test_year.py runs its parts",
    "verification": "needs a folder of public signed files",
}


def test_every_benchmark_is_tried_or_named_here() -> None:
    found = {
        path.stem
        for path in (PROJECT / "benchmarks").glob("*.py")
        if "__main__" in path.read_text(encoding="utf-8") and not path.stem.startswith("_")
    }
    assert found == SMALLEST.keys() | UNTRIED.keys()


@pytest.mark.parametrize("name", sorted(SMALLEST))
def test_a_benchmark_runs(name: str) -> None:
    argv, line = SMALLEST[name]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    environment["MOTCUA_TEST_DATABASE"] = f"test_benchmark_{os.getpid()}"  # not the one this test has open
    done = subprocess.run(
        [sys.executable, str(PROJECT / "benchmarks" / f"{name}.py"), *argv],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert re.search(line, done.stdout, re.MULTILINE), done.stdout
    assert "wrong," not in done.stderr
