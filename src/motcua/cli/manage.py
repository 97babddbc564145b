"""`motcua manage …`: Django's own commands, with the database of this installation."""

import click

from motcua.cli import database_lent, environment

#: What changes tables is done by the role that owns them; everything else by the one that serves.
_OWNERS = {"migrate", "flush", "sqlflush", "loaddata", "dbshell"}


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Run a management command of Django (migrate, makemigrations, shell …)."""
    environment.complete()
    environment.without_bounds()
    with database_lent():
        is_owners = bool(words) and words[0] in _OWNERS
        serving = environment.become_owner() if is_owners else ""
        from django.core.management import execute_from_command_line

        if words[:1] != ("migrate",):
            execute_from_command_line(["motcua manage", *words])
            return
        import django

        django.setup()
        from motcua.kernel.migrating import alone
        from motcua.kernel.roles import grant_serving

        with alone():
            execute_from_command_line(["motcua manage", *words])
            grant_serving(serving)
