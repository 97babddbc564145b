"""Tables of the kernel: the journal of events and who has heard them."""

from motcua.kernel.models.journal import Hearing, JournalEntry, StreamCursor, Unread

__all__ = ["Hearing", "JournalEntry", "StreamCursor", "Unread"]
