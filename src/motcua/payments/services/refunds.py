"""Money given back: asked by one person, made or declined by another."""

from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.events import announce
from motcua.payments.errors import ChargeClosed, RefundNotAsked, RefundWaiting, SecondPersonNeeded
from motcua.payments.events import ChargeRefunded
from motcua.payments.models import Charge, Refund, RefundRequest
from motcua.payments.rules.charges import check_reason, check_refund
from motcua.payments.services.receipts import lower_receipt
from motcua.payments.services.trail import leave
from motcua.payments.words import ChargeAct, ChargeState, RefundState


@transaction.atomic
def ask_refund(*, actor: Actor, charge_id: UUID, amount: int, reason: str) -> UUID:
    """Ask to give back all or part of what was paid; nothing changes hands before a second person has agreed.

    Refuses: `OutOfScope`, `PermissionRefused` (payment.collect or payment.refund), `ChargeClosed` (not paid),
    `RefundTooLarge`, `ReasonMissing`, `RefundWaiting`.
    """
    charge = in_scope(Charge.objects.visible_to(actor).select_for_update().filter(pk=charge_id).first())
    if not actor.may("payment.collect", charge.agency_id):
        authorise(actor, "payment.refund", charge.agency_id)
    if charge.state != ChargeState.PAID:
        raise ChargeClosed(name=charge.name)
    check_refund(paid=charge.amount, refunded=charge.refunded, amount=amount, reason=reason)
    if charge.refund_requests.filter(state=RefundState.ASKED).exists():
        raise RefundWaiting
    refund = RefundRequest.objects.create(
        charge=charge,
        amount=amount,
        reason=reason.strip(),
        state=RefundState.ASKED,
        by_id=actor.account_id,
        by_name=actor.name,
        at=clock.now(),
    )
    leave(actor, [charge], ChargeAct.REFUND_ASKED, before=charge.amount, after=amount, reason=refund.reason)
    return refund.id


@transaction.atomic
def make_refund(*, actor: Actor, refund_id: UUID) -> None:
    """Agree to a refund somebody else asked for. Announces `ChargeRefunded`.

    Refuses: `OutOfScope`, `PermissionRefused` (payment.refund), `SecondPersonNeeded`, `RefundNotAsked`, `RefundTooLarge`.
    """
    refund, charge = _asked(actor, refund_id)
    charge.state = check_refund(
        paid=charge.amount, refunded=charge.refunded, amount=refund.amount, reason=refund.reason
    )
    charge.refunded += refund.amount
    charge.save(update_fields=["state", "refunded"])
    _decide(actor, refund, RefundState.MADE)
    Refund.objects.create(
        charge=charge,
        amount=refund.amount,
        reason=refund.reason,
        by_id=actor.account_id,
        by_name=actor.name,
        at=clock.now(),
    )
    lower_receipt(actor, charge, refund.amount, refund.reason)
    leave(actor, [charge], ChargeAct.REFUNDED, after=refund.amount, reason=refund.reason)
    announce(
        ChargeRefunded(
            dossier_id=charge.dossier_id, charge_id=charge.id, amount=refund.amount, at=clock.now()
        )
    )


@transaction.atomic
def decline_refund(*, actor: Actor, refund_id: UUID, reason: str) -> None:
    """Refuse a refund somebody else asked for, with a reason.

    Refuses: `OutOfScope`, `PermissionRefused` (payment.refund), `SecondPersonNeeded`, `RefundNotAsked`, `ReasonMissing`.
    """
    refund, charge = _asked(actor, refund_id)
    said = check_reason(reason)
    _decide(actor, refund, RefundState.DECLINED)
    leave(actor, [charge], ChargeAct.REFUND_DECLINED, after=refund.amount, reason=said)


def _asked(actor: Actor, refund_id: UUID) -> tuple[RefundRequest, Charge]:
    refund = in_scope(RefundRequest.objects.filter(pk=refund_id).first())
    visible = Charge.objects.visible_to(actor).select_for_update()
    charge = in_scope(visible.filter(pk=refund.charge_id).first())
    refund.refresh_from_db()
    authorise(actor, "payment.refund", charge.agency_id)
    if refund.state != RefundState.ASKED:
        raise RefundNotAsked
    if refund.by_id == actor.account_id:
        raise SecondPersonNeeded
    return refund, charge


def _decide(actor: Actor, refund: RefundRequest, state: RefundState) -> None:
    refund.state, refund.decided_at = state, clock.now()
    refund.decided_by_id, refund.decided_by_name = actor.account_id, actor.name
    refund.save(update_fields=["state", "decided_by_id", "decided_by_name", "decided_at"])
