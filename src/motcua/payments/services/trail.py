"""The trail of charges, and the news that nothing is open any more."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.events import announce
from motcua.payments.events import ChargesSettled
from motcua.payments.models import Charge, ChargeEntry
from motcua.payments.queries import outstanding
from motcua.payments.words import ChargeAct


def leave(
    actor: Actor,
    charges: Iterable[Charge],
    act: ChargeAct,
    *,
    before: int | None = None,
    after: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """One line in the trail of each charge."""
    moment = at or clock.now()
    ChargeEntry.objects.bulk_create(
        ChargeEntry(
            charge=charge,
            act=act,
            before=before,
            after=after,
            reason=reason,
            by_id=actor.account_id,
            by_name=actor.name,
            at=moment,
        )
        for charge in charges
    )


def announce_settled(dossier_id: UUID, receipt_id: UUID | None, way: str) -> None:
    """Announces `ChargesSettled` once nothing of the dossier is open; a charge of nothing keeps nobody waiting."""
    if not outstanding(dossier_id):
        announce(ChargesSettled(dossier_id=dossier_id, receipt_id=receipt_id, way=way, at=clock.now()))
