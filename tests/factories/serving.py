"""Being the role that serves, in the database of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from motcua.kernel.roles import grant_serving

#: A role of the embedded clusters that the owner may take the part of.
SERVING = "motcua_serving"


@contextmanager
def serving() -> Iterator[None]:
    """Everything inside the block is done by the role that serves, with the grants an installation gives it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s AND pg_has_role(oid, 'MEMBER')", [SERVING]
        )
        if cursor.fetchone() != (1,):
            pytest.skip(f"this server has no role {SERVING} that the tests may take the part of")
    grant_serving(SERVING)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {SERVING}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
