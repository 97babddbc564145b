"""Sending what is due: claim, send outside any transaction, note how it went.

A claim is a lease: the messages of a sender that died are taken by another when it has run out, and a sender that comes
back too late finds its note refused. What was sent and could not be noted is sent again under the same key.
"""

import logging
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections
from django.db.models import Q

from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.models import OutboxMessage, OutboxState
from motcua.kernel.outbox.destinations import (
    Destination,
    Failure,
    Outgoing,
    destination_named,
    destination_names,
    failure_of,
)
from motcua.kernel.outside import outside
from motcua.kernel.statements import Statement, as_text

_log = logging.getLogger(__name__)
_chance = random.SystemRandom()

#: Skips what others are claiming; a message with an older one of its subject before it is not taken.
_CLAIM = Statement(
    """
    WITH due AS (
      SELECT id FROM kernel_outboxmessage AS message
      WHERE destination = $1 AND state = 'waiting' AND next_try_at <= $2::timestamptz
        AND (leased_until IS NULL OR leased_until <= $2::timestamptz)
        AND (subject = '' OR NOT EXISTS (
          SELECT FROM kernel_outboxmessage AS older
          WHERE older.destination = message.destination AND older.subject = message.subject AND older.id < message.id
            AND (older.state = 'waiting' OR older.state = 'dead' AND $6::boolean)))
      ORDER BY next_try_at, id LIMIT $5::int FOR UPDATE SKIP LOCKED
    )
    UPDATE kernel_outboxmessage AS taken
    SET lease = $3::uuid, leased_until = $4::timestamptz, attempts = attempts + 1, tried_at = $2::timestamptz
    FROM due WHERE taken.id = due.id
    RETURNING taken.id, destination, key, subject, reference, digest, attempts
    """
)


def due() -> list[str]:
    """The registered destinations for which a message is due."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = OutboxMessage.objects.filter(free, state=OutboxState.WAITING, next_try_at__lte=now)
    return [name for name in destination_names() if waiting.filter(destination=name).exists()]


def drain(name: str, *, lanes: int | None = None, lasting: timedelta = timedelta(seconds=20)) -> int:
    """Send what is due for a destination, for about so long; how many tries were made. One lane works in this thread."""
    outside(f"the destination {name}")
    destination = destination_named(name)
    until = clock.now() + lasting
    wanted = destination.lanes if lanes is None else lanes
    if wanted == 1:
        return _lane(destination, until)
    with ThreadPoolExecutor(wanted, thread_name_prefix=name) as pool:
        return sum(pool.map(lambda _: _lane_of_its_own(destination, until), range(wanted)))


def _lane_of_its_own(destination: Destination, until: datetime) -> int:
    try:
        return _lane(destination, until)
    finally:
        connections.close_all()


def _lane(destination: Destination, until: datetime) -> int:
    tried = 0
    while clock.now() < until:
        lease = new_id()
        messages = _claim(destination, lease)
        if not messages:
            break
        for message in messages:
            _try(destination, message, lease)
        tried += len(messages)
    return tried


def _claim(destination: Destination, lease: UUID) -> list[Outgoing]:
    now = clock.now()
    rows = _CLAIM(
        destination.name,
        as_text(now),
        as_text(lease),
        as_text(now + destination.lease),
        as_text(destination.batch),
        as_text(destination.is_strict),
    )
    return sorted((Outgoing(*row) for row in rows), key=lambda message: message.id)


def _try(destination: Destination, message: Outgoing, lease: UUID) -> None:
    try:
        receipt = destination.send(message)
    except Exception as error:
        changes = _after_failure(destination, message, failure_of(destination, error))
    else:
        changes = {
            "state": OutboxState.SENT,
            "ended_at": clock.now(),
            "last_error": "",
            "receipt": receipt[:1000],
        }
    held = OutboxMessage.objects.filter(pk=message.id, lease=lease)
    if not held.update(lease=None, leased_until=None, **changes):
        _log.warning("outbox message %s was noted by another sender first", message.id)


def _after_failure(destination: Destination, message: Outgoing, failure: Failure) -> dict[str, object]:
    now = clock.now()
    pause = destination.patience.pause(message.attempts, _chance.random())
    again = now + max(pause, failure.retry_after or pause)
    noted: dict[str, object] = {"last_error": failure.code[:200]}
    expires = OutboxMessage.objects.values_list("expires_at", flat=True).get(pk=message.id)
    if failure.is_permanent or again > expires:
        return {**noted, "state": OutboxState.DEAD, "ended_at": now}
    return {**noted, "next_try_at": again}
