"""Tables of the kernel: events and who has heard them, what waits to leave the house, what slows guessing, what failed."""

from motcua.kernel.models.failure import JobFailure
from motcua.kernel.models.journal import Hearing, JournalEntry, StreamCursor, Unread
from motcua.kernel.models.outbox import OutboxMessage, OutboxState
from motcua.kernel.models.throttle import ThrottleCount

__all__ = [
    "Hearing",
    "JobFailure",
    "JournalEntry",
    "OutboxMessage",
    "OutboxState",
    "StreamCursor",
    "ThrottleCount",
    "Unread",
]
