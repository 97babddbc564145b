"""Money at the desk: taken for open charges, with a numbered receipt."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.payments.errors import ChargeClosed
from motcua.payments.models import Charge
from motcua.payments.queries import ReceiptView, receipt_view
from motcua.payments.rules.charges import check_open
from motcua.payments.services.receipts import give_receipt
from motcua.payments.services.trail import announce_settled, leave
from motcua.payments.words import ChargeAct, ChargeState, Way


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
    receipt = give_receipt(actor, charges, way)
    at = receipt.at
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(
        state=ChargeState.PAID, settled_at=at, way=way, receipt=receipt
    )
    leave(actor, charges, ChargeAct.PAID, reason=f"{receipt.number}/{receipt.year}", at=at)
    announce_settled(first.dossier_id, receipt.id, way)
    return receipt_view(receipt)
