"""Taking a back-up of a running or resting installation."""

import io
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from motcua.cli.backing_up.errors import BackUpRefused
from motcua.cli.backing_up.manifest import Manifest, Writer
from motcua.cli.cluster.programs import bin_dir
from motcua.cli.environment import data_dir, plain_address
from motcua.cli.running.named_files import named_files

#: What stands in the data folder beside database and files and cannot be made again.
_KEPT = ("installation", "secrets", "trust", "keys", "simulators", "seals")
_LEFT = {"mail", "log"}  # what the simulators of a demo only received
#: Settings that name places elsewhere which hold keys or trust.
_ELSEWHERE = ("MOTCUA_TRUST_ROOTS", "MOTCUA_SIGNING_KEYS", "MOTCUA_SIGNING_PINS")
_SECRETS = {"MOTCUA_SECRET_KEY": "secret_key", "MOTCUA_QR_KEY": "qr_key"}


def take(folder: Path, *, passphrase: str = "", tell: Callable[[str], None]) -> str:
    """Write a back-up into a new folder; gives the digest of the whole. Raises `BackUpRefused` when it cannot be whole.

    The database is read as of one moment, files after it: they are named by their digests and never change, and none that
    the database names at that moment may be missing.
    """
    from motcua.kernel import clock, storage

    if folder.exists() and any(folder.iterdir()):
        raise BackUpRefused(f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = plain_address(os.environ["DATABASE_URL"])
    with psycopg.connect(url) as database:
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = database.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        manifest = Manifest(
            made_at=clock.now().astimezone(UTC).isoformat(),
            version=version("motcua"),
            installation=_one(database, "SELECT id::text FROM kernel_installation"),
            data_dir=str(data_dir()),
            rows=rows_of(database),
        )
        digests = set(named_files(database))
        writer = Writer(folder, manifest, passphrase)
        _dump(writer, url, str(snapshot))
    tell(f"database of {len(manifest.rows):,} tables, {sum(manifest.rows.values()):,} rows")
    store = storage.store()
    named = {digest for digest in digests if store.exists(digest)}
    if missing := sorted(digests - named):
        raise BackUpRefused(
            f"The store lacks {len(missing):,} files that the database names, first {missing[0]}."
        )
    kept = named | set(store.digests())  # also what is named only inside documents: tiles, enclosures
    for digest in sorted(kept):
        with store.open(digest) as stream:
            writer.add(f"files/{digest[:2]}/{digest}", stream)
    manifest.files = len(kept)
    tell(f"{len(kept):,} files")
    for name, path in _others():
        with path.open("rb") as stream:
            writer.add(name, stream)
    for variable, name in _SECRETS.items():
        if f"data/secrets/{name}" not in {part.name for part in manifest.parts}:
            writer.add(f"data/secrets/{name}", io.BytesIO(os.environ[variable].encode()))
    writer.add("settings.json", io.BytesIO(json.dumps(_settings(), indent=1, ensure_ascii=False).encode()))
    tell(f"{len(manifest.parts):,} parts with secrets, trust, keys and settings")
    return writer.finish()


def _dump(writer: Writer, url: str, snapshot: str) -> None:
    with tempfile.TemporaryDirectory(dir=writer.folder) as room:
        path = Path(room) / "dump"
        argv = [
            str(bin_dir() / "pg_dump"),
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={path}",
            url,
        ]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BackUpRefused(f"pg_dump failed: {done.stderr.strip()[-500:]}")
        with path.open("rb") as stream:
            writer.add("database.dump", stream)


def rows_of(database: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has at this moment."""
    tables = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    ).fetchall()
    counted = sql.SQL("SELECT count(*) FROM {}")
    return {
        name: int((database.execute(counted.format(sql.Identifier(name))).fetchone() or (0,))[0])
        for (name,) in tables
    }


def _one(database: psycopg.Connection, question: str) -> str:
    row = database.execute(question.encode()).fetchone()
    return "" if row is None else str(row[0])


def _others() -> Iterator[tuple[str, Path]]:
    home = data_dir()
    for name in _KEPT:
        place = home / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not _LEFT & set(path.relative_to(home).parts):
                yield f"data/{path.relative_to(home).as_posix()}", path
    for variable in _ELSEWHERE:
        given = os.environ.get(variable)
        if given and not Path(given).resolve().is_relative_to(home.resolve()):
            place = Path(given)
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if path.is_file():
                    inside = path.relative_to(place).as_posix() if place.is_dir() else path.name
                    yield f"elsewhere/{variable}/{inside}", path


def _settings() -> dict[str, str]:
    """What the installation decided, but for its secrets (they have parts of their own) and the address of the database."""
    withheld = {*_SECRETS, "MOTCUA_SMTP_PASSWORD"}
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("MOTCUA_") and name not in withheld
    }
