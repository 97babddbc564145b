"""The benchmark's own database: made, filled once for the same parameters, reused, dropped on request.

The server is the one `DATABASE_URL` names; without it, a durable cluster of the project's own in the data folder.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

NAME = "motcua_bench"
SETTINGS = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "wal_compression",
    "shared_buffers",
    "work_mem",
    "max_wal_size",
    "checkpoint_timeout",
    "random_page_cost",
)


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that may make databases."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    from motcua.cli.cluster.cluster import Cluster
    from motcua.cli.environment import data_dir

    with Cluster(data_dir() / "postgres-bench").used() as url:
        yield url


def of_size(url: str, dossiers: int) -> str:
    """The address of the database that holds (or will hold) so many dossiers."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{NAME}_{dossiers}"))


def is_loaded(url: str, target: str, parameters: dict[str, object]) -> bool:
    """Was the database filled to the end with these very parameters?"""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
            [name_of(target)],
        ).fetchone()
    return bool(found and found[0] and json.loads(found[0]) == parameters)


def make(url: str, target: str) -> None:
    drop(url, target)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name_of(target))))


def drop(url: str, target: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name_of(target)))
        )


def mark(target: str, parameters: dict[str, object]) -> None:
    """Say in the database itself that it is complete."""
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(name_of(target)), sql.Literal(json.dumps(parameters))
            )
        )


def name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def settings_of(target: str) -> str:
    """The server's settings that the figures depend on."""
    with psycopg.connect(target, autocommit=True) as connection:
        rows = connection.execute(
            "select name, current_setting(name) from pg_settings where name = any(%s) order by name",
            [list(SETTINGS)],
        ).fetchall()
    return ", ".join(f"{name} {value}" for name, value in rows)
