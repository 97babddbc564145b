"""Boundaries that hold without loopholes: the whole tree is clean, and each probe of a loophole is found in a copy of it.

A probe writes the offending file, as somebody in a hurry would, and sees the very check fail that holds the real tree.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fitness.boundaries import CHECKS
from tests.fitness.texts import PROJECT, SOURCE

#: Check, file, what somebody writes there.
PROBES: tuple[tuple[str, str, str], ...] = (
    # Behind the doors of another package.
    ("behind_doors", "oversight/services/probe.py", "from motcua.dossiers.services import intake"),
    (
        "behind_doors",
        "oversight/services/probe.py",
        "from motcua.dossiers.services.intake import begin_dossier",
    ),
    ("behind_doors", "oversight/services/probe.py", "import motcua.dossiers.services.intake as intake"),
    ("behind_doors", "oversight/services/probe.py", "from ...dossiers.services import intake"),
    ("behind_doors", "web/office/probe.py", "from motcua.dossiers.queries import lists"),
    ("behind_doors", "oversight/services/probe.py", "from motcua.provisioning.bulk.lives import load_lives"),
    ("behind_doors", "provisioning/bulk/probe.py", "from motcua.documents.adapters.signing import software"),
    ("behind_doors", "web/office/probe.py", "from motcua.dossiers import models"),
    ("behind_doors", "web/office/probe.py", "from motcua.kernel.models import JournalEntry"),
    ("behind_doors", "web/office/probe.py", "from motcua.catalogue.survey import survey"),
    ("behind_doors", "cli/probe.py", "from motcua.payments.rules.charges import check_open"),
    (
        "behind_doors",
        "oversight/queries/probe.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from motcua.dossiers.models import Dossier",
    ),
    (
        "behind_doors",
        "oversight/queries/probe.py",
        "def late():\n    from motcua.dossiers.models import Dossier\n    return Dossier",
    ),
    # By a text.
    (
        "fetched_by_name",
        "oversight/queries/probe.py",
        "from django.apps import apps\nROWS = apps.get_model('dossiers', 'Dossier').objects",
    ),
    (
        "fetched_by_name",
        "web/kit/probe.py",
        "from importlib import import_module\nM = import_module('motcua.dossiers.models')",
    ),
    ("fetched_by_name", "web/kit/probe.py", "P = 'dossiers'\nM = __import__(f'motcua.{P}.models')"),
    # Tables of others.
    ("foreign_tables", "oversight/queries/probe.py", 'SQL = "SELECT count(*) FROM dossiers_dossier"'),
    ("foreign_tables", "web/office/probe.py", 'W = "x"\nSQL = f"DELETE FROM payments_charge WHERE {W}"'),
    ("foreign_tables", "channels/services/probe.py", 'SQL = "SELECT * FROM procrastinate_jobs"'),
    ("foreign_tables", "oversight/queries/probe.py", 'TABLE = "kernel_journalentry"'),
    # States outside the rules.
    ("states_compared", "web/office/probe.py", 'def f(d):\n    return d.state == "issued"'),
    ("states_compared", "web/office/probe.py", 'def f(d):\n    return "issued" == d.state'),
    (
        "states_compared",
        "oversight/services/probe.py",
        "from motcua.dossiers.words import State\ndef f(d):\n    return d.state is State.ISSUED",
    ),
    (
        "states_compared",
        "web/office/probe.py",
        "from motcua.dossiers import words\ndef f(d):\n    return d.state in {words.State.ISSUED, words.State.SEALED}",
    ),
    (
        "states_compared",
        "dossiers/queries/probe.py",
        'def f(d):\n    match d.state:\n        case "issued":\n            return 1',
    ),
    (
        "states_compared",
        "dossiers/queries/probe.py",
        "def f(rows, State):\n    return rows.filter(state=State.ISSUED)",
    ),
    (
        "states_compared",
        "dossiers/queries/probe.py",
        "def f(rows, State):\n    return rows.exclude(from_state__in=[State.ISSUED.value])",
    ),
    ("states_compared", "web/portal/probe.py", 'def f(d):\n    return {"issued": 1}[d.state]'),
    ("states_compared", "web/portal/probe.py", 'def f(d):\n    return str(d.state).startswith("correct")'),
    # The time.
    ("clocks_read", "dossiers/services/probe.py", "import time\nNOW = time.time()"),
    ("clocks_read", "dossiers/services/probe.py", "from time import time as now\nNOW = now()"),
    ("clocks_read", "dossiers/services/probe.py", "import datetime as dt\nNOW = dt.datetime.now(dt.UTC)"),
    ("clocks_read", "web/kit/probe.py", "from django.utils import timezone\nNOW = timezone.now"),
    ("clocks_read", "dossiers/models/probe.py", "from django.db.models.functions import Now\nF = Now()"),
    # Rules that reach out.
    ("impure_rules", "dossiers/rules/probe.py", "from motcua.settings import base"),
    ("impure_rules", "dossiers/rules/probe.py", "from django.conf import settings"),
    ("impure_rules", "dossiers/rules/probe.py", "import os\nX = os.environ.get('X')"),
    ("impure_rules", "dossiers/rules/probe.py", "from urllib.request import urlopen"),
    ("impure_rules", "dossiers/rules/probe.py", "import urllib"),
    ("impure_rules", "dossiers/rules/probe.py", "def f():\n    import subprocess\n    return subprocess"),
    ("impure_rules", "dossiers/rules/probe.py", "X = open('/etc/passwd').read()"),
    (
        "impure_rules",
        "dossiers/rules/probe.py",
        "from motcua.kernel import clock\ndef f():\n    return clock.now()",
    ),
    ("impure_rules", "dossiers/rules/probe.py", "import random\nX = random.random()"),
    ("impure_rules", "dossiers/words/probe.py", "import logging"),
    ("impure_rules", "dossiers/rules/probe.py", "from motcua.catalogue.rules import codec"),
)


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_is_within_its_boundaries(check: str) -> None:
    found = CHECKS[check](SOURCE)
    assert not found, f"{len(found)} found:\n" + "\n".join(found)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of the house, for probes to be put into."""
    copy = tmp_path_factory.mktemp("tree") / "motcua"
    only_python = shutil.ignore_patterns(
        "__pycache__", "*.po", "*.json", "*.html", "*.js", "*.css", "*.svg", "*.ttf"
    )
    shutil.copytree(SOURCE, copy, ignore=only_python)
    return copy


@pytest.fixture
def probe(tree: Path) -> Iterator[Path]:
    yield tree
    for path in tree.rglob("probe.py"):
        path.unlink()


@pytest.mark.parametrize(("check", "where", "text"), PROBES, ids=range(len(PROBES)))
def test_a_probe_is_found(probe: Path, check: str, where: str, text: str) -> None:
    (probe / where).write_text(f"{text}\n", encoding="utf-8")
    found = CHECKS[check](probe, [probe / where])
    assert found, f"nothing found in {where}:\n{text}"
    assert all(line.startswith(where) for line in found), found


#: Contract, file, what somebody writes there: probes that the linter of imports must find.
LINTED: tuple[tuple[str, str, str], ...] = (
    ("Inside a module", "dossiers/probe.py", "X = 1"),
    ("Doors", "oversight/queries/probe.py", "from motcua.dossiers.models import Dossier"),
    (
        "Doors",
        "oversight/queries/probe.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from motcua.dossiers.models import Dossier",
    ),
    ("Rules are pure", "dossiers/rules/probe.py", "import subprocess"),
    ("Rules are pure", "dossiers/rules/probe.py", "from motcua.settings import base"),
    ("Rules are pure", "dossiers/rules/probe.py", "from motcua.kernel.models import JournalEntry"),
    ("The ladder", "kernel/probe.py", "from motcua.dossiers import services"),
    ("The ladder", "probe.py", "X = 1"),
    ("Faces", "web/portal/probe.py", "from motcua.web.office import words"),
    ("outside world", "kernel/probe.py", "import simulators"),
)


def broken_contracts(root: Path, cache: Path) -> str:
    """What the linter of imports says of a tree; empty where all contracts hold."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-logo",
            "--config",
            PROJECT / ".importlinter",
            "--cache-dir",
            cache,
        ],
        cwd=root.parent,
        env={**os.environ, "PYTHONPATH": f"{root.parent}{os.pathsep}{PROJECT / 'src'}", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""


def test_the_linter_finds_its_probes(probe: Path, tmp_path: Path) -> None:
    """One run of the linter for all: each probe is a line of the report, under its contract."""
    assert broken_contracts(probe, tmp_path) == ""
    for place, (_, where, text) in enumerate(LINTED):
        path = probe / where
        path.with_name(f"probe{place}.py").write_text(f"{text}\n", encoding="utf-8")
    try:
        said = broken_contracts(probe, tmp_path)
    finally:
        for path in probe.rglob("probe*.py"):
            path.unlink()
    details = said.partition("Broken contracts")[2]
    for place, (contract, where, _) in enumerate(LINTED):
        assert contract in details, said
        assert f"probe{place}" in details, (where, said)
