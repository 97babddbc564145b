"""The page of a dossier's money: every act has a door and leaves its line; what was typed survives a refusal."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, in_work

from motcua.dossiers import services as dossiers
from motcua.kernel.authority import SYSTEM
from motcua.payments import queries as payments
from motcua.payments import services as money
from motcua.payments.queries import ChargeState

pytestmark = pytest.mark.django_db
Act = Callable[..., HttpResponse]


@pytest.fixture
def dossier_id(cast: Cast) -> UUID:
    return in_work(cast, form_data={**BIRTH_FORM, "copies": 1})


@pytest.fixture
def act(cast: Cast, client: Client, dossier_id: UUID) -> Act:
    def posted(who: str, name: str, /, **post: object) -> HttpResponse:
        cast.login(client, who)
        at = reverse("counter:charge_act", args=[dossier_id, name])
        return client.post(at, {key: str(value) for key, value in post.items()}, follow=True)  # type: ignore[return-value]  # the last answer

    return posted


def body(cast: Cast, client: Client, dossier_id: UUID, who: str = "lan") -> str:
    cast.login(client, who)
    return client.get(reverse("counter:charges", args=[dossier_id])).content.decode()


def test_charges_are_added_corrected_and_cancelled_with_their_trail(
    cast: Cast, client: Client, dossier_id: UUID, act: Act
) -> None:
    answer = act("lan", "them", name="Phí sao lục", kind="fee", amount="12.000", reason="Nghị quyết tỉnh")
    assert "Đã thêm khoản thu" in answer.content.decode()
    added = payments.charges_of(dossier_id)[-1]
    refused = act("lan", "sua", charge=added.id, amount="15.000 nghìn", reason="Ghi nhầm")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="15.000 nghìn"' in text
    assert 'value="Ghi nhầm"' in text
    act("lan", "sua", charge=added.id, amount="15000", reason="Ghi nhầm")
    act("lan", "huy", charge=added.id, reason="Không phải thu")
    text = body(cast, client, dossier_id)
    for said in ("Phí sao lục", "12.000 đ → 15.000 đ", "Ghi nhầm", "Không phải thu", "Đã hủy"):
        assert said in text, said


def test_a_refund_takes_two_people(cast: Cast, client: Client, dossier_id: UUID, act: Act) -> None:
    (charge,) = payments.charges_of(dossier_id)
    money.take_payment(actor=cast.lan, charge_ids=[charge.id])
    act("lan", "de-nghi-hoan", charge=charge.id, amount=charge.amount, reason="Thu thừa")
    (asked,) = payments.refunds_asked(dossier_id)
    assert "duyet-hoan" not in body(cast, client, dossier_id, "lan")
    assert act("lan", "duyet-hoan", refund=asked.id).status_code in (403, 409)
    refused = act("hanh", "tu-choi-hoan", refund=asked.id, reason="")
    assert refused.status_code == 422
    act("hanh", "duyet-hoan", refund=asked.id)
    assert payments.charges_of(dossier_id)[0].state == ChargeState.REFUNDED
    assert "Thu thừa" in body(cast, client, dossier_id)


def test_a_charge_is_waived_on_its_ground(cast: Cast, client: Client, dossier_id: UUID, act: Act) -> None:
    line = money.FeeLine("P", "Phí khai thác", "fee", 8000, ("Hộ nghèo",))
    money.raise_charges(
        actor=SYSTEM,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[line],
    )
    charge = payments.charges_of(dossier_id)[-1]
    assert act("binh", "mien", charge=charge.id, ground="Quen biết").status_code == 422
    act("binh", "mien", charge=charge.id, ground=charge.exemptions[0])
    assert payments.charges_of(dossier_id)[-1].state == ChargeState.EXEMPT
    assert charge.exemptions[0] in body(cast, client, dossier_id)


def test_the_page_says_where_the_reckoning_differs_and_reckons_again(
    cast: Cast, client: Client, dossier_id: UUID, act: Act
) -> None:
    assert "khác khoản đã ghi" not in body(cast, client, dossier_id)
    (charge,) = payments.charges_of(dossier_id)
    money.take_payment(actor=cast.lan, charge_ids=[charge.id])
    dossiers.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="Bổ sung số bản sao")
    dossiers.give_supplement(actor=cast.hoa, dossier_id=dossier_id, form_data={**BIRTH_FORM, "copies": 3})
    text = body(cast, client, dossier_id)
    assert "khác khoản đã ghi" in text
    assert "thu thêm bằng một khoản mới" in text
    answer = act("lan", "tinh-lai")
    assert "Khoản đã thu giữ nguyên" in answer.content.decode()


def test_nothing_is_added_to_a_dossier_that_was_withdrawn(
    cast: Cast, client: Client, dossier_id: UUID
) -> None:
    dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Không cần nữa")
    text = body(cast, client, dossier_id)
    assert "Thêm một khoản" not in text
    assert "Đã hủy" in text
    assert payments.outstanding(dossier_id) == 0


def test_series_and_summaries_are_shown_to_those_at_the_money(
    cast: Cast, client: Client, dossier_id: UUID
) -> None:
    (charge,) = payments.charges_of(dossier_id)
    at = reverse("counter:summaries")
    cast.login(client, "lan")
    assert "Chưa cấp biên lai nào" in client.get(at).content.decode()
    money.take_payment(actor=cast.lan, charge_ids=[charge.id])
    text = client.get(at).content.decode()
    assert "Chờ ký số" in text
    assert "Chưa có bảng tổng hợp nào" in text
    cast.login(client, "binh")
    assert client.get(at).status_code == 403
