"""What `script/check` does: each check timed, all of them run, the output of those that fail shown at the end."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BIN = PROJECT / ".venv" / "bin"
PYTHON_FOLDERS = [name for name in ("src", "tests", "benchmarks", "script/lib") if (PROJECT / name).is_dir()]


def main() -> int:
    is_fixing = "--fix" in sys.argv[1:]
    failed: dict[str, str] = {}
    for title, check in checks(is_fixing).items():
        began = time.monotonic()
        print(f"  {title} …", end="", flush=True)
        trouble = check()
        print(f" {'failed' if trouble else 'ok'} · {time.monotonic() - began:.1f} s", flush=True)
        if trouble:
            failed[title] = trouble
    for title, trouble in failed.items():
        print(f"\n── {title} " + "─" * max(2, 90 - len(title)) + f"\n{trouble}")
    print(f"\n{'✗ ' + ', '.join(failed) if failed else '✓ all checks hold'}")
    return 1 if failed else 0


def checks(is_fixing: bool) -> dict[str, Callable[[], str]]:
    """Each check by its title; a check gives back what is wrong, or nothing."""
    ruff = str(BIN / "ruff")
    return {
        "format": lambda: said([ruff, "format", *([] if is_fixing else ["--check"]), *PYTHON_FOLDERS]),
        "lint": lambda: said([ruff, "check", *(["--fix"] if is_fixing else []), *PYTHON_FOLDERS]),
        "lint of scripts": lambda: said(
            [str(BIN / "oxlint"), *(["--fix"] if is_fixing else []), "src", "tests/js"]
        ),
        "types": lambda: said([str(BIN / "mypy")]),
        "import contracts": lambda: said([str(BIN / "lint-imports"), "--no-logo"]),
        "migrations": lambda: said(
            [str(BIN / "python"), "-m", "django", "makemigrations", "--check", "--dry-run"]
        ),
        "message catalogues": message_catalogues,
    }


def said(argv: list[str]) -> str:
    """Run a tool; what it printed if it found something wrong, else nothing.

    No database is needed: the tools read the models, and the address only has to look like one.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "PYTHONPATH": str(PROJECT / "src"),
        "NO_COLOR": "1",
    }
    done = subprocess.run(argv, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() or "failed without a word" if done.returncode else ""


def message_catalogues() -> str:
    """Every text of the templates and the code is in its English catalogue, translated and well-formed."""
    troubles = []
    for catalogue in sorted((PROJECT / "src").rglob("LC_MESSAGES/*.po")):
        counted = subprocess.run(
            ["msgfmt", "--check", "--statistics", "-o", os.devnull, str(catalogue)],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        if counted.returncode or re.search(r"fuzzy|untranslated", counted.stderr):
            troubles.append(f"{catalogue.relative_to(PROJECT)}: {counted.stderr.strip()}")
    return "\n".join(troubles)


if __name__ == "__main__":
    sys.exit(main())
