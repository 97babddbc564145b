"""Upward communication: a lower package announces, higher packages listen.

`announce` writes the journal row and enqueues one job per listener in the caller's transaction: either the act and
everything that follows from it happen, or nothing does. Listeners are called at most once per event (`Hearing`).
Readers that want many events cheaply consume the journal in batches (`consume`).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from procrastinate.contrib.django import app

from motcua.kernel import clock
from motcua.kernel.models import Hearing, JournalEntry, StreamCursor
from motcua.kernel.statements import (
    Changed,
    Shape,
    Statement,
    as_json,
    as_text,
    mark_written,
    parts_of,
    shaped,
)

E = TypeVar("E", bound="Event")

_types: dict[str, type["Event"]] = {}
_listeners: dict[str, dict[str, Callable[[Any], None]]] = {}

DELIVER = "motcua.kernel.jobs.deliver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: past tense, ids and plain values only (str, int, bool, UUID, date, datetime, None)."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super(Event, cls).__init_subclass__(**kwargs)
        # motcua.dossiers.events.DossierReceived → dossiers.DossierReceived
        cls.name = f"{cls.__module__.split('.')[-2]}.{cls.__name__}"
        _types[cls.name] = cls


def listener(event_type: type[E], *, name: str) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function of a package's `jobs.py` as listener; `name` is stable and unique (`channels.tell_receipt`)."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        _listeners.setdefault(event_type.name, {})[name] = function
        return function

    return register


#: Journal rows of some events, in order, and a job for each listener of each: one statement, one way to the database.
#: The jobs are deferred by the function that the queue's own library calls (its documented door for SQL). What the act
#: itself writes comes before ({}).
_ANNOUNCE = """
    WITH {}entries AS (
      INSERT INTO kernel_journalentry (name, payload, at)
      SELECT name, payload, $3::timestamptz
      FROM unnest($1::text[], $2::jsonb[]) WITH ORDINALITY AS given (name, payload, place) ORDER BY place
      RETURNING id, name
    ),
    jobs AS (
      SELECT array_agg(
        ROW($4, $5, $6, NULL, NULL, jsonb_build_object('entry_id', entries.id, 'listener', heard.listener), NULL)
          ::procrastinate_job_to_defer_v1 ORDER BY entries.id
      ) AS wanted
      FROM entries JOIN unnest($7::text[], $8::text[]) AS heard (name, listener) USING (name)
    )
    SELECT procrastinate_defer_jobs_v1(wanted) FROM jobs WHERE wanted IS NOT NULL
    """
_PLACES = 8


def announce(*announced: Event, writing: Sequence[Model | Changed] = ()) -> None:
    """Record the events and enqueue their listeners, and write the rows of the act (as `statements.write` does), in one
    statement. Must be called inside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is announced in the transaction of the act that caused it")
    names = [event.name for event in announced]
    heard = [(name, listener) for name in dict.fromkeys(names) for listener in _listeners.get(name, ())]
    job = app.configure_task(DELIVER).job
    shape, rows = shaped(writing)
    _announcing(shape)(
        as_text(names),
        as_text([as_json(_plain(event)) for event in announced]),
        as_text(clock.now()),
        job.queue,
        job.task_name,
        as_text(job.priority),
        as_text([name for name, _ in heard]),
        as_text([listener for _, listener in heard]),
        *rows,
    )
    mark_written(writing)


@lru_cache(maxsize=256)
def _announcing(shape: Shape) -> Statement:
    written = "".join(f"w{at} AS ({part}), " for at, part in enumerate(parts_of(shape, used=_PLACES)))
    return Statement(_ANNOUNCE.format(written))


def deliver(entry_id: int, listener: str) -> None:
    """Let one listener hear one event, once. A second delivery of the same pair does nothing."""
    with transaction.atomic():
        heard = Hearing(entry_id=entry_id, listener=listener, heard_at=clock.now())
        if not Hearing.objects.filter(entry_id=entry_id, listener=listener).exists():
            heard.save(force_insert=True)
            entry = JournalEntry.objects.get(pk=entry_id)
            _listeners[entry.name][listener](_event(entry.name, entry.payload))


@contextmanager
def consume(consumer: str, *, names: Sequence[str], limit: int = 2000) -> Iterator[list[Event]]:
    """The next events for a batch reader, in commit-safe order; the cursor moves when the block ends without error.

    Only entries of transactions older than every open one of this database are given, so that no entry can appear
    behind the cursor later. A second reader of the same name waits, then goes on where the first ended.
    """
    with transaction.atomic():
        StreamCursor.objects.bulk_create([StreamCursor(consumer=consumer)], ignore_conflicts=True)
        cursor = StreamCursor.objects.select_for_update().get(pk=consumer)
        rows = _after(cursor, _safe_bound(), names, limit)
        yield [_event(name, payload) for _, _, name, payload in rows]
        if rows:
            cursor.xact, cursor.entry_id, cursor.moved_at = rows[-1][0], rows[-1][1], clock.now()
            cursor.save(update_fields=["xact", "entry_id", "moved_at"])


#: Transactions in progress when the statement began, and which of them are of this database: seen *after* that. One that
#: ended in between committed before the entries are read, so that nothing of it can be missed; one that began later has a
#: greater number than all that had ended (`xmax`). Transactions of other databases of the server hold nobody up.
_BOUND = """
SELECT least(
  pg_snapshot_xmax(s),
  pg_current_xact_id_if_assigned(),
  (SELECT x FROM pg_snapshot_xip(s) AS x
   WHERE x::xid IN (
     SELECT backend_xid FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL
     UNION ALL
     SELECT transaction FROM pg_prepared_xacts WHERE database = current_database())
   ORDER BY x LIMIT 1)
)::text FROM pg_current_snapshot() AS s
"""


def _safe_bound() -> str:
    """The number below which every transaction of this database has ended. Needs read committed, as everywhere here."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT pg_stat_clear_snapshot()"
        )  # sessions are seen as they are now, not as once in this transaction
        sql.execute(_BOUND)
        (bound,) = sql.fetchone()
    return str(bound)


def _after(
    cursor: StreamCursor, bound: str, names: Sequence[str], limit: int
) -> list[tuple[str, int, str, dict[str, Any]]]:
    entries = (
        JournalEntry.objects.filter(name__in=names)
        .extra(  # xid8 has no Django look-ups; the expressions are constant
            where=[
                "xact < %s::xid8",
                "(xact, id) > (%s::xid8, %s)",
            ],
            params=[bound, cursor.xact, cursor.entry_id],
            select={"xact_text": "xact::text"},
        )
        .order_by("xact", "id")
        .values_list("xact_text", "id", "name", "payload")[:limit]
    )
    return list(entries)


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


def _event(name: str, payload: dict[str, Any]) -> Event:
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
