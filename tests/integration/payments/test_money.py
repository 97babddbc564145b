"""Charges, cash, exemptions and refunds: numbered without gaps, once, and only by those who may."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from motcua.catalogue.queries import Benefit
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.models import JournalEntry
from motcua.payments import queries, services
from motcua.payments.errors import (
    AmountInvalid,
    BenefitInvalid,
    ChargeClosed,
    ChargeNameMissing,
    ExemptionUnknown,
    ReasonMissing,
    RefundNotAsked,
    RefundTooLarge,
    RefundWaiting,
    SecondPersonNeeded,
)
from motcua.payments.models import Charge, Receipt
from motcua.payments.rules.charges import check_refund
from motcua.payments.words import ChargeState, Way

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
        services.ask_refund(actor=cast.actor(name), charge_id=charges[0].id, amount=1, reason="nhầm")
    for act in (
        partial(services.correct_charge, amount=5, reason="sai"),
        partial(services.cancel_charge, reason="sai"),
    ):
        with pytest.raises(refusal):
            act(actor=cast.actor(name), charge_id=charges[0].id)
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


def test_refunds_have_reasons_limits_and_two_persons(cast: Cast) -> None:
    charge = raised(cast, 8000)[1][0]
    lan, hanh = cast.lan, cast.hanh
    with pytest.raises(ChargeClosed):
        services.ask_refund(actor=lan, charge_id=charge.id, amount=1, reason="chưa thu")
    services.take_payment(actor=lan, charge_ids=[charge.id])
    with pytest.raises(ReasonMissing):
        services.ask_refund(actor=lan, charge_id=charge.id, amount=1, reason=" ")
    with pytest.raises(RefundTooLarge):
        services.ask_refund(actor=lan, charge_id=charge.id, amount=8001, reason="nhầm")
    first = services.ask_refund(actor=lan, charge_id=charge.id, amount=3000, reason="thu thừa")
    with pytest.raises(RefundWaiting):
        services.ask_refund(actor=hanh, charge_id=charge.id, amount=3000, reason="thu thừa")
    assert queries.charges_of(charge_dossier(charge))[0].refunded == 0
    with pytest.raises(SecondPersonNeeded):
        services.make_refund(actor=lan, refund_id=first)
    services.make_refund(actor=hanh, refund_id=first)
    with pytest.raises(RefundNotAsked):
        services.make_refund(actor=hanh, refund_id=first)
    assert queries.charges_of(charge_dossier(charge))[0].state == ChargeState.PAID
    declined = services.ask_refund(actor=hanh, charge_id=charge.id, amount=5000, reason="nhầm")
    with pytest.raises(SecondPersonNeeded):
        services.decline_refund(actor=hanh, refund_id=declined, reason="không có căn cứ")
    with pytest.raises(ReasonMissing):
        services.decline_refund(actor=lan, refund_id=declined, reason=" ")
    services.decline_refund(actor=lan, refund_id=declined, reason="không có căn cứ")
    again = services.ask_refund(actor=hanh, charge_id=charge.id, amount=5000, reason="thu nhầm")
    with pytest.raises(PermissionRefused):
        services.make_refund(actor=cast.chau, refund_id=again)
    with pytest.raises(OutOfScope):
        services.make_refund(actor=lan, refund_id=new_id())
    services.make_refund(actor=lan, refund_id=again)
    assert queries.charges_of(charge_dossier(charge))[0].state == ChargeState.REFUNDED


def charge_dossier(charge: queries.ChargeView) -> UUID:
    return Charge.objects.get(pk=charge.id).dossier_id


def test_charges_are_added_corrected_and_cancelled_with_a_trail(cast: Cast) -> None:
    dossier_id, (charge,) = raised(cast, 8000)
    lan = cast.lan
    add = partial(
        services.add_charge,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        kind="charge",
    )
    with pytest.raises(ChargeNameMissing):
        add(actor=lan, name=" ", amount=5, reason="x")
    with pytest.raises(AmountInvalid):
        add(actor=lan, name="Lệ phí", amount=0, reason="x")
    with pytest.raises(ReasonMissing):
        add(actor=lan, name="Lệ phí", amount=5, reason=" ")
    with pytest.raises(PermissionRefused):
        add(actor=cast.chau, name="Lệ phí", amount=5, reason="x")
    extra = add(actor=lan, name="Lệ phí khai tử", amount=5000, reason="NQ 12/2026")
    services.correct_charge(actor=lan, charge_id=charge.id, amount=24_000, reason="Ba bản, không phải một")
    with pytest.raises(AmountInvalid):
        services.correct_charge(actor=lan, charge_id=charge.id, amount=-1, reason="x")
    with pytest.raises(ReasonMissing):
        services.correct_charge(actor=lan, charge_id=charge.id, amount=1, reason="")
    assert queries.outstanding(dossier_id) == 29_000
    services.cancel_charge(actor=lan, charge_id=extra, reason="Ghi nhầm hồ sơ")
    with pytest.raises(ChargeClosed):
        services.cancel_charge(actor=lan, charge_id=extra, reason="lại")
    assert queries.outstanding(dossier_id) == 24_000
    services.take_payment(actor=lan, charge_ids=[charge.id])
    with pytest.raises(ChargeClosed):
        services.correct_charge(actor=lan, charge_id=charge.id, amount=1, reason="x")
    trail = [(entry.act, entry.before, entry.after, entry.reason) for entry in queries.trail_of(dossier_id)]
    assert trail[:4] == [
        ("raised", None, 8000, ""),
        ("added", None, 5000, "NQ 12/2026"),
        ("corrected", 8000, 24_000, "Ba bản, không phải một"),
        ("cancelled", None, None, "Ghi nhầm hồ sơ"),
    ]
    assert trail[4][0] == "paid"


def test_only_what_was_paid_online_counts_as_online(cast: Cast) -> None:
    online, _ = paid(cast, Way.ONLINE)
    desk, _ = paid(cast, Way.CASH)
    both, _ = paid(cast, Way.ONLINE, Way.CASH)
    back, (given_back,) = paid(cast, Way.ONLINE)
    refund = services.ask_refund(actor=cast.lan, charge_id=given_back.id, amount=1000, reason="nhầm")
    services.make_refund(actor=cast.hanh, refund_id=refund)
    seen = queries.money_of([online, desk, both, back])
    assert {key: one.is_online for key, one in seen.items()} == {online: True, desk: False, both: False}


def paid(cast: Cast, *ways: Way) -> tuple[UUID, Sequence[queries.ChargeView]]:
    dossier_id, charges = raised(cast, *([1000] * len(ways)))
    for charge, way in zip(charges, ways, strict=True):
        services.take_payment(actor=cast.lan, charge_ids=[charge.id], way=way)
    return dossier_id, charges


def test_benefit_levels_reach_the_reckoning_until_they_are_ended(cast: Cast) -> None:
    state = partial(services.state_benefit, party_id=cast.hoa_party, agency_id=cast.an_binh)
    since = date(2026, 9, 1)
    with pytest.raises(PermissionRefused):
        state(actor=cast.chau, level="vneid-5", source="VNeID", valid_from=since)
    for level, source, until in (
        (" ", "VNeID", None),
        ("vneid-5", "", None),
        ("vneid-5", "VNeID", date(2026, 8, 1)),
    ):
        with pytest.raises(BenefitInvalid):
            state(actor=cast.binh, level=level, source=source, valid_from=since, valid_until=until)
    key = state(actor=cast.binh, level="vneid-5", source="VNeID", valid_from=since)
    assert queries.benefits_of(cast.hoa_party) == (Benefit("vneid-5", "VNeID", date(2026, 9, 1)),)
    with pytest.raises(OutOfScope):
        services.end_benefit(actor=cast.binh, benefit_id=new_id(), agency_id=cast.an_binh)
    services.end_benefit(actor=cast.binh, benefit_id=key, agency_id=cast.an_binh)
    assert queries.benefits_of(cast.hoa_party) == ()


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


def test_a_fee_that_is_not_known_any_more_is_not_free(cast: Cast) -> None:
    dossier_id, (first, second) = raised(cast, 8000, 15000)
    moved = services.reckon_again(
        actor=cast.lan,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[],
        reason="Tính lại",
        unknown=[(first.code, first.name)],
    )
    assert [(one.name, one.before, one.after) for one in moved] == [(second.name, 15000, None)]
    assert [one.state for one in queries.charges_of(dossier_id)] == [ChargeState.OPEN, ChargeState.CANCELLED]
