"""Tables of the kernel: the journal of events and who has heard them, and what waits to leave the house."""

from motcua.kernel.models.journal import Hearing, JournalEntry, StreamCursor, Unread
from motcua.kernel.models.outbox import OutboxMessage, OutboxState

__all__ = ["Hearing", "JournalEntry", "OutboxMessage", "OutboxState", "StreamCursor", "Unread"]
