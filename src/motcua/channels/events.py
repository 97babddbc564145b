"""What the channels announce. Ids and plain values only."""

from dataclasses import dataclass
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWritten(Event):
    """A letter to somebody in office waits to be sent."""

    letter_id: UUID
