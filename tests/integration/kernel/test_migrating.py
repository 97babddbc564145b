"""Several nodes start at once; one of them may be of an older version than the database."""

import os
import threading

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from motcua.cli.environment import InstallationRefused
from motcua.cli.running import identity, preparing
from motcua.kernel.lacking import Lack, lack_of
from motcua.kernel.migrating import alone, unknown_migrations

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_node_waits_until_the_first_is_done() -> None:
    order: list[str] = []
    first_is_in, may_end = threading.Event(), threading.Event()

    def other_node() -> None:
        try:
            with alone():
                order.append("first")
                first_is_in.set()
                assert may_end.wait(30)
                order.append("first done")
        finally:
            connection.close()

    node = threading.Thread(target=other_node)
    node.start()
    assert first_is_in.wait(30)
    threading.Timer(0.3, may_end.set).start()
    with alone(), connection.cursor() as cursor:
        order.append("second")
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)
    node.join()
    assert order == ["first", "first done", "second"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_version_of_yesterday_refuses_a_database_of_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unknown_migrations() == []
    recorder = MigrationRecorder(connection)
    recorder.record_applied("dossiers", "9999_of_a_newer_version")
    recorder.record_applied("an_app_of_somebody_else", "0001_initial")
    monkeypatch.setattr(identity, "check", lambda _: None)
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_URL"])
    try:
        assert unknown_migrations() == ["dossiers.9999_of_a_newer_version"]
        with pytest.raises(InstallationRefused, match="newer version of motcua"):
            preparing.migrate_and_collect("")
    finally:
        recorder.record_unapplied("dossiers", "9999_of_a_newer_version")
        recorder.record_unapplied("an_app_of_somebody_else", "0001_initial")


def test_a_statement_that_hangs_ends_and_is_no_fault_of_the_program() -> None:
    kept = connection.get_connection_params()
    with (
        psycopg.connect(**{**kept, "options": "-c statement_timeout=50ms"}) as database,
        pytest.raises(psycopg.errors.QueryCanceled),
    ):
        database.execute("SELECT pg_sleep(5)")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
        try:
            with pytest.raises(OperationalError) as hung:
                cursor.execute("SELECT pg_sleep(5)")
        finally:
            cursor.execute("RESET statement_timeout")
    assert lack_of(hung.value) is Lack.DATABASE
