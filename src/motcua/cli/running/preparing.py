"""`python -m motcua.cli.running.preparing`: migrate and collect static files, in one start of Django."""

import sys


def migrate_and_collect() -> None:
    """Bring the database and the static files up to this version. Django must be ready."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    import django

    django.setup()
    migrate_and_collect()


if __name__ == "__main__":
    main()
