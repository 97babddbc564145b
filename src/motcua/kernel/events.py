"""Upward communication: a lower package announces, higher packages listen.

`announce` writes the journal row and enqueues one job per listener in the caller's transaction: either the act and
everything that follows from it happen, or nothing does. Listeners are called at most once per event (`Hearing`).
Readers that want many events cheaply consume the journal in batches (`consume`); what each has still to read is marked in
the same statement, and no reader waits for a transaction of anybody else.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from procrastinate.contrib.django import app

from motcua.kernel import clock
from motcua.kernel.models import Hearing, JournalEntry, StreamCursor, Unread
from motcua.kernel.statements import (
    Changed,
    Shape,
    Statement,
    as_json,
    as_text,
    mark_written,
    none_vanished,
    parts_of,
    shaped,
    vanished_told,
)

E = TypeVar("E", bound="Event")

_types: dict[str, type["Event"]] = {}
_listeners: dict[str, dict[str, Callable[[Any], None]]] = {}
_consumers: dict[str, tuple[str, ...]] = {}

_NAME = re.compile(r"[a-z]+\.[A-Z]\w+?(?:\.v(?P<version>[2-9]|[1-9]\d+))?")

DELIVER = "motcua.kernel.jobs.deliver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: past tense, ids and plain values only (str, int, bool, UUID, date, datetime, None).

    `name` stands in the journal for ever, so that a class says it itself and may move freely. A field that changes its
    meaning makes a class of its own with the next `version` and the name `package.Name.v2`; the old one stays readable.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def __init_subclass__(cls, **kwargs: object) -> None:
        super(Event, cls).__init_subclass__(**kwargs)
        named = _NAME.fullmatch(cls.__dict__.get("name", ""))
        if named is None or int(named["version"] or 1) != cls.version:
            raise EventUnnamed(
                f"{cls.__qualname__} says no name of its own, or one that does not fit its version"
            )
        other = _types.get(cls.name, cls)
        # A class with slots is made twice; both are the same event.
        if (other.__module__, other.__name__) != (cls.__module__, cls.__name__):
            raise EventUnnamed(f"{cls.name} is {other.__qualname__} already")
        _types[cls.name] = cls


class EventUnnamed(TypeError):
    """An event class without a name of its own in the journal, or with somebody else's."""


class ListenerTwice(RuntimeError):
    """Two functions asked to be the listener of one name, or two to be the batch reader of one name."""


def known() -> Mapping[str, type[Event]]:
    """Every event that was defined so far, by its name."""
    return MappingProxyType(_types)


def listeners_of(name: str) -> Mapping[str, Callable[[object], None]]:
    """Listeners of an event by their names."""
    return MappingProxyType(_listeners.get(name, {}))


def listener(event_type: type[E], *, name: str) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function of a package's `jobs.py` as listener; `name` is stable and unique (`channels.tell_receipt`).

    A second listener of a name is a bug of the program: `ListenerTwice`, for one of the two would never hear.
    """

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        if any(name in held for held in _listeners.values()):
            raise ListenerTwice(name)
        _listeners.setdefault(event_type.name, {})[name] = function
        return function

    return register


def consumer(name: str, *event_types: type[Event]) -> str:
    """Let a batch reader of these events be known to whoever announces; gives its name, for `consume`.

    Stands where every process of the installation imports it (a module that the package's `jobs.py` imports). A second
    reader of a name is a bug of the program: `ListenerTwice`, for each would read but a part.
    """
    if name in _consumers:
        raise ListenerTwice(name)
    _consumers[name] = tuple(sorted(one.name for one in event_types))
    return name


#: Journal rows of some events, in order, a mark for each batch reader and a job for each listener of each: one statement,
#: one way to the database.
#: The jobs are deferred by the function that the queue's own library calls (its documented door for SQL). What the act
#: itself writes comes before ({}).
_ANNOUNCE = """
    WITH {}entries AS (
      INSERT INTO kernel_journalentry (name, payload, at)
      SELECT name, payload, $3::timestamptz
      FROM unnest($1::text[], $2::jsonb[]) WITH ORDINALITY AS given (name, payload, place) ORDER BY place
      RETURNING id, name
    ),
    unread AS (
      INSERT INTO kernel_unread (consumer, entry_id)
      SELECT reads.consumer, entries.id FROM entries JOIN unnest($9::text[], $10::text[]) AS reads (name, consumer) USING (name)
    ),
    jobs AS (
      SELECT array_agg(
        ROW($4, $5, $6, NULL, NULL, jsonb_build_object('entry_id', entries.id, 'listener', heard.listener), NULL)
          ::procrastinate_job_to_defer_v1 ORDER BY entries.id
      ) AS wanted
      FROM entries JOIN unnest($7::text[], $8::text[]) AS heard (name, listener) USING (name)
    )
    SELECT {}, (SELECT procrastinate_defer_jobs_v1(wanted) FROM jobs WHERE wanted IS NOT NULL)
    """
_PLACES = 10


def announce(*announced: Event, writing: Sequence[Model | Changed] = ()) -> None:
    """Record the events and enqueue their listeners, and write the rows of the act (as `statements.write` does), in one
    statement. Must be called inside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is announced in the transaction of the act that caused it")
    names = [event.name for event in announced]
    heard = [(name, listener) for name in dict.fromkeys(names) for listener in _listeners.get(name, ())]
    read = [(name, reader) for name in dict.fromkeys(names) for reader in readers_of(name)]
    job = app.configure_task(DELIVER).job
    shape, rows = shaped(writing)
    with vanished_told():
        _announcing(shape)(
            as_text(names),
            as_text([as_json(_plain(event)) for event in announced]),
            as_text(clock.now()),
            job.queue,
            job.task_name,
            as_text(job.priority),
            as_text([name for name, _ in heard]),
            as_text([listener for _, listener in heard]),
            as_text([name for name, _ in read]),
            as_text([reader for _, reader in read]),
            *rows,
        )
    mark_written(writing)


@lru_cache(maxsize=256)
def _announcing(shape: Shape) -> Statement:
    written = "".join(f"w{at} AS ({part}), " for at, part in enumerate(parts_of(shape, used=_PLACES)))
    return Statement(_ANNOUNCE.format(written, none_vanished(shape)))


def deliver(entry_id: int, listener: str) -> None:
    """Let one listener hear one event, once. A second delivery of the same pair does nothing."""
    with transaction.atomic():
        heard = Hearing(entry_id=entry_id, listener=listener, heard_at=clock.now())
        if not Hearing.objects.filter(entry_id=entry_id, listener=listener).exists():
            heard.save(force_insert=True)
            entry = JournalEntry.objects.get(pk=entry_id)
            _listeners[entry.name][listener](_event(entry.name, entry.payload))


def readers_of(name: str) -> list[str]:
    """Batch readers of an event."""
    return [reader for reader, names in _consumers.items() if name in names]


@contextmanager
def consume(consumer: str, *, limit: int = 2000) -> Iterator[list[Event]]:
    """The next events for a batch reader; they are read when the block ends without error, else given again.

    Each committed event is given once, as soon as it is committed: one that was written earlier and committed later comes in
    a later batch. Acts on one subject follow each other under its lock, so that theirs come in their order; between subjects
    there is none to rely on. A second reader of the same name waits, then goes on where the first ended.
    """
    with transaction.atomic():
        cursor = _locked(consumer)
        rows = _unread(consumer, limit)
        yield [_event(name, payload) for _, name, payload in rows]
        if rows:
            Unread.objects.filter(
                consumer=consumer, entry_id__in=[entry_id for entry_id, _, _ in rows]
            ).delete()
            cursor.moved_at = clock.now()
            cursor.save(update_fields=["moved_at"])


def unread_entries(consumer: str) -> list[int]:
    """The entries a batch reader has still to read, as committed at this moment."""
    _locked(consumer)
    return list(
        Unread.objects.filter(consumer=consumer).order_by("entry_id").values_list("entry_id", flat=True)
    )


def unread_events(consumer: str) -> list[Event]:
    """What a batch reader has still to read, as committed at this moment. Nothing is locked and nothing is read thereby."""
    rows = JournalEntry.objects.filter(
        pk__in=Unread.objects.filter(consumer=consumer).values("entry_id")
    ).order_by("pk")
    return [_event(name, payload) for name, payload in rows.values_list("name", "payload")]


def mark_read(consumer: str, entries: Sequence[int]) -> None:
    """Let a batch reader be done with entries that it took note of in another way (a recount of everything)."""
    Unread.objects.filter(consumer=consumer, entry_id__in=entries).delete()


_MARK = """
    INSERT INTO kernel_unread (consumer, entry_id)
    SELECT %s, id FROM kernel_journalentry WHERE name = ANY(%s) ON CONFLICT DO NOTHING
    """


def _locked(consumer: str) -> StreamCursor:
    """The reader's row, locked. Events it begins to read only now are marked as far as they already happened."""
    StreamCursor.objects.bulk_create([StreamCursor(consumer=consumer)], ignore_conflicts=True)
    cursor = StreamCursor.objects.select_for_update().get(pk=consumer)
    names = list(_consumers[consumer])
    if cursor.names != names:
        with connection.cursor() as sql:
            sql.execute(_MARK, [consumer, sorted(set(names) - set(cursor.names))])
        cursor.names = names
        cursor.save(update_fields=["names"])
    return cursor


def _unread(consumer: str, limit: int) -> list[tuple[int, str, dict[str, object]]]:
    ids = list(
        Unread.objects.filter(consumer=consumer)
        .order_by("entry_id")
        .values_list("entry_id", flat=True)[:limit]
    )
    entries = JournalEntry.objects.filter(pk__in=ids).order_by("pk") if ids else JournalEntry.objects.none()
    return list(entries.values_list("id", "name", "payload"))


def _plain(event: Event) -> dict[str, Any]:
    return {field.name: _out(getattr(event, field.name)) for field in fields(event)}


def _out(value: object) -> object:
    match value:
        case UUID():
            return str(value)
        case date():  # datetime included
            return value.isoformat()
        case _:
            return value


def _event(name: str, payload: dict[str, object]) -> Event:
    event_type = _types[name]
    hints = get_type_hints(event_type)
    known = {field.name for field in fields(event_type)}
    return event_type(**{key: _in(hints[key], value) for key, value in payload.items() if key in known})


def _in(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    options = getattr(hint, "__args__", (hint,))
    for kind, read in ((UUID, UUID), (datetime, datetime.fromisoformat), (date, date.fromisoformat)):
        if kind in options or hint is kind:
            return read(value)
    return value
