"""Acts about money: charges, cash at the desk with numbered receipts, exemptions, refunds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.events import announce
from motcua.payments.errors import ChargeClosed
from motcua.payments.events import ChargeRefunded, ChargesRaised, ChargesSettled
from motcua.payments.models import Charge, Receipt, Refund, next_receipt_number
from motcua.payments.queries import ReceiptView, outstanding, receipt_view
from motcua.payments.rules.charges import check_exemption, check_open, check_refund
from motcua.payments.words import ChargeState, Way


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of the fee table that applies: `amount` in đồng, `exemptions` the grounds that waive it."""

    code: str
    name: str
    kind: str
    amount: int
    exemptions: Sequence[str] = ()


@transaction.atomic
def raise_charges(
    *, actor: Actor, dossier_id: UUID, agency_id: UUID, payer_id: UUID, lines: Iterable[FeeLine]
) -> None:
    """Write the charges of a dossier once; a repeated call changes nothing. Called by the act that receives it.

    Announces `ChargesRaised`. Refuses: `PermissionRefused` (dossier.receive in the agency).
    """
    authorise(actor, "dossier.receive", agency_id)
    at, lines = clock.now(), list(lines)
    Charge.objects.bulk_create(
        (
            Charge(
                dossier_id=dossier_id,
                agency_id=agency_id,
                payer_id=payer_id,
                code=line.code,
                name=line.name,
                kind=line.kind,
                amount=line.amount,
                exemptions=list(line.exemptions),
                state=ChargeState.OPEN,
                raised_at=at,
            )
            for line in lines
        ),
        ignore_conflicts=True,
    )
    announce(ChargesRaised(dossier_id=dossier_id, amount=sum(line.amount for line in lines), at=at))


@transaction.atomic
def take_payment(*, actor: Actor, charge_ids: Sequence[UUID], way: Way = Way.CASH) -> ReceiptView:
    """Take money at the desk for open charges of one dossier and give a numbered receipt.

    Refuses: `OutOfScope` (one of them is not visible), `PermissionRefused` (payment.collect in the agency), `ChargeClosed`.
    Announces `ChargesSettled`.
    """
    rows = Charge.objects.visible_to(actor).select_for_update()
    charges = list(rows.filter(pk__in=charge_ids).order_by("id"))
    first = in_scope(charges[0] if len(charges) == len(set(charge_ids)) and charges else None)
    authorise(actor, "payment.collect", first.agency_id)
    for charge in charges:
        if charge.dossier_id != first.dossier_id:
            raise ChargeClosed(name=charge.name)
        check_open(charge.state, charge.name)
    at = clock.now()
    year = clock.local(at).year
    receipt = Receipt.objects.create(
        agency_id=first.agency_id,
        year=year,
        number=next_receipt_number(first.agency_id, year),
        dossier_id=first.dossier_id,
        payer_id=first.payer_id,
        amount=sum(charge.amount for charge in charges),
        way=way,
        taken_by_id=actor.account_id,
        taken_by_name=actor.name,
        at=at,
    )
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(
        state=ChargeState.PAID, settled_at=at, way=way, receipt=receipt
    )
    _announce_settled(first.dossier_id, receipt.id, way)
    return receipt_view(receipt)


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
    _announce_settled(charge.dossier_id, None, "exempt")


@transaction.atomic
def refund_charge(*, actor: Actor, charge_id: UUID, amount: int, reason: str) -> None:
    """Give money back, all or part.

    Refuses: `OutOfScope` (not visible), `PermissionRefused`, `RefundTooLarge`, `ReasonMissing`, `ChargeClosed`.
    """
    charge = in_scope(Charge.objects.visible_to(actor).select_for_update().filter(pk=charge_id).first())
    authorise(actor, "payment.refund", charge.agency_id)
    if charge.state != ChargeState.PAID:
        raise ChargeClosed(name=charge.name)
    charge.state = check_refund(paid=charge.amount, refunded=charge.refunded, amount=amount, reason=reason)
    charge.refunded += amount
    charge.save(update_fields=["state", "refunded"])
    at = clock.now()
    Refund.objects.create(
        charge=charge, amount=amount, reason=reason.strip(), by_id=actor.account_id, by_name=actor.name, at=at
    )
    announce(ChargeRefunded(dossier_id=charge.dossier_id, charge_id=charge.id, amount=amount, at=at))


def _announce_settled(dossier_id: UUID, receipt_id: UUID | None, way: str) -> None:
    if not outstanding(dossier_id):  # a charge of nothing keeps nobody waiting
        announce(ChargesSettled(dossier_id=dossier_id, receipt_id=receipt_id, way=way, at=clock.now()))
