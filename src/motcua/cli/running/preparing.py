"""`python -m motcua.cli.running.preparing`: migrate, mend and collect static files, in one start of Django."""

import sys


def migrate_and_collect() -> None:
    """Bring the database and the static files up to this version. Django must be ready."""
    from django.core.management import call_command

    from motcua.kernel.copying import mend_tables

    call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
    if mended := mend_tables():
        print(f"indexes that a killed load had taken away were put back: {', '.join(mended)}", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    import django

    django.setup()
    migrate_and_collect()


if __name__ == "__main__":
    main()
