"""The sum changes as the form does, also after reception; what somebody decided by hand or paid stays."""

from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, in_work

from motcua.dossiers import services
from motcua.dossiers.errors import MoveImpossible
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.payments import queries as payments
from motcua.payments import services as money
from motcua.payments.queries import ChargeAct, ChargeState

pytestmark = pytest.mark.django_db


def received(cast: Cast, **answers: Any) -> UUID:
    return in_work(cast, form_data={**BIRTH_FORM, **answers})


def answered(cast: Cast, dossier_id: UUID, **answers: Any) -> None:
    services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="Bổ sung số bản sao")
    services.give_supplement(actor=cast.hoa, dossier_id=dossier_id, form_data={**BIRTH_FORM, **answers})


def standing(dossier_id: UUID) -> list[tuple[int, str]]:
    return [(one.amount, one.state) for one in payments.charges_of(dossier_id)]


def test_a_supplement_that_asks_for_more_copies_costs_more(cast: Cast) -> None:
    dossier_id = received(cast, copies=1)
    ((one, _),) = standing(dossier_id)
    answered(cast, dossier_id, copies=3)
    assert standing(dossier_id) == [(3 * one, ChargeState.OPEN)]
    last = payments.trail_of(dossier_id)[-1]
    assert (last.act, last.before, last.after, last.by_name) == (
        ChargeAct.RECKONED,
        one,
        3 * one,
        cast.hoa.name,
    )


def test_fees_come_with_the_answers(cast: Cast) -> None:
    dossier_id = received(cast, copies=0)
    assert standing(dossier_id) == []
    answered(cast, dossier_id, copies=2)
    ((two, state),) = standing(dossier_id)
    assert (state, payments.outstanding(dossier_id)) == (ChargeState.OPEN, two)
    assert services.reckon_charges_again(actor=cast.lan, dossier_id=dossier_id) == ()


def test_fees_go_with_the_answers(cast: Cast) -> None:
    dossier_id = received(cast, copies=2)
    ((two, _),) = standing(dossier_id)
    answered(cast, dossier_id, copies=0)
    assert standing(dossier_id) == [(two, ChargeState.CANCELLED)]
    assert payments.outstanding(dossier_id) == 0


def test_what_was_decided_by_hand_or_paid_stays(cast: Cast) -> None:
    dossier_id = received(cast, copies=1)
    (charge,) = payments.charges_of(dossier_id)
    money.correct_charge(actor=cast.lan, charge_id=charge.id, amount=5000, reason="Theo nghị quyết của tỉnh")
    answered(cast, dossier_id, copies=3)
    assert services.reckon_charges_again(actor=cast.lan, dossier_id=dossier_id) == ()
    assert standing(dossier_id) == [(5000, ChargeState.OPEN)]
    money.take_payment(actor=cast.lan, charge_ids=[charge.id])
    (moved,) = services.reckon_charges_again(actor=cast.lan, dossier_id=dossier_id)
    assert (moved.before, moved.is_paid) == (5000, True)
    assert standing(dossier_id) == [(5000, ChargeState.PAID)]


def test_only_who_may_and_only_while_it_runs(cast: Cast) -> None:
    dossier_id = received(cast, copies=1)
    for who, refusal in (
        (cast.giang, OutOfScope),
        (cast.hoa, PermissionRefused),
        (cast.chau, PermissionRefused),
    ):
        with pytest.raises(refusal):
            services.reckon_charges_again(actor=who, dossier_id=dossier_id)
    services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Không cần nữa")
    assert payments.outstanding(dossier_id) == 0
    with pytest.raises(MoveImpossible):
        services.reckon_charges_again(actor=cast.binh, dossier_id=dossier_id)
    assert payments.outstanding(dossier_id) == 0
