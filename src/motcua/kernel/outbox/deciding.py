"""What became of messages, and what people decide about those that died."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.errors import DomainError, MovedOn
from motcua.kernel.models import OutboxMessage, OutboxState
from motcua.kernel.outbox.patience import LASTING

#: Who may look at dead letters and decide about them.
MAY_DECIDE = "outbox.manage"


class DiscardReasonMissing(DomainError):
    """A message is given up by a person, who says why."""

    code = "kernel.discard_reason_missing"
    message = "Hãy ghi lý do bỏ tin này."


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message without its content: `reference` leads to it."""

    id: int
    destination: str
    key: str
    subject: str
    reference: str
    state: str
    attempts: int
    put_at: datetime
    next_try_at: datetime
    tried_at: datetime | None
    ended_at: datetime | None
    last_error: str

    @property
    def has_ended(self) -> bool:
        """Whether nothing tries to send it any more."""
        return self.state != OutboxState.WAITING

    @property
    def has_failed(self) -> bool:
        """Whether the last try failed, be it tried again or not."""
        return self.state in (OutboxState.DEAD, OutboxState.DISCARDED) or (
            self.state == OutboxState.WAITING and bool(self.last_error)
        )


@dataclass(frozen=True, slots=True)
class Backlog:
    """How a destination stands."""

    destination: str
    waiting: int
    failing: int
    dead: int
    oldest: datetime | None


def message_states(ids: Collection[int]) -> dict[int, MessageView]:
    """What became of these messages."""
    return {row.id: _view(row) for row in OutboxMessage.objects.filter(pk__in=ids)}


def failing(prefix: str, *, limit: int) -> list[int]:
    """Messages to destinations of this prefix whose last try failed, newest first; dead ones included."""
    rows = OutboxMessage.objects.filter(
        ~Q(last_error=""), destination__startswith=prefix, state__in=(OutboxState.WAITING, OutboxState.DEAD)
    )
    return list(rows.order_by("-id").values_list("id", flat=True)[:limit])


def messages(
    *, actor: Actor, state: str = OutboxState.DEAD, destination: str = "", limit: int = 200
) -> Sequence[MessageView]:
    """Messages in a state, newest first. Raises `PermissionRefused` (needs `outbox.manage`)."""
    authorise(actor, MAY_DECIDE)
    rows = OutboxMessage.objects.filter(state=state)
    if destination:
        rows = rows.filter(destination=destination)
    return [_view(row) for row in rows.order_by("-id")[:limit]]


def backlog(*, actor: Actor) -> Sequence[Backlog]:
    """How many wait and how many died, by destination. Raises `PermissionRefused`."""
    authorise(actor, MAY_DECIDE)
    waiting = Q(state=OutboxState.WAITING)
    rows = (
        OutboxMessage.objects.filter(state__in=(OutboxState.WAITING, OutboxState.DEAD))
        .values("destination")
        .annotate(
            waiting=Count("id", filter=waiting),
            failing=Count("id", filter=waiting & ~Q(last_error="")),
            dead=Count("id", filter=Q(state=OutboxState.DEAD)),
            oldest=Min("put_at", filter=waiting),
        )
        .order_by("destination")
    )
    return [Backlog(**row) for row in rows]


@transaction.atomic
def replay(*, actor: Actor, ids: Collection[int]) -> int:
    """Send dead letters again, with fresh patience and the same key; how many. Refuses: `PermissionRefused`."""
    authorise(actor, MAY_DECIDE)
    return replay_own(actor=actor, ids=ids)


def replay_own(*, actor: Actor, ids: Collection[int]) -> int:
    """The same for the package that put the messages and has authorised the actor by a rule of its own."""
    now = clock.now()
    return OutboxMessage.objects.filter(pk__in=ids, state=OutboxState.DEAD).update(
        state=OutboxState.WAITING,
        ended_at=None,
        next_try_at=now,
        expires_at=now + LASTING,
        decided_by_id=actor.account_id,
        decided_at=now,
        reason="",
    )


@transaction.atomic
def discard(*, actor: Actor, message_id: int, reason: str) -> None:
    """Give a dead letter up. Refuses: `DiscardReasonMissing`, `MovedOn` (no longer dead), `OutOfScope`, `PermissionRefused`."""
    if not discard_all(actor=actor, ids=[message_id], reason=reason):
        in_scope(OutboxMessage.objects.filter(pk=message_id).first())
        raise MovedOn


@transaction.atomic
def discard_all(*, actor: Actor, ids: Collection[int], reason: str) -> int:
    """Give up those of them that are still dead letters; how many. Refuses: `DiscardReasonMissing`, `PermissionRefused`."""
    authorise(actor, MAY_DECIDE)
    if not reason.strip():
        raise DiscardReasonMissing
    return OutboxMessage.objects.filter(pk__in=ids, state=OutboxState.DEAD).update(
        state=OutboxState.DISCARDED,
        reason=reason.strip()[:500],
        decided_by_id=actor.account_id,
        decided_at=clock.now(),
    )


def _view(row: OutboxMessage) -> MessageView:
    return MessageView(
        id=row.id,
        destination=row.destination,
        key=row.key,
        subject=row.subject,
        reference=row.reference,
        state=row.state,
        attempts=row.attempts,
        put_at=row.put_at,
        next_try_at=row.next_try_at,
        tried_at=row.tried_at,
        ended_at=row.ended_at,
        last_error=row.last_error,
    )
