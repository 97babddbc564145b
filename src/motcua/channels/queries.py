"""Reads of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.channels.models import Delivery, DeliveryState, Notice, OfficialLetter
from motcua.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in a person's space; `email_state` is "", waiting, sent or failed."""

    id: UUID
    dossier_id: UUID
    kind: str
    subject: str
    body: str
    made_at: datetime
    read_at: datetime | None
    email_state: str


def notices_of(*, actor: Actor, dossier_id: UUID | None = None, limit: int = 50) -> Sequence[NoticeView]:
    """Notices of the actor's parties, newest first; of one dossier if given."""
    rows = Notice.objects.filter(party_id__in=actor.party_ids).prefetch_related("deliveries").order_by("-id")
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    return [_view(row) for row in rows[:limit]]


def unread_count(*, actor: Actor) -> int:
    return Notice.objects.filter(party_id__in=actor.party_ids, read_at=None).count()


def notices_about(*, dossier_id: UUID) -> Sequence[NoticeView]:
    """What the parties of a dossier were told; for officers who already see the dossier."""
    rows = Notice.objects.filter(dossier_id=dossier_id).prefetch_related("deliveries").order_by("-id")
    return [_view(row) for row in rows]


def dossiers_with_failed_notice(*, limit: int = 1000) -> Sequence[UUID]:
    """Dossiers somebody could not be written to: the newest letter about them has failed so far. For who oversees."""
    rows = Delivery.objects.filter(state=DeliveryState.FAILED).order_by("-notice_id")
    return list(dict.fromkeys(rows.values_list("notice__dossier_id", flat=True)[:limit]))


def letter_states(*, key: str) -> dict[str, str]:
    """How the letters of a key fared: address to waiting, sent or failed."""
    return dict(OfficialLetter.objects.filter(key=key).order_by("address").values_list("address", "state"))


def _view(row: Notice) -> NoticeView:
    states = [delivery.state for delivery in row.deliveries.all()]
    return NoticeView(
        row.id,
        row.dossier_id,
        row.kind,
        row.subject,
        row.body,
        row.made_at,
        row.read_at,
        states[0] if states else "",
    )
