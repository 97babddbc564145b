"""What oversight announces. Ids and plain values only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveMoved(Event):
    """A directive was given, answered, sent back, settled, withdrawn, taken up again, or its term ran out."""

    name: ClassVar[str] = "oversight.DirectiveMoved"
    directive_id: UUID
    entry_id: UUID
    act: str
    at: datetime
