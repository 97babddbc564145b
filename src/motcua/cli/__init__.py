"""The `motcua` command: everything an operator does, one file per group of commands, loaded when asked for.

Each module of this package exposes `command`, a click command; a sub-package is machinery, not a command.
Commands call the doors of the packages; those that need Django call `django_ready()` first.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import click

from motcua.cli import environment


class CommandsByFile(click.Group):
    """Finds a command by the name of its file, so that `motcua deadline` never pays for `motcua server`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            found.name
            for found in pkgutil.iter_modules(__path__)
            if not (found.ispkg or found.name.startswith("_"))
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is not a click command")
        return command


@click.command(cls=CommandsByFile)
@click.version_option(package_name="motcua")
def main() -> None:
    """Một Cửa: the one-stop system of a province."""


def django_ready(*, as_owner: bool = False) -> str:
    """Make models and doors usable in this process, with the database that the settings name.

    Where `DATABASE_URL` is not set, the embedded PostgreSQL is used: the running one, or one started now and
    stopped when this process ends. `as_owner` is for what makes, replaces or empties tables. Gives the name of the role that
    serves.
    """
    environment.complete()
    environment.without_bounds()
    _lend_database_until_exit()
    serving = environment.become_owner() if as_owner else ""
    import django

    django.setup()
    return serving


@contextmanager
def database_lent() -> Iterator[str]:
    """The address of the database, for as long as the block lasts; also placed in the environment."""
    from motcua.cli.cluster import lend

    with lend() as url:
        yield url


def _lend_database_until_exit() -> None:
    import atexit
    from contextlib import ExitStack

    stack = ExitStack()
    stack.enter_context(database_lent())
    atexit.register(stack.close)
