"""`python -m motcua.cli.running.preparing`: migrate, grant, mend and collect static files, in one start of Django."""

import os
import sys

from motcua.cli.environment import InstallationRefused, become_owner, without_bounds
from motcua.cli.running import identity


def migrate_and_collect(serving: str) -> None:
    """Bring the database and the static files up to this version, and give the role that serves what it needs.

    Django must be ready, as the owner of the database. Raises `InstallationRefused` before anything is written where
    database, files and keys do not belong together.
    """
    from django.core.management import call_command

    from motcua.kernel.copying import mend_tables
    from motcua.kernel.migrating import alone, unknown_migrations
    from motcua.kernel.roles import grant_serving

    with alone():
        identity.check(os.environ["DATABASE_URL"])
        if unknown := unknown_migrations():
            raise InstallationRefused(
                f"The database is of a newer version of motcua: it has {', '.join(unknown[:3])}, which this one does not know. "
                "Nothing was touched. Install that version, or restore a back-up of this one."
            )
        call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
        grant_serving(serving)
        identity.settle(os.environ["DATABASE_URL"])
    if mended := mend_tables():
        print(f"indexes that a killed load had taken away were put back: {', '.join(mended)}", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    import django

    without_bounds()
    serving = become_owner()
    django.setup()
    try:
        migrate_and_collect(serving)
    except InstallationRefused as refusal:
        sys.exit(f"✗ {refusal.message}")


if __name__ == "__main__":
    main()
