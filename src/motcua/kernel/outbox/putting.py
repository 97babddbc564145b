"""Putting a message out, in the transaction of the act that causes it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from motcua.kernel import clock
from motcua.kernel.models import OutboxMessage
from motcua.kernel.outbox.destinations import Failure, Outgoing, Undeliverable
from motcua.kernel.outbox.patience import LASTING


def put(
    *,
    destination: str,
    key: str,
    reference: str,
    digest: str = "",
    subject: str = "",
    not_before: datetime | None = None,
) -> int:
    """Have a message sent once the transaction has ended; its id. The same `key` twice is one message.

    `reference` and `digest` (`digest_of`) name the payload, `subject` what it must stay in order with ("" nothing).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is put out in the transaction of the act that causes it")
    now = clock.now()
    first = max(now, not_before or now)
    message, _ = OutboxMessage.objects.get_or_create(
        destination=destination,
        key=key,
        defaults={
            "reference": reference,
            "digest": digest,
            "subject": subject,
            "put_at": now,
            "next_try_at": first,
            "expires_at": first + LASTING,
        },
    )
    return message.id


def digest_of(payload: Sequence[object]) -> str:
    """SHA-256 of plain values in canonical form."""
    return hashlib.sha256(json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def check_payload(message: Outgoing, payload: Sequence[object]) -> None:
    """Refuse for good (`Undeliverable`) what is no longer what was put out."""
    if message.digest and message.digest != digest_of(payload):
        raise Undeliverable(Failure("payload_changed", is_permanent=True))
