"""Events: written and enqueued with the act, delivered once, consumed in batches without loss."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.kernel import events
from motcua.kernel.events import (
    Event,
    EventUnnamed,
    announce,
    consume,
    consumer,
    known,
    listener,
    mark_read,
    unread_entries,
)
from motcua.kernel.ids import new_id
from motcua.kernel.models import Hearing, JournalEntry, StreamCursor
from motcua.kernel.statements import Changed
from motcua.kernel.text import fold

heard: list["BellRang"] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang(Event):
    name: ClassVar[str] = "kernel.BellRang"
    bell: UUID
    at: datetime
    times: int | None = None


@listener(BellRang, name="test.count")
def on_bell(event: BellRang) -> None:
    if event.times == 13:
        raise RuntimeError("unlucky")
    heard.append(event)


@pytest.fixture(autouse=True)
def quiet() -> "Iterator[None]":
    """Readers of these tests are known in these tests only."""
    heard.clear()
    before = dict(events._consumers)
    for name in ("test", "patient", "own", "racing", "again"):
        consumer(name, BellRang)
    yield
    events._consumers.clear()
    events._consumers.update(before)


def times_of(batch: list[Event]) -> list[int | None]:
    return [event.times for event in batch if isinstance(event, BellRang)]


def ring(times: int = 1) -> BellRang:
    return BellRang(bell=new_id(), at=datetime(2026, 11, 23, 8, tzinfo=UTC), times=times)


@pytest.mark.django_db
def test_announcing_needs_the_transaction_of_the_act(django_db_blocker: object) -> None:
    announce(ring())  # the test itself runs in one
    assert JournalEntry.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name=events.DELIVER).count() == 1


@pytest.mark.django_db
def test_what_the_act_writes_goes_with_its_events() -> None:
    known = StreamCursor.objects.create(consumer="one", names=["before"])
    known.names = ["after"]
    new = Hearing(entry_id=7, listener="x", heard_at=datetime(2026, 11, 23, 8, tzinfo=UTC), pk=7)
    with CaptureQueriesContext(connection) as asked:
        announce(ring(), ring(), writing=[new, Changed(known, ("names",)), StreamCursor(consumer="two")])
    assert len(asked) == 1
    assert JournalEntry.objects.count() == 2
    assert ProcrastinateJob.objects.filter(task_name=events.DELIVER).count() == 2
    assert Hearing.objects.get() == new
    assert not new._state.adding
    assert dict(StreamCursor.objects.values_list("consumer", "names")) == {"one": ["after"], "two": []}


@pytest.mark.django_db
def test_events_nobody_listens_to_are_written_with_the_act() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class LeafFell(Event):
        name: ClassVar[str] = "kernel.LeafFell"
        tree: UUID

    announce(LeafFell(tree=new_id()), writing=[StreamCursor(consumer="leaf")])
    assert StreamCursor.objects.filter(consumer="leaf").exists()
    assert JournalEntry.objects.filter(name=LeafFell.name).count() == 1


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
def test_an_open_transaction_holds_nobody_up_and_loses_nothing() -> None:
    """An entry written early and committed late comes when it is committed; what others did meanwhile is not kept waiting."""
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
    with consume("test") as batch:
        assert times_of(batch) == [2]
    finish.set()
    writer.join()
    with consume("test") as batch:
        assert times_of(batch) == [1]
    with consume("test") as batch:
        assert batch == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_undoes_its_own_act_has_read_nothing() -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        announce(ring(1))
        with consume("own") as batch:
            assert len(batch) == 1
        _ = 1 / 0
    with consume("own") as batch:
        assert batch == []


@pytest.mark.django_db
def test_a_new_reader_begins_with_what_already_happened() -> None:
    announce(ring(1))
    consumer("late", BellRang)
    announce(ring(2))
    with consume("late") as batch:
        assert times_of(batch) == [1, 2]
    with consume("late") as batch:
        assert batch == []


@pytest.mark.django_db
def test_what_was_counted_in_another_way_is_read() -> None:
    announce(ring(1))
    known = unread_entries("test")
    announce(ring(2))
    mark_read("test", known)
    with consume("test") as batch:
        assert times_of(batch) == [2]


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_reader_beside_them_lose_and_repeat_nothing() -> None:
    """Four threads write, some undo, all while one reads: every committed entry is read once."""
    kept: list[UUID] = []

    def writer(number: int) -> None:
        try:
            for turn in range(12):
                event = ring(turn)
                with suppress(ZeroDivisionError), transaction.atomic():
                    announce(event)
                    if (turn + number) % 5 == 0:
                        _ = 1 / 0
                    announce(ring(99))
                    kept.append(event.bell)  # may still fail to commit only if the test itself does
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    read: list[UUID] = []
    is_over = False
    while not is_over:
        is_over = not any(thread.is_alive() for thread in threads)
        with consume("racing", limit=7) as batch:
            read += [event.bell for event in batch if isinstance(event, BellRang) and event.times != 99]
            is_over = is_over and not batch
    assert sorted(read) == sorted(kept)


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_is_given_again() -> None:
    with transaction.atomic():
        announce(ring(1), ring(2))
    with pytest.raises(ZeroDivisionError), consume("again") as batch:
        assert len(batch) == 2
        _ = 1 / 0
    with consume("again", limit=1) as batch:
        assert len(batch) == 1


@pytest.mark.django_db
def test_the_database_folds_like_the_program() -> None:
    letters = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    words = [f"  X{letter}{mark}  z" for letter in letters for mark in marks]
    words += [f"x{sign}z" for sign in "ÐðƉɖ‘’‛ʻʼʹ′`´＇‐‑‒–—―−﹣－'-"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(fold(w) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS t(w, n)", [words]
        )
        (folded,) = cursor.fetchone() or ([],)
    assert folded == [fold(word) for word in words]


def test_an_event_says_its_name_itself_and_no_two_say_the_same() -> None:
    """A journal outlives the folders of the code: a name never follows from a module path."""
    with pytest.raises(EventUnnamed):
        type("Nameless", (Event,), {"__module__": __name__})
    with pytest.raises(EventUnnamed):
        type("Another", (Event,), {"__module__": __name__, "name": BellRang.name})
    with pytest.raises(EventUnnamed):
        type("Renewed", (Event,), {"__module__": __name__, "name": "kernel.Renewed", "version": 2})
    renewed = type("Renewed", (Event,), {"__module__": __name__, "name": "kernel.Renewed.v2", "version": 2})
    assert known()["kernel.Renewed.v2"] is renewed
