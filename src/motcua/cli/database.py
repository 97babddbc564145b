"""`motcua database`: the embedded PostgreSQL in the operator's hands."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from motcua.cli import environment
from motcua.cli.cluster import Cluster, ClusterError, default_cluster, lend

P = ParamSpec("P")
R = TypeVar("R")


def _telling(action: Callable[P, R]) -> Callable[P, R]:
    """Tell a refusal of the cluster in one line, without a traceback."""

    @wraps(action)
    def told(*args: P.args, **options: P.kwargs) -> R:
        try:
            return action(*args, **options)
        except ClusterError as refusal:
            raise click.ClickException(str(refusal)) from refusal

    return told


def _embedded() -> Cluster:
    if os.environ.get("DATABASE_URL"):
        raise click.ClickException("DATABASE_URL is set: the database is not ours to start or stop.")
    return default_cluster()


@click.group()
def command() -> None:
    """Start, stop and ask the embedded database."""


@command.command()
@_telling
def start() -> None:
    """Start the embedded database and keep it running."""
    cluster = _embedded()
    environment.complete()  # secrets come before the data that depend on them
    cluster.keep()
    click.echo(f"The embedded database runs. {_without_password(cluster.url)}")


@command.command()
@click.option("--force", is_flag=True, help="Stop even while a server or a command uses it.")
@_telling
def stop(force: bool) -> None:
    """Stop the embedded database."""
    cluster = _embedded()
    if not cluster.is_running:
        click.echo("The embedded database does not run.")
        return
    if cluster.has_guests() and not force:
        raise click.ClickException("It is in use. Stop `motcua server` first, or say --force.")
    cluster.release()
    click.echo("The embedded database is stopped.")


@command.command()
@_telling
def status() -> None:
    """Tell whether the database runs. Exit code 3 when it does not."""
    if os.environ.get("DATABASE_URL"):
        click.echo(f"DATABASE_URL names it: {_without_password(os.environ['DATABASE_URL'])}")
        return
    cluster = default_cluster()
    if not cluster.is_running:
        click.echo("stopped" if cluster.is_made else "never started")
        sys.exit(3)
    click.echo(f"running {_without_password(cluster.url)}" + (" in use" if cluster.has_guests() else ""))


@command.command()
@_telling
def url() -> None:
    """Print the address of the database as its owner, password included."""
    click.echo(
        os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or default_cluster().url
    )


@command.command(context_settings={"ignore_unknown_options": True})
@click.option("--scratch", is_flag=True, help="Use the cluster for throw-away data, as the tests do.")
@click.argument("argv", nargs=-1, required=True, type=click.UNPROCESSED)
@_telling
def run(scratch: bool, argv: tuple[str, ...]) -> None:
    """Run another command with the database started and DATABASE_URL set."""
    environment.complete()
    with lend(is_scratch=scratch):
        process = subprocess.Popen(argv)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda sent, _: process.send_signal(sent))
        code = process.wait()
    sys.exit(code if code >= 0 else 128 - code)


@command.command()
@_telling
def mend() -> None:
    """Put back indexes and constraints that a killed `motcua simulate` left away. `motcua server` does so, too."""
    from motcua.cli import django_ready

    django_ready(as_owner=True)
    from motcua.kernel.copying import mend_tables

    mended = mend_tables()
    click.echo(f"put back: {', '.join(mended)}" if mended else "nothing is missing")


def _without_password(address: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()
