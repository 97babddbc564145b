"""Reads about money."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from motcua.payments.models import Charge, Receipt
from motcua.payments.words import ChargeState, Way

__all__ = [
    "ChargeState",
    "ChargeView",
    "MoneySeen",
    "ReceiptView",
    "Way",
    "charges_of",
    "money_of",
    "outstanding",
    "receipt",
    "receipts_of",
]


@dataclass(frozen=True, slots=True)
class ChargeView:
    """A charge; `amount` and `refunded` in đồng."""

    id: UUID
    code: str
    name: str
    kind: str
    amount: int
    state: str
    way: str
    exemption: str
    exemptions: Sequence[str]
    settled_at: datetime | None
    receipt_id: UUID | None
    refunded: int


@dataclass(frozen=True, slots=True)
class ReceiptView:
    id: UUID
    agency_id: UUID
    year: int
    number: int
    dossier_id: UUID
    payer_id: UUID
    amount: int
    way: str
    taken_by_name: str
    at: datetime


def charges_of(dossier_id: UUID) -> Sequence[ChargeView]:
    """Charges of a dossier the caller has already found visible, in the order they were raised."""
    return [_view(row) for row in Charge.objects.filter(dossier_id=dossier_id).order_by("id")]


@dataclass(frozen=True, slots=True)
class MoneySeen:
    """One dossier's money as the statistics see it."""

    has_charge: bool
    is_settled: bool
    is_online: bool


def money_of(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> dict[UUID, MoneySeen]:
    """Money of many dossiers at once, as far as it was settled by `until` (None: now). Those without a charge are absent."""
    found: dict[UUID, MoneySeen] = {}
    waived = (ChargeState.EXEMPT, ChargeState.CANCELLED)
    rows = Charge.objects.filter(amount__gt=0).exclude(state__in=waived)
    # The ids as one array, for thousands of placeholders cost more than the rows.
    of_them = rows.extra(where=["dossier_id = ANY(%s)"], params=[list(dossier_ids)])
    for dossier_id, way, settled_at in of_them.values_list("dossier_id", "way", "settled_at"):
        is_settled = settled_at is not None and (until is None or settled_at <= until)
        before = found.get(dossier_id, MoneySeen(has_charge=True, is_settled=True, is_online=False))
        is_online = before.is_online or (is_settled and way == Way.ONLINE)
        found[dossier_id] = MoneySeen(True, before.is_settled and is_settled, is_online)
    return found


def outstanding(dossier_id: UUID) -> int:
    """Đồng still open."""
    total = Charge.objects.filter(dossier_id=dossier_id, state=ChargeState.OPEN).aggregate(s=Sum("amount"))[
        "s"
    ]
    return int(total or 0)


def receipts_of(dossier_id: UUID) -> Sequence[ReceiptView]:
    return [receipt_view(row) for row in Receipt.objects.filter(dossier_id=dossier_id).order_by("id")]


def receipt(receipt_id: UUID) -> ReceiptView | None:
    row = Receipt.objects.filter(pk=receipt_id).first()
    return receipt_view(row) if row else None


def receipt_view(row: Receipt) -> ReceiptView:
    return ReceiptView(
        row.id,
        row.agency_id,
        row.year,
        row.number,
        row.dossier_id,
        row.payer_id,
        row.amount,
        row.way,
        row.taken_by_name,
        row.at,
    )


def _view(row: Charge) -> ChargeView:
    return ChargeView(
        row.id,
        row.code,
        row.name,
        row.kind,
        row.amount,
        row.state,
        row.way,
        row.exemption,
        tuple(row.exemptions),
        row.settled_at,
        row.receipt_id,
        row.refunded,
    )
