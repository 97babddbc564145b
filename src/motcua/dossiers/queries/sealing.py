"""What lies in the seal clerk's tray: results that were signed, and those sealed but not yet issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from motcua.dossiers.models import Result
from motcua.dossiers.queries.duties import tasks
from motcua.dossiers.queries.lists import DossierRow
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor

_NEVER = datetime.min.replace(tzinfo=UTC)
SEALING = (MoveKey.NUMBER_AND_SEAL, MoveKey.ISSUE, MoveKey.SEAL_CORRECTION)


@dataclass(frozen=True, slots=True)
class SealLine:
    """A dossier, the act it waits for, and its result: the number it took from the book, who signed it, and what is shown."""

    row: DossierRow
    duty: MoveKey
    title: str
    symbol: str
    signed_by_name: str
    signed_at: datetime | None
    file_id: UUID | None

    @property
    def is_on_paper(self) -> bool:
        """Signed by hand: it is stamped by hand, on a page of its own."""
        return self.file_id is None


def sealing_tray(*, actor: Actor, limit: int = 100) -> Sequence[SealLine]:
    """Everything that waits for the actor's seal or issue, nearest term first. Two statements for each kind at most."""
    waiting = [task for duty in SEALING for task in tasks(actor=actor, duty=duty, limit=limit).rows]
    latest: dict[UUID, Result] = {}
    for result in Result.objects.filter(dossier_id__in=[task.row.id for task in waiting]).order_by(
        "drafted_at", "id"
    ):
        latest[result.dossier_id] = result
    lines = [
        SealLine(
            row=task.row,
            duty=task.duty,
            title=found.title,
            symbol=found.symbol,
            signed_by_name=found.signed_by_name,
            signed_at=found.signed_at,
            file_id=found.sealed_file_id or found.signed_file_id,
        )
        for task in waiting
        if (found := latest.get(task.row.id)) is not None
    ]
    return sorted(lines, key=lambda line: (line.row.due_at is None, line.row.due_at or _NEVER, line.row.id))[
        :limit
    ]
