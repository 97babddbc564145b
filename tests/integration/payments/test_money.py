"""Charges, cash, exemptions and refunds: numbered without gaps, once, and only by those who may."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.models import JournalEntry
from motcua.payments import queries, services
from motcua.payments.errors import ChargeClosed, ExemptionUnknown, ReasonMissing, RefundTooLarge
from motcua.payments.models import Receipt
from motcua.payments.rules.charges import check_refund
from motcua.payments.words import ChargeState

pytestmark = pytest.mark.django_db


def raised(
    cast: Cast, *amounts: int, dossier_id: UUID | None = None
) -> tuple[UUID, Sequence[queries.ChargeView]]:
    dossier_id = dossier_id or new_id()
    services.raise_charges(
        actor=SYSTEM,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[
            services.FeeLine(f"P{n}", f"Phí {n}", "fee", amount, ("Hộ nghèo",))
            for n, amount in enumerate(amounts)
        ],
    )
    return dossier_id, queries.charges_of(dossier_id)


def test_raising_twice_charges_once(cast: Cast) -> None:
    dossier_id, charges = raised(cast, 8000, 15000)
    raised(cast, 8000, 15000, dossier_id=dossier_id)
    assert [charge.amount for charge in queries.charges_of(dossier_id)] == [8000, 15000]
    assert queries.outstanding(dossier_id) == 23000
    assert {charge.state for charge in charges} == {ChargeState.OPEN}


def test_cash_gives_a_numbered_receipt_and_settles(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 11, 23, 9, tzinfo=clock.LOCAL)):
        dossier_id, charges = raised(cast, 8000, 15000)
        receipt = services.take_payment(actor=cast.lan, charge_ids=[charge.id for charge in charges])
        other = raised(cast, 1000)[1]
        second = services.take_payment(actor=cast.lan, charge_ids=[other[0].id])
    assert (receipt.year, receipt.number, receipt.amount, second.number) == (2026, 1, 23000, 2)
    assert queries.outstanding(dossier_id) == 0
    assert [r.id for r in queries.receipts_of(dossier_id)] == [receipt.id]
    assert queries.receipt(receipt.id) == receipt
    assert JournalEntry.objects.filter(name="payments.ChargesSettled").count() == 2
    with pytest.raises(ChargeClosed):
        services.take_payment(actor=cast.lan, charge_ids=[charges[0].id])
    assert Receipt.objects.count() == 2


def test_charges_of_two_dossiers_do_not_share_a_receipt(cast: Cast) -> None:
    first, second = raised(cast, 1000)[1], raised(cast, 2000)[1]
    with pytest.raises(ChargeClosed):
        services.take_payment(actor=cast.lan, charge_ids=[first[0].id, second[0].id])


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("binh", PermissionRefused),
        ("chau", PermissionRefused),
        ("hoa", PermissionRefused),
        ("son", PermissionRefused),
        ("giang", OutOfScope),
        ("an_phat", OutOfScope),
        ("nobody", OutOfScope),
    ],
)
def test_only_the_cashier_of_the_agency_takes_money(
    cast: Cast, name: str, refusal: type[DomainError]
) -> None:
    charges = raised(cast, 1000)[1]
    if name != "binh":
        with pytest.raises(refusal):
            services.exempt_charge(actor=cast.actor(name), charge_id=charges[0].id, ground="Hộ nghèo")
    with pytest.raises(refusal):
        services.refund_charge(actor=cast.actor(name), charge_id=charges[0].id, amount=1, reason="nhầm")
    with pytest.raises(refusal):
        services.take_payment(actor=cast.actor(name), charge_ids=[charges[0].id])
    with pytest.raises(OutOfScope):
        services.take_payment(actor=cast.lan, charge_ids=[new_id()])


def test_one_charge_out_of_sight_hides_them_all(cast: Cast) -> None:
    mine, theirs = raised(cast, 1000)[1], new_id()
    with pytest.raises(OutOfScope):
        services.take_payment(actor=cast.lan, charge_ids=[mine[0].id, theirs])
    with pytest.raises(PermissionRefused):
        services.raise_charges(
            actor=cast.hoa,
            dossier_id=new_id(),
            agency_id=cast.an_binh,
            payer_id=cast.hoa_party,
            lines=[],
        )


def test_an_exemption_needs_a_ground_of_the_procedure(cast: Cast) -> None:
    dossier_id, charges = raised(cast, 8000)
    with pytest.raises(ExemptionUnknown):
        services.exempt_charge(actor=cast.binh, charge_id=charges[0].id, ground="Người quen")
    with pytest.raises(OutOfScope):
        services.exempt_charge(actor=cast.giang, charge_id=charges[0].id, ground="Hộ nghèo")
    services.exempt_charge(actor=cast.binh, charge_id=charges[0].id, ground="Hộ nghèo")
    assert queries.outstanding(dossier_id) == 0
    assert queries.charges_of(dossier_id)[0].exemption == "Hộ nghèo"
    with pytest.raises(ChargeClosed):
        services.exempt_charge(actor=cast.binh, charge_id=charges[0].id, ground="Hộ nghèo")


def test_refunds_have_reasons_and_limits(cast: Cast) -> None:
    dossier_id, charges = raised(cast, 8000)
    charge = charges[0]
    with pytest.raises(ChargeClosed):
        services.refund_charge(actor=cast.lan, charge_id=charge.id, amount=1, reason="chưa thu")
    services.take_payment(actor=cast.lan, charge_ids=[charge.id])
    with pytest.raises(ReasonMissing):
        services.refund_charge(actor=cast.lan, charge_id=charge.id, amount=1, reason=" ")
    with pytest.raises(RefundTooLarge):
        services.refund_charge(actor=cast.lan, charge_id=charge.id, amount=8001, reason="nhầm")
    services.refund_charge(actor=cast.lan, charge_id=charge.id, amount=3000, reason="thu thừa")
    assert queries.charges_of(dossier_id)[0].state == ChargeState.PAID
    services.refund_charge(actor=cast.lan, charge_id=charge.id, amount=5000, reason="thu nhầm")
    assert queries.charges_of(dossier_id)[0].state == ChargeState.REFUNDED
    with pytest.raises(PermissionRefused):
        services.refund_charge(actor=cast.chau, charge_id=charge.id, amount=1, reason="x")


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(-5, 10**9))
def test_a_refund_never_exceeds_what_was_paid(paid: int, refunded: int, amount: int) -> None:
    refunded = min(refunded, paid)
    if amount <= 0 or refunded + amount > paid:
        with pytest.raises(RefundTooLarge):
            check_refund(paid=paid, refunded=refunded, amount=amount, reason="r")
    else:
        state = check_refund(paid=paid, refunded=refunded, amount=amount, reason="r")
        assert (state is ChargeState.REFUNDED) == (refunded + amount == paid)


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_at_once_take_the_money_once(cast: Cast) -> None:
    dossier_id, charges = raised(cast, 8000)
    lan: Actor = cast.lan

    def take(_: int) -> bool:
        try:
            services.take_payment(actor=lan, charge_ids=[charges[0].id])
        except ChargeClosed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(4))) == [False, False, False, True]
    assert len(queries.receipts_of(dossier_id)) == 1
