"""`motcua worker`: one more worker on the queue, for machines that serve no pages."""

import sys

import click

from motcua.cli import database_lent, environment
from motcua.cli.running import programs
from motcua.cli.running.installation import Screen
from motcua.cli.running.supervisor import Supervisor


@click.command()
@click.option(
    "--concurrency", envvar="MOTCUA_QUEUE_CONCURRENCY", default=2, show_default=True, help="Jobs at once."
)
def command(concurrency: int) -> None:
    """Work off the queue until stopped; a worker that dies is started again."""
    environment.complete()
    with database_lent(), Supervisor(Screen(is_quiet=False).show) as supervisor:
        supervisor.start(programs.worker(1, concurrency=concurrency))
        supervisor.watch()
    sys.exit(0)
