"""Charges: raised from the reckoning of the fees, added, corrected, cancelled and waived by whoever may, with a trail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.events import announce
from motcua.payments.events import ChargesCancelled, ChargesRaised
from motcua.payments.models import Charge
from motcua.payments.rules.charges import (
    check_amount,
    check_exemption,
    check_name,
    check_open,
    check_reason,
)
from motcua.payments.services.trail import announce_settled, leave
from motcua.payments.words import ChargeAct, ChargeState


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee that applies: `amount` đồng, `exemptions` the grounds that waive it, `reckoning` how it came about.

    With `waived_by` the amount is what would have been due: a relief of the whole leaves nothing to pay.
    """

    code: str
    name: str
    kind: str
    amount: int
    exemptions: Sequence[str] = ()
    reckoning: Mapping[str, Any] = field(default_factory=dict)
    waived_by: str = ""


@transaction.atomic
def raise_charges(
    *, actor: Actor, dossier_id: UUID, agency_id: UUID, payer_id: UUID, lines: Iterable[FeeLine]
) -> None:
    """Write the charges of a dossier once; a repeated call changes nothing. Called by the act that receives it.

    Announces `ChargesRaised`. Refuses: `PermissionRefused` (dossier.receive in the agency).
    """
    authorise(actor, "dossier.receive", agency_id)
    write_charges(actor=actor, dossier_id=dossier_id, agency_id=agency_id, payer_id=payer_id, lines=lines)


def write_charges(
    *, actor: Actor, dossier_id: UUID, agency_id: UUID, payer_id: UUID, lines: Iterable[FeeLine]
) -> None:
    """Write what is not charged yet, with its trail. For acts that have authorised themselves. Announces `ChargesRaised`."""
    at, lines = clock.now(), list(lines)
    drawn_up = Charge.objects.filter(dossier_id=dossier_id, is_added=False)
    known = set(drawn_up.values_list("code", "name")) if lines else set()
    charges = [
        Charge(
            dossier_id=dossier_id,
            agency_id=agency_id,
            payer_id=payer_id,
            code=line.code,
            name=line.name,
            kind=line.kind,
            amount=line.amount,
            exemptions=list(line.exemptions),
            reckoning=dict(line.reckoning),
            state=ChargeState.EXEMPT if line.waived_by else ChargeState.OPEN,
            exemption=line.waived_by,
            raised_at=at,
            settled_at=at if line.waived_by else None,
        )
        for line in lines
        if (line.code, line.name) not in known
    ]
    Charge.objects.bulk_create(charges)
    for charge in charges:
        leave(actor, [charge], ChargeAct.RAISED, after=charge.amount, at=at)
        if charge.exemption:
            leave(actor, [charge], ChargeAct.WAIVED, reason=charge.exemption, at=at)
    open_amount = sum(charge.amount for charge in charges if charge.state == ChargeState.OPEN)
    announce(ChargesRaised(dossier_id=dossier_id, amount=open_amount, at=at))


@transaction.atomic
def add_charge(
    *,
    actor: Actor,
    dossier_id: UUID,
    agency_id: UUID,
    payer_id: UUID,
    name: str,
    kind: str,
    amount: int,
    reason: str,
) -> UUID:
    """Charge what the reckoning could not know, e.g. a fee whose level the source only refers to; its id.

    Announces `ChargesRaised`. Refuses: `PermissionRefused` (payment.collect in the agency), `ReasonMissing`,
    `AmountInvalid`, `ChargeNameMissing`.
    """
    authorise(actor, "payment.collect", agency_id)
    at = clock.now()
    charge = Charge.objects.create(
        dossier_id=dossier_id,
        agency_id=agency_id,
        payer_id=payer_id,
        name=check_name(name),
        kind=kind,
        amount=check_amount(amount, least=1),
        state=ChargeState.OPEN,
        raised_at=at,
        is_added=True,
    )
    leave(actor, [charge], ChargeAct.ADDED, after=amount, reason=check_reason(reason), at=at)
    announce(ChargesRaised(dossier_id=dossier_id, amount=amount, at=at))
    return charge.id


@transaction.atomic
def correct_charge(*, actor: Actor, charge_id: UUID, amount: int, reason: str) -> None:
    """Another amount for a charge nobody has paid yet; what stood before stays in the trail.

    Announces `ChargesRaised`. Refuses: `OutOfScope`, `PermissionRefused` (payment.collect), `ChargeClosed`,
    `ReasonMissing`, `AmountInvalid`.
    """
    charge = _open_charge(actor, charge_id)
    before, charge.amount = charge.amount, check_amount(amount, least=1)
    charge.save(update_fields=["amount"])
    leave(actor, [charge], ChargeAct.CORRECTED, before=before, after=amount, reason=check_reason(reason))
    announce(ChargesRaised(dossier_id=charge.dossier_id, amount=amount, at=clock.now()))


@transaction.atomic
def cancel_charge(*, actor: Actor, charge_id: UUID, reason: str) -> None:
    """A charge that was never due. Announces `ChargesCancelled`, and `ChargesSettled` where it was the last open one.

    Refuses: `OutOfScope`, `PermissionRefused` (payment.collect), `ChargeClosed`, `ReasonMissing`.
    """
    charge = _open_charge(actor, charge_id)
    _cancel(actor, [charge], check_reason(reason))
    announce_settled(charge.dossier_id, None, "cancelled")


@transaction.atomic
def cancel_open_charges(*, actor: Actor, dossier_id: UUID, reason: str) -> int:
    """Every charge still open of a dossier that was withdrawn, stopped or opened by mistake; how many there were.

    Called by the act that ends the dossier, which has authorised itself. Announces `ChargesCancelled`.
    """
    charges = list(
        Charge.objects.select_for_update()
        .filter(dossier_id=dossier_id, state=ChargeState.OPEN)
        .order_by("id")
    )
    if charges:
        _cancel(actor, charges, reason)
    return len(charges)


def _cancel(actor: Actor, charges: Sequence[Charge], reason: str) -> None:
    at = clock.now()
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(
        state=ChargeState.CANCELLED, settled_at=at
    )
    leave(actor, charges, ChargeAct.CANCELLED, reason=reason, at=at)
    amount = sum(charge.amount for charge in charges)
    announce(ChargesCancelled(dossier_id=charges[0].dossier_id, amount=amount, at=at))


@transaction.atomic
def exempt_charge(*, actor: Actor, charge_id: UUID, ground: str) -> None:
    """Waive a charge on a ground its version names.

    Refuses: `OutOfScope` (not visible), `PermissionRefused`, `ExemptionUnknown`, `ChargeClosed`.
    """
    charge = in_scope(Charge.objects.visible_to(actor).select_for_update().filter(pk=charge_id).first())
    if not actor.may("dossier.receive", charge.agency_id):
        authorise(actor, "payment.collect", charge.agency_id)
    check_open(charge.state, charge.name)
    check_exemption(ground, charge.exemptions)
    charge.state, charge.exemption, charge.settled_at = ChargeState.EXEMPT, ground, clock.now()
    charge.save(update_fields=["state", "exemption", "settled_at"])
    leave(actor, [charge], ChargeAct.WAIVED, before=charge.amount, reason=ground)
    announce_settled(charge.dossier_id, None, "exempt")


def _open_charge(actor: Actor, charge_id: UUID) -> Charge:
    charge = in_scope(Charge.objects.visible_to(actor).select_for_update().filter(pk=charge_id).first())
    authorise(actor, "payment.collect", charge.agency_id)
    check_open(charge.state, charge.name)
    return charge
