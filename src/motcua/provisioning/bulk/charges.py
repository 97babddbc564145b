"""Charges and receipts of lives written in bulk, by COPY: raised and paid at one moment."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.copying import without_indexes
from motcua.kernel.ids import new_id
from motcua.payments.models import Charge, Receipt, ReceiptCounter
from motcua.payments.queries import Way
from motcua.payments.services import FeeLine
from motcua.payments.words import ChargeState
from motcua.provisioning.bulk.rows import copy_models


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
            "state": ChargeState.PAID.value,
            "raised_at": one.at,
            "settled_at": one.at,
            "receipt_id": receipt_id,
            "reckoning": dict(one.line.reckoning),
        }
        both: dict[str, object] = {
            "dossier_id": one.dossier_id,
            "payer_id": one.payer_id,
            "amount": one.line.amount,
        }
        both["way"] = one.way.value
        receipts.append(taken | both)
        rows.append(raised | both)
    copy_models(Receipt, receipts, empty=frozenset({"refers_to_id", "lookup"}))
    copy_models(Charge, rows)
    ReceiptCounter.objects.bulk_create(
        (ReceiptCounter(agency_id=agency, year=year, last=last) for (agency, year), last in numbers.items()),
        update_conflicts=True,
        unique_fields=["agency_id", "year"],
        update_fields=["last"],
    )


def without_charge_indexes() -> AbstractContextManager[None]:
    """The tables of charges and receipts without their indexes while they come in by the million."""
    return without_indexes([Charge._meta.db_table, Receipt._meta.db_table])
