"""Events: written and enqueued with the act, delivered once, consumed in batches without loss."""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.kernel import events
from motcua.kernel.events import Event, announce, consume, listener
from motcua.kernel.ids import new_id
from motcua.kernel.models import Hearing, JournalEntry
from motcua.kernel.text import fold

heard: list["BellRang"] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang(Event):
    bell: UUID
    at: datetime
    times: int | None = None


@listener(BellRang, name="test.count")
def on_bell(event: BellRang) -> None:
    if event.times == 13:
        raise RuntimeError("unlucky")
    heard.append(event)


@pytest.fixture(autouse=True)
def quiet() -> None:
    heard.clear()


def ring(times: int = 1) -> BellRang:
    return BellRang(bell=new_id(), at=datetime(2026, 11, 23, 8, tzinfo=UTC), times=times)


def wait_for_older_transactions() -> None:
    """Until nothing older than the last entry is open, on the whole server: tests beside this one have databases there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(xact::text::bigint) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
                " FROM kernel_journalentry"
            )
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.1)


@pytest.mark.django_db
def test_announcing_needs_the_transaction_of_the_act(django_db_blocker: object) -> None:
    announce(ring())  # the test itself runs in one
    assert JournalEntry.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name=events.DELIVER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        announce(ring())


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_an_act_that_failed() -> None:
    jobs = ProcrastinateJob.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(ring())
        _ = 1 / 0
    assert not JournalEntry.objects.filter(name=BellRang.name).exists()
    assert ProcrastinateJob.objects.count() == jobs


@pytest.mark.django_db
def test_a_listener_hears_once_whatever_the_queue_does() -> None:
    event = ring()
    announce(event)
    entry = JournalEntry.objects.get()
    events.deliver(entry.pk, "test.count")
    events.deliver(entry.pk, "test.count")
    assert heard == [event]


@pytest.mark.django_db
def test_a_listener_that_fails_has_not_heard() -> None:
    announce(ring(13))
    entry = JournalEntry.objects.get()
    with pytest.raises(RuntimeError, match="unlucky"):
        events.deliver(entry.pk, "test.count")
    assert not Hearing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_batches_lose_nothing_while_an_older_transaction_is_open() -> None:
    """An entry written early but committed late must not fall behind the cursor."""
    opened, finish = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                announce(ring(1))
                opened.set()
                finish.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    opened.wait(10)
    with transaction.atomic():
        announce(ring(2))
    with consume("test", names=[BellRang.name]) as batch:
        assert batch == []  # the older transaction is still open: wait rather than skip
    finish.set()
    writer.join()
    wait_for_older_transactions()
    with consume("test", names=[BellRang.name]) as batch:
        assert [event.times for event in batch if isinstance(event, BellRang)] == [1, 2]
    with consume("test", names=[BellRang.name]) as batch:
        assert batch == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_is_given_again() -> None:
    with transaction.atomic():
        announce(ring(1), ring(2))
    wait_for_older_transactions()
    with pytest.raises(ZeroDivisionError), consume("again", names=[BellRang.name]) as batch:
        assert len(batch) == 2
        _ = 1 / 0
    with consume("again", names=[BellRang.name], limit=1) as batch:
        assert len(batch) == 1


@pytest.mark.django_db
def test_the_database_folds_like_the_program() -> None:
    letters = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    words = [f"  X{letter}{mark}  z" for letter in letters for mark in marks]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(fold(w) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS t(w, n)", [words]
        )
        (folded,) = cursor.fetchone() or ([],)
    assert folded == [fold(word) for word in words]
