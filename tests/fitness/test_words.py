"""Words are complete: each move, form, notice and state has what the law and the faces need of it, and is translated."""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.fitness.completeness import gaps
from tests.fitness.texts import PROJECT


def test_every_word_has_what_it_needs() -> None:
    assert gaps() == []


#: file → what is taken away, what is put there, the gap that must be seen
_BREAKS = {
    "dossiers/words/life.py": [
        ("        ends_as=Ending.STOPPED,\n", "", "stop: a statistical ending"),
        (
            "        ends_as=Ending.WITHDRAWN,\n",
            "        ends_as=Ending.RESOLVED,\n",
            "withdraw: resolved in the",
        ),
        ('name="Trình lãnh đạo"', 'name="Trình người ký"', "“Trình người ký” translated"),
        ('permission="dossier.stop"', 'permission="dossier.halt"', "stop: a permission that some role holds"),
        ("    MoveKey.ASSIGN: _STEP,\n", "", "assign: a form, or a reason"),
    ],
    "dossiers/words/forms.py": [
        ('    LEDGER = "07"\n', '    LEDGER = "07"\n    TRANSFER = "08"\n', "form 08: a title"),
    ],
    "web/api/schemas.py": [
        ("    MoveKey.TRANSFER:", "    MoveKey.CONSULT:", "transfer: an act of the API"),
    ],
    "web/office/acts/work.py": [
        ("    MoveKey.EXTEND: ActForm(", "    MoveKey.SUPPLY: ActForm(", "extend: a page for officers"),
    ],
    "web/counter/templates/counter/_acts.html": [
        ('"hand_over" in moves', '"hand_back" in moves', "hand_over: a form at the desk"),
    ],
    "channels/rules/notices.py": [
        ("    NoticeKind.CORRECTED:", '    "mended":', "notice corrected: words in both languages"),
    ],
    "oversight/rules/standing.py": [
        ("    Ending.SENT_BACK: Outcome.SENT_BACK,\n", "", "sent_back: an outcome in the statistics"),
    ],
}


def test_a_broken_tree_is_seen(tmp_path: Path) -> None:
    """The twin: each break in a copy of the tree is named, and so is a template that is gone."""
    copy = tmp_path / "src" / "motcua"
    shutil.copytree(PROJECT / "src" / "motcua", copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name, breaks in _BREAKS.items():
        path = copy / name
        text = path.read_text(encoding="utf-8")
        for old, new, _ in breaks:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    (copy / "dossiers" / "templates" / "dossiers" / "forms" / "03.html").unlink()
    told = subprocess.run(
        [sys.executable, "-m", "tests.fitness.completeness"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": f"{copy.parent}:{PROJECT}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    expected = [gap for breaks in _BREAKS.values() for _, _, gap in breaks] + ["form 03: a template"]
    assert [gap for gap in expected if gap not in told] == [], told


def test_a_name_behind_the_doors_means_one_thing() -> None:
    """No two packages offer classes of one name: whoever reads `Side` knows whose without looking at the import."""
    found: dict[str, set[str]] = {}
    for package in sorted(path.parent for path in (PROJECT / "src" / "motcua").glob("*/apps.py")):
        for door in ("words", "queries", "services", "events"):
            if not list(package.glob(f"{door}*")):
                continue
            module = import_module(f"motcua.{package.name}.{door}")
            offered = getattr(module, "__all__", None) or vars(module)
            for name, thing in ((name, vars(module)[name]) for name in offered):
                if isinstance(thing, type) and thing.__module__.startswith("motcua."):
                    found.setdefault(name, set()).add(f"{thing.__module__}.{thing.__qualname__}")
    twice = {name: sorted(origins) for name, origins in found.items() if len(origins) > 1}
    assert twice == {}
