"""Benefit levels of people's identities: stated by the electronic identity system or by an officer who saw it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.payments.errors import BenefitInvalid
from motcua.payments.models import PersonBenefit


@transaction.atomic
def state_benefit(
    *,
    actor: Actor,
    party_id: UUID,
    agency_id: UUID,
    level: str,
    source: str,
    valid_from: date,
    valid_until: date | None = None,
) -> UUID:
    """Write down a benefit level with its source and validity (Resolution 66.22/2026/NQ-CP art 6.1e); its id.

    Refuses: `PermissionRefused` (dossier.receive in the agency), `BenefitInvalid`.
    """
    authorise(actor, "dossier.receive", agency_id)
    level, source = level.strip(), source.strip()
    if not level or not source or (valid_until is not None and valid_until < valid_from):
        raise BenefitInvalid
    return PersonBenefit.objects.create(
        party_id=party_id,
        level=level,
        source=source,
        valid_from=valid_from,
        valid_until=valid_until,
        by_id=actor.account_id,
        by_name=actor.name,
        at=clock.now(),
    ).id


@transaction.atomic
def end_benefit(*, actor: Actor, benefit_id: UUID, agency_id: UUID) -> None:
    """A level that holds no more, or was written down by mistake. Refuses: `PermissionRefused`, `OutOfScope`."""
    authorise(actor, "dossier.receive", agency_id)
    benefit = in_scope(PersonBenefit.objects.select_for_update().filter(pk=benefit_id, ended_at=None).first())
    benefit.ended_at = clock.now()
    benefit.save(update_fields=["ended_at"])
