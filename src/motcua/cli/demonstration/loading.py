"""The demo province, loaded through the doors of the packages; every step changes nothing the second time."""

from collections.abc import Sequence

from motcua.cli.demonstration.steps import Journey, Step


def _know_the_database(journey: Journey) -> Sequence[str]:
    """Say which database the province is loaded into, so that nobody loads it into the wrong one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_database(), version()")
        name, version = cursor.fetchone()
    return [f"{name} · {version.split(' on ')[0]}"]


STEPS: tuple[Step, ...] = (Step("The database answers", _know_the_database),)
