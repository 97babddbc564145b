"""Acts about money: charges, cash at the desk with numbered receipts, exemptions, refunds."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.copying import copy_records, without_indexes
from motcua.kernel.events import announce
from motcua.kernel.ids import new_id
from motcua.payments.errors import ChargeClosed
from motcua.payments.events import ChargeRefunded, ChargesRaised, ChargesSettled
from motcua.payments.models import Charge, Receipt, ReceiptCounter, Refund, next_receipt_number
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


@dataclass(frozen=True, slots=True)
class SettledCharge:
    """A charge of a life written in bulk: raised and paid at one moment, at the desk of `agency_id`."""

    dossier_id: UUID
    agency_id: UUID
    payer_id: UUID
    line: FeeLine
    way: Way
    at: datetime
    taken_by_id: UUID | None
    taken_by_name: str


def load_settled_charges(charges: Sequence[SettledCharge]) -> None:
    """Charges with their receipts by COPY, numbered per agency and year in the order given. Announces nothing.

    For simulated years: the counters go on from the last number, so that nobody else may take money there meanwhile.
    """
    numbers: dict[tuple[UUID, int], int] = {}
    receipts: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    for one in charges:
        series = (one.agency_id, clock.local(one.at).year)
        if series not in numbers:
            held = ReceiptCounter.objects.filter(agency_id=series[0], year=series[1])
            numbers[series] = held.values_list("last", flat=True).first() or 0
        numbers[series] += 1
        receipt_id = new_id()
        taken: dict[str, object] = {
            "id": receipt_id,
            "agency_id": series[0],
            "year": series[1],
            "number": numbers[series],
            "taken_by_id": one.taken_by_id,
            "taken_by_name": one.taken_by_name,
            "at": one.at,
        }
        raised: dict[str, object] = {
            "id": new_id(),
            "agency_id": one.agency_id,
            "code": one.line.code,
            "name": one.line.name,
            "kind": one.line.kind,
            "exemptions": "{}",
            "state": ChargeState.PAID.value,
            "raised_at": one.at,
            "settled_at": one.at,
            "exemption": "",
            "receipt_id": receipt_id,
            "refunded": 0,
        }
        both: dict[str, object] = {
            "dossier_id": one.dossier_id,
            "payer_id": one.payer_id,
            "amount": one.line.amount,
        }
        both["way"] = one.way.value
        receipts.append(taken | both)
        rows.append(raised | both)
    copy_records(Receipt._meta.db_table, receipts)
    copy_records(Charge._meta.db_table, rows)
    ReceiptCounter.objects.bulk_create(
        (ReceiptCounter(agency_id=agency, year=year, last=last) for (agency, year), last in numbers.items()),
        update_conflicts=True,
        unique_fields=["agency_id", "year"],
        update_fields=["last"],
    )


def without_charge_indexes() -> AbstractContextManager[None]:
    """The tables of charges and receipts without their indexes while they come in by the million."""
    return without_indexes([Charge._meta.db_table, Receipt._meta.db_table])


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
