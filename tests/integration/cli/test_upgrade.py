"""Databases of earlier releases come forward: each kept dump is loaded, migrated as its owner and judged as an operator would."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from tests.fitness.texts import PROJECT

from motcua.cli.environment import plain_address

DUMPS = sorted((PROJECT / "tests" / "data" / "releases").glob("*.sql.gz"))
pytestmark = [pytest.mark.slow, pytest.mark.machine]


@pytest.fixture
def fresh() -> Iterator[str]:
    """The address of an empty database on the server of the tests."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"motcua_upgrade_{os.getpid()}"
    with psycopg.connect(plain_address(url.geturl()), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield url._replace(path=f"/{name}").geturl()
        server.execute(drop)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_a_database_of_a_release_comes_forward(dump: Path, fresh: str, tmp_path: Path) -> None:
    psql = ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--output", os.devnull, plain_address(fresh)]
    loaded = subprocess.run(psql, input=gzip.decompress(dump.read_bytes()), capture_output=True, check=False)
    assert loaded.returncode == 0, loaded.stderr.decode()
    before = counts(fresh)

    motcua(fresh, tmp_path, "manage", "migrate", "--verbosity", "0")
    assert (
        motcua(fresh, tmp_path, "manage", "migrate", "--plan")
        .strip()
        .endswith("No planned migration operations.")
    )
    after = counts(fresh)
    assert {table: after.get(table) for table in before} == before
    assert before["dossiers_dossier"] == 60

    said = motcua(fresh, tmp_path, "chain", "verify")
    assert "60" in said
    motcua(fresh, tmp_path, "facts", "compare")


def counts(url: str) -> dict[str, int]:
    """Rows of what no upgrade may lose."""
    with psycopg.connect(plain_address(url)) as database:
        tables = (
            "dossiers_dossier", "dossiers_passage", "dossiers_dossierpaper", "dossiers_result", "dossiers_issuedform",
            "directory_party", "directory_account", "catalogue_procedureversion", "kernel_seal",
        )  # fmt: skip
        found = {}
        for table in tables:
            row = database.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            ).fetchone()
            found[table] = 0 if row is None else int(row[0])
        return found


def motcua(url: str, home: Path, *argv: str) -> str:
    """A command of the operator on that database; its exit code has to be 0."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DJANGO_"))
    }
    environment |= {
        "DATABASE_URL": url,
        "MOTCUA_DATA_DIR": str(home),
        "MOTCUA_SECRET_KEY": "of-the-release",
        "MOTCUA_QR_KEY": "of-the-release",
        "MOTCUA_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "motcua", *argv], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
