"""`python -m motcua.cli.running.preparing`: migrate, grant, mend and collect static files, in one start of Django."""

import sys

from motcua.cli.environment import become_owner


def migrate_and_collect(serving: str) -> None:
    """Bring the database and the static files up to this version, and give the role that serves what it needs.

    Django must be ready, as the owner of the database.
    """
    from django.core.management import call_command

    from motcua.kernel.copying import mend_tables
    from motcua.kernel.roles import grant_serving

    call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
    grant_serving(serving)
    if mended := mend_tables():
        print(f"indexes that a killed load had taken away were put back: {', '.join(mended)}", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    import django

    serving = become_owner()
    django.setup()
    migrate_and_collect(serving)


if __name__ == "__main__":
    main()
