"""`motcua manage …`: Django's own commands, with the database of this installation."""

import click

from motcua.cli import database_lent, environment


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Run a management command of Django (migrate, makemigrations, shell …)."""
    environment.complete()
    with database_lent():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["motcua manage", *words])
