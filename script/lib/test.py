"""What `script/test` does once a database is there: pytest, in parallel unless the arguments say otherwise."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def main() -> None:
    given = sys.argv[1:]
    argv = [str(PROJECT / ".venv" / "bin" / "python"), "-m", "pytest"]
    chooses_workers = any(
        word == "-n" or word.startswith(("-n", "--numprocesses", "--pdb")) for word in given
    )
    names_files = any("::" in word or word.endswith(".py") for word in given)
    if not chooses_workers and not names_files:
        argv += ["-n", str(os.cpu_count() or 2), "--dist", "loadgroup", "--no-loadscope-reorder"]
    os.chdir(PROJECT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings.test"
    # Hundreds of processes start during the tests: each would compile every library anew where this is set.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for inherited in ("MOTCUA_DATA_DIR", "MOTCUA_SECRET_KEY", "MOTCUA_QR_KEY"):
        os.environ.pop(inherited, None)  # the tests keep their files and secrets away from the installation's
    os.execv(argv[0], [*argv, *given])


if __name__ == "__main__":
    main()
