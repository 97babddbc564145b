"""`motcua server`: web and worker of this installation, with everything they stand on."""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import click

from motcua.cli.cluster import ClusterError
from motcua.cli.running.installation import Screen, Shape, running
from motcua.cli.running.supervisor import ProgramFailed

_OPTIONS = (
    click.option(
        "--host", envvar="MOTCUA_HOST", default="127.0.0.1", show_default=True, help="Address to listen on."
    ),
    click.option("--port", envvar="MOTCUA_PORT", default=8000, show_default=True, help="Port to listen on."),
    click.option(
        "--web-workers", envvar="MOTCUA_WEB_WORKERS", default=1, show_default=True, help="Web processes."
    ),
    click.option(
        "--web-threads", envvar="MOTCUA_WEB_THREADS", default=4, show_default=True, help="Threads in each."
    ),
    click.option(
        "--queue-workers", envvar="MOTCUA_QUEUE_WORKERS", default=1, show_default=True, help="Workers."
    ),
    click.option(
        "--queue-concurrency",
        envvar="MOTCUA_QUEUE_CONCURRENCY",
        default=2,
        show_default=True,
        help="Jobs each.",
    ),
)


def shape_options(function: Callable[..., object]) -> Callable[..., object]:
    """The options that say how large the installation is."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command()
@shape_options
@click.option(
    "--simulators", is_flag=True, help="Also start the simulated authorities and mail server of the demo."
)
@click.option(
    "--once", is_flag=True, help="Stop as soon as everything is ready: a trial of the installation."
)
def command(simulators: bool, once: bool, **size: Any) -> None:
    """Start web and worker; Ctrl-C stops everything in order."""
    shape = Shape(**size, has_simulators=simulators)
    began = time.monotonic()
    try:
        with running(shape, screen=Screen(is_quiet=False), tell=_tell) as supervisor:
            _tell(f"ready in {time.monotonic() - began:.1f} s: {os.environ['MOTCUA_BASE_URL']}")
            if not once:
                supervisor.watch()
                _tell("stopping")
    except (ClusterError, ProgramFailed) as trouble:
        click.echo(f"✗ {trouble}", err=True)
        sys.exit(1)


def _tell(line: str) -> None:
    click.echo(f"{'motcua':<10} │ {line}")
