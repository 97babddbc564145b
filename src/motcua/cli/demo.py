"""`motcua demo`: the demo province, the walk of one dossier, and the site left running."""

import os
import sys
import time
from typing import Any

import click

from motcua.cli import django_ready
from motcua.cli.cluster import ClusterError
from motcua.cli.running import preparing
from motcua.cli.running.installation import Screen, Shape, running
from motcua.cli.running.programs import module
from motcua.cli.running.supervisor import Program, ProgramFailed
from motcua.cli.server import shape_options
from motcua.provisioning.demo.steps import Journey, take


@click.group(invoke_without_command=True)
@shape_options
@click.option(
    "--once", is_flag=True, help="Stop after the walk; the exit code tells whether every step went well."
)
@click.pass_context
def command(ctx: click.Context, /, once: bool, **size: Any) -> None:
    """Load the demo province, walk one birth registration, leave the site running."""
    if ctx.invoked_subcommand is None:
        sys.exit(_demonstrate(Shape(**size, has_simulators=True), once=once))


def _demonstrate(shape: Shape, *, once: bool) -> int:
    os.environ.setdefault("MOTCUA_DEMO", "1")
    began = time.monotonic()
    click.echo("Một Cửa: the demo province Minh Sơn. What the programs print is in var/log.")
    try:
        screen = Screen(is_quiet=True, aloud={"load", "walk"})
        with running(shape, screen=screen, tell=_tell, prepare=_part("load")) as site:
            _tell(f"ready in {time.monotonic() - began:.1f} s")
            code = site.finish(_part("walk"))
            if once or site.is_asked_to_stop:
                return code
            click.echo(f"\nThe site runs on {os.environ['MOTCUA_BASE_URL']} — Ctrl-C stops it.")
            site.watch()
            return code
    except (ClusterError, ProgramFailed) as trouble:
        click.echo(f"✗ {trouble}", err=True)
        return 1


def _part(name: str) -> Program:
    """A part of the demo as a program of its own: Django never enters the process that supervises."""
    quiet = {"MOTCUA_LOG_LEVEL": os.environ.get("MOTCUA_LOG_LEVEL", "WARNING")}
    return Program(name, module("motcua", "demo", name), environment=quiet)


@command.command()
def load() -> None:
    """Migrate, then load the demo province into the database; a second run changes nothing."""
    preparing.migrate_and_collect(django_ready(as_owner=True))
    from motcua.provisioning.demo import loading

    sys.exit(0 if take(loading.STEPS, _journey()) else 1)


@command.command()
def walk() -> None:
    """Walk one birth registration on the running site."""
    django_ready()
    from motcua.provisioning.demo import walking

    sys.exit(0 if take(walking.STEPS, _journey()) else 1)


def _journey() -> Journey:
    return Journey(os.environ.get("MOTCUA_BASE_URL", "http://localhost:8000"), click.echo)


def _tell(line: str) -> None:
    click.echo(f"  {line}")
