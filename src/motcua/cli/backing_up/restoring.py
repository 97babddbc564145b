"""Putting a back-up back: into an empty data folder and an empty database, and judging what stands there afterwards."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from motcua.cli.backing_up.errors import BackUpRefused
from motcua.cli.backing_up.manifest import Reader
from motcua.cli.backing_up.taking import rows_of
from motcua.cli.cluster.programs import bin_dir
from motcua.cli.environment import data_dir, plain_address

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drill:
    """What the restored installation says of itself."""

    dossiers: int
    passages: int
    files: int
    chain_faults: int
    record_faults: int
    seals: int
    torn_seals: int
    differing_cells: int

    @property
    def is_good(self) -> bool:
        return not (self.chain_faults or self.record_faults or self.torn_seals or self.differing_cells)


def require_empty_folder() -> None:
    """Raises `BackUpRefused` where the data folder already holds (part of) an installation."""
    home = data_dir()
    held = [
        name
        for name in ("postgres", "files", "secrets", "installation", "trust", "keys")
        if (home / name).exists()
    ]
    if held:
        raise BackUpRefused(
            f"{home} is not empty ({', '.join(held)}): a back-up is never put on top of anything."
        )


def place_parts(back_up: Reader, *, tell: Tell) -> None:
    """Secrets, trust, keys and whatever else stood in the data folder; settings are laid beside, to be read."""
    home = data_dir()
    for name in back_up.names("data/"):
        target = home / name.removeprefix("data/")
        back_up.write_to(name, target)
        target.chmod(0o600)
    for name in [*back_up.names("elsewhere/"), "settings.json"]:
        back_up.write_to(name, home / "restored" / name)
    (home / "secrets").chmod(0o700)
    _rename_places(home, back_up.manifest.data_dir)
    if back_up.names("elsewhere/"):
        tell(
            f"what stood outside the data folder is in {home / 'restored' / 'elsewhere'}: put it where the settings say"
        )


def _rename_places(home: Path, before: str) -> None:
    """Files of the demo's tokens name the folder they were made in; they must not open those of the original."""
    for path in (home / "simulators").rglob("*.conf"):
        path.write_text(path.read_text().replace(before, str(home)))


def load_database(back_up: Reader) -> None:
    """Fill the empty database that `DATABASE_URL` names, as its owner."""
    url = plain_address(os.environ["DATABASE_URL"])
    with psycopg.connect(url) as database:
        row = database.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchone()
        if row != (0,):
            raise BackUpRefused("The database is not empty: a back-up is never put on top of anything.")
    with tempfile.TemporaryDirectory(dir=data_dir()) as room:
        dump = Path(room) / "dump"
        back_up.write_to("database.dump", dump)
        argv = [
            str(bin_dir() / "pg_restore"),
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            f"--dbname={url}",
            str(dump),
        ]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BackUpRefused(f"pg_restore failed: {done.stderr.strip()[-500:]}")
    with psycopg.connect(url) as database:
        if rows_of(database) != back_up.manifest.rows:
            raise BackUpRefused("The tables do not hold as many rows as those that were backed up.")


def place_files(back_up: Reader) -> int:
    """Bring every file into the store and see that it is the one it was named for. Raises `BackUpRefused`."""
    from motcua.kernel import storage

    store, count = storage.store(), 0
    with tempfile.TemporaryDirectory(dir=data_dir()) as room:
        for name in back_up.names("files/"):
            path = Path(room) / "part"
            back_up.write_to(name, path)
            with path.open("rb") as stream:
                stored = store.put(stream)
            path.unlink()
            if stored.sha256 != name.rpartition("/")[2]:
                raise BackUpRefused(f"{name} is not the file it is named for.")
            count += 1
    return count


def judge(files: int) -> Drill:
    """Chain, record, seals and figures of what now stands there.

    Seals are judged by the copies that came with the back-up as well, where it held the folder they are kept in.
    """
    from motcua.dossiers import queries as dossiers
    from motcua.kernel.records import verify_records
    from motcua.oversight import services as oversight

    oversight.absorb_all()
    chain = dossiers.verify_chain()
    kept = data_dir() / "seals"
    seals, torn = dossiers.judge_seals(kept if kept.is_dir() else None)
    return Drill(
        dossiers=chain.dossiers,
        passages=chain.passages,
        files=files,
        chain_faults=len(chain.faults),
        record_faults=len(verify_records().faults),
        seals=seals,
        torn_seals=len(torn),
        differing_cells=oversight.compare_facts().differing,
    )
