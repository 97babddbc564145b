"""Keeping the facts up to date: the journal read in batches, each dossier recounted, the difference added."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from motcua.kernel.events import consume, consumer
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers
from motcua.oversight.services.sources import HEARD, touched_by

READER: Final = consumer("oversight.facts", *HEARD)
_LOCK: Final = 0x6F76_7273
_BATCH: Final = 2000


def absorb(*, limit: int = 2000) -> int:
    """Count what happened since the last time, in one transaction; returns how many events were read.

    Only one writer of facts at a time: a rebuild holds the same lock, and what happens meanwhile waits in the journal.
    """
    with consume(READER, limit=limit) as events:
        if events:
            acquire_writer_lock()
            touched = sorted({dossier_id for event in events for dossier_id in touched_by(event)})
            for start in range(0, len(touched), _BATCH):
                count_dossiers(accounts_of(touched[start : start + _BATCH]))
        return len(events)


def absorb_all(*, limit: int = 2000) -> int:
    """Absorb until nothing is left; returns how many events were read."""
    total = 0
    while read := absorb(limit=limit):
        total += read
    return total


@transaction.atomic
def count_loaded(dossier_ids: Collection[UUID]) -> None:
    """Count dossiers that were written in bulk and announced nothing."""
    acquire_writer_lock()
    count_dossiers(accounts_of(dossier_ids))


def acquire_writer_lock() -> None:
    """Be the only writer of facts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
