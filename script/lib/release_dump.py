"""Keep a small database of this version for upgrade tests: `script/release-dump` writes tests/data/releases/VERSION.sql.gz.

Every table of the version with a few dozen dossiers in all states, their passages, forms, results, record and figures. Kept for
good: `tests/integration/cli/test_upgrade.py` loads each dump and migrates it forward.
"""

import gzip
import os
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]
DOSSIERS = 60


def main() -> None:
    from benchmarks import dossiers_database as database
    from benchmarks.dossiers import prepare

    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    target_file = PROJECT / "tests" / "data" / "releases" / f"{version}.sql.gz"
    if target_file.exists():
        sys.exit(f"{target_file} is there: a release is kept as it was.")
    with database.server() as server:
        target = database.of_size(server, DOSSIERS)
        database.drop(server, target)
        prepare(server, target, DOSSIERS)
        from motcua.cli.environment import plain_address
        from motcua.kernel.seals import seal_record
        from motcua.oversight import services as oversight

        oversight.rebuild_facts()
        seal_record()
        argv = ["pg_dump", "--no-owner", "--no-privileges", "--no-comments", plain_address(target)]
        path = os.environ["PATH"] + ":/usr/lib/postgresql/15/bin"
        said = subprocess.run(argv, check=True, capture_output=True, env={**os.environ, "PATH": path}).stdout
        database.drop(server, target)
    target_file.parent.mkdir(parents=True, exist_ok=True)
    with target_file.open("wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as packed:
        packed.write(said)
    print(f"{target_file}: {target_file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
