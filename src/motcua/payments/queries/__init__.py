"""Reads about money."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.payments.errors import ReceiptUnknown, ReceiptUnsigned
from motcua.payments.models import (
    Charge,
    ChargeEntry,
    PersonBenefit,
    Receipt,
    ReceiptCounter,
    ReceiptSignature,
    RefundRequest,
)
from motcua.payments.queries.series import (
    MAY_SEE_SERIES,
    DaySummaryView,
    SeriesView,
    series_agencies,
    series_of,
    summaries_of,
)
from motcua.payments.rules.receipts import enveloped
from motcua.payments.words import ChargeAct, ChargeState, ReceiptKind, RefundState, SummaryState, Way

__all__ = [
    "MAY_SEE_SERIES",
    "BenefitView",
    "ChargeAct",
    "ChargeState",
    "ChargeTrailView",
    "ChargeView",
    "DaySummaryView",
    "MoneySeen",
    "ReceiptFile",
    "ReceiptKind",
    "ReceiptView",
    "RefundView",
    "SeriesView",
    "SummaryState",
    "Way",
    "agencies_of_receipts",
    "benefit_lines",
    "benefits_of",
    "charges_of",
    "is_signed",
    "money_of",
    "outstanding",
    "owing",
    "receipt",
    "receipt_file",
    "receipt_of_lookup",
    "receipts_of",
    "receipts_of_parties",
    "refunds_asked",
    "replaced_by",
    "series_agencies",
    "series_of",
    "summaries_of",
    "trail_of",
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
    reckoning: Mapping[str, Any] = field(default_factory=dict)
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class ChargeTrailView:
    """One line of the trail of a dossier's charges."""

    charge_name: str
    act: str
    before: int | None
    after: int | None
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RefundView:
    """A refund somebody asked for; `by_id` may not decide it."""

    id: UUID
    charge_id: UUID
    charge_name: str
    amount: int
    reason: str
    by_id: UUID | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BenefitView:
    """A benefit level somebody stated for a person."""

    id: UUID
    level: str
    source: str
    valid_from: date
    valid_until: date | None
    by_name: str


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
    kind: str = ReceiptKind.ORIGINAL
    payer_name: str = ""
    lines: Sequence[Mapping[str, Any]] = ()
    refers_to_id: UUID | None = None
    reason: str = ""
    lookup: str = ""


def charges_of(dossier_id: UUID, *, is_locked: bool = False) -> Sequence[ChargeView]:
    """Charges of a dossier the caller has already found visible, in the order they were raised; `is_locked`: nobody pays or
    changes one of them before the caller's transaction ends.
    """
    rows = Charge.objects.filter(dossier_id=dossier_id).order_by("id")
    return [_view(row) for row in (rows.select_for_update() if is_locked else rows)]


@dataclass(frozen=True, slots=True)
class MoneySeen:
    """One dossier's money as the statistics see it."""

    has_charge: bool
    is_settled: bool
    is_online: bool


def money_of(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> dict[UUID, MoneySeen]:
    """Money of many dossiers at once, as far as it was settled by `until` (None: now). Those without a charge are absent.

    Online is only what was paid online, all of it: a dossier half paid at the desk was not paid online, and what was given
    back whole was not paid.
    """
    found: dict[UUID, MoneySeen] = {}
    waived = (ChargeState.EXEMPT, ChargeState.CANCELLED, ChargeState.REFUNDED)
    rows = Charge.objects.filter(amount__gt=0).exclude(state__in=waived)
    # The ids as one array, for thousands of placeholders cost more than the rows.
    of_them = rows.extra(where=["dossier_id = ANY(%s)"], params=[list(dossier_ids)])
    for dossier_id, way, settled_at in of_them.values_list("dossier_id", "way", "settled_at"):
        is_settled = settled_at is not None and (until is None or settled_at <= until)
        before = found.get(dossier_id, MoneySeen(has_charge=True, is_settled=True, is_online=True))
        is_online = before.is_online and is_settled and way == Way.ONLINE
        found[dossier_id] = MoneySeen(True, before.is_settled and is_settled, is_online)
    return found


def outstanding(dossier_id: UUID) -> int:
    """Đồng still open."""
    total = Charge.objects.filter(dossier_id=dossier_id, state=ChargeState.OPEN).aggregate(s=Sum("amount"))[
        "s"
    ]
    return int(total or 0)


def owing(dossier_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these dossiers have money open."""
    rows = Charge.objects.filter(dossier_id__in=dossier_ids, state=ChargeState.OPEN, amount__gt=0)
    return frozenset(rows.values_list("dossier_id", flat=True))


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
        row.kind,
        row.payer_name,
        row.lines,
        row.refers_to_id,
        row.reason,
        row.lookup or "",
    )


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A signed electronic receipt as people keep it."""

    receipt: ReceiptView
    content: bytes
    filename: str
    key_label: str
    signed_at: datetime


def receipts_of_parties(party_ids: Collection[UUID]) -> Sequence[ReceiptView]:
    """Receipts of those the caller acts for, newest first."""
    rows = Receipt.objects.filter(payer_id__in=party_ids).order_by("-at", "-number")
    return [receipt_view(row) for row in rows[:500]]


def is_signed(receipt_id: UUID) -> bool:
    return ReceiptSignature.objects.filter(pk=receipt_id).exists()


def replaced_by(receipt_id: UUID) -> int | None:
    """The number of the receipt that replaced this one."""
    rows = Receipt.objects.filter(refers_to_id=receipt_id, kind=ReceiptKind.REPLACEMENT)
    return rows.values_list("number", flat=True).first()


def receipt_file(receipt_id: UUID) -> ReceiptFile:
    """The signed XML of a receipt the caller has found visible. Refuses: `ReceiptUnsigned`."""
    row = ReceiptSignature.objects.select_related("receipt").filter(pk=receipt_id).first()
    if row is None:
        raise ReceiptUnsigned
    return ReceiptFile(
        receipt_view(row.receipt),
        enveloped(row.xml.encode(), bytes(row.signature)),
        f"bien-lai-{row.receipt.year}-{row.receipt.number:08d}.xml",
        row.key_label,
        row.at,
    )


def agencies_of_receipts() -> Sequence[UUID]:
    """Agencies that give electronic receipts."""
    return list(ReceiptCounter.objects.order_by().values_list("agency_id", flat=True).distinct())


def receipt_of_lookup(code: str) -> ReceiptView:
    """The receipt with this look-up code, typed with or without blanks and dashes. Refuses: `ReceiptUnknown`."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    row = Receipt.objects.filter(lookup=plain).first() if len(plain) == 12 else None
    if row is None:
        raise ReceiptUnknown
    return receipt_view(row)


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
        row.reckoning,
        row.is_added,
    )


def trail_of(dossier_id: UUID) -> Sequence[ChargeTrailView]:
    """Everything that was done with the charges of a dossier the caller has found visible, oldest first."""
    rows = (
        ChargeEntry.objects.filter(charge__dossier_id=dossier_id)
        .select_related("charge")
        .order_by("at", "id")
    )
    return [
        ChargeTrailView(row.charge.name, row.act, row.before, row.after, row.reason, row.by_name, row.at)
        for row in rows
    ]


def refunds_asked(dossier_id: UUID) -> Sequence[RefundView]:
    """Refunds of a dossier that wait for a second person."""
    rows = RefundRequest.objects.filter(charge__dossier_id=dossier_id, state=RefundState.ASKED)
    return [
        RefundView(
            row.id, row.charge_id, row.charge.name, row.amount, row.reason, row.by_id, row.by_name, row.at
        )
        for row in rows.select_related("charge").order_by("at")
    ]


def benefits_of(party_id: UUID) -> tuple[catalogue.Benefit, ...]:
    """Benefit levels of a person's identity as the fees read them, ended ones left out."""
    return tuple(
        catalogue.Benefit(row.level, row.source, row.valid_from, row.valid_until)
        for row in PersonBenefit.objects.filter(
            party_id__in=directory.records_of([party_id]), ended_at=None
        ).order_by("valid_from", "id")
    )


def benefit_lines(party_id: UUID) -> Sequence[BenefitView]:
    """The same for the page where they are stated and ended."""
    rows = PersonBenefit.objects.filter(
        party_id__in=directory.records_of([party_id]), ended_at=None
    ).order_by("valid_from", "id")
    return [
        BenefitView(row.id, row.level, row.source, row.valid_from, row.valid_until, row.by_name)
        for row in rows
    ]
