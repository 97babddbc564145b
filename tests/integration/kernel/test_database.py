"""The health check of a connection: cheap, and not blind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from motcua.kernel.database.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(db: None) -> Iterator[DatabaseWrapper]:
    """A connection of the engine that no other test uses."""
    wrapper = connection.copy()
    assert isinstance(wrapper, DatabaseWrapper)
    wrapper.connect()
    yield wrapper
    wrapper.close()


def asked(own: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Django's own check sends from now on."""
    sent: list[str] = []
    make = own.connection.cursor

    def cursor(*given: Any, **named: Any) -> Any:
        sent.append("asked")
        return make(*given, **named)

    monkeypatch.setattr(own.connection, "cursor", cursor)
    return sent


def test_a_connection_that_just_answered_is_not_asked_again(
    own: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own.is_usable()
    sent = asked(own, monkeypatch)
    assert own.is_usable()
    assert sent == []
    own.trusted_for = 0.0
    assert own.is_usable()
    assert sent == ["asked"]


def test_a_session_the_server_ended_is_noticed_at_once(own: DatabaseWrapper) -> None:
    assert own.is_usable()
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    other = own.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()
    assert not own.is_usable()


def test_a_new_connection_is_asked_first(own: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own.is_usable()
    own.close()
    own.connect()
    sent = asked(own, monkeypatch)
    assert own.is_usable()
    assert sent == ["asked"]


def test_a_connection_closed_on_our_side_is_not_usable(own: DatabaseWrapper) -> None:
    assert own.is_usable()
    own.connection.close()
    assert not own.is_usable()
