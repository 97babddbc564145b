"""What a dossier costs, on every page where somebody decides: procedure, form, review, confirmation, dossier, result."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, in_work, received
from tests.factories.drafts import fill_in, press

from motcua.dossiers import queries, services
from motcua.dossiers.models import Result
from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.payments import queries as payments
from motcua.payments import services as money
from motcua.payments.words import ChargeState

LogIn = Callable[[str], Client]


def with_copies(copies: int) -> dict[str, Any]:
    return {**BIRTH_FORM, "copies": copies}


def test_a_procedure_says_its_rate_and_never_that_the_unknown_is_free(client: Client, cast: Cast) -> None:
    copies = client.get("/thu-tuc/2.000815/").content.decode()
    assert "2.000 đ cho trang thứ 1 đến 2" in copies
    assert "không quá 200.000 đ" in copies
    unknown = client.get("/thu-tuc/1.012812/").content.decode()
    assert "chưa rõ, xem: Theo quy định của Luật phí và lệ phí" in unknown
    assert "iễn phí" not in unknown
    english = client.get("/thu-tuc/2.000815/", headers={"Accept-Language": "en"}).content.decode()
    assert "at most 200.000 đ" in english
    assert "miễn phí" in client.get("/thu-tuc/2.000908/").content.decode()


def draft_of(cast: Cast, client: Client, copies: int) -> str:
    draft = services.begin_draft(actor=cast.hoa, procedure_code=BIRTH)
    fill_in(
        cast.hoa,
        draft.id,
        receiving_id=cast.an_binh,
        applicant_id=cast.hoa_party,
        contact={"phone": "0912345678"},
        form_data=with_copies(copies),
        promised=["birth-notification"],
    )
    return f"/nhap/{draft.id}/"


def test_the_sum_changes_as_the_form_does_and_stands_on_review_and_confirmation(
    cast: Cast, as_: LogIn
) -> None:
    client = as_("hoa")
    address = draft_of(cast, client, 3)
    assert "8.000 đ × 3 bản = 24.000 đ" in client.get(address + "to-khai/").content.decode()
    typed = {"child.birth_on.d": "2", "child.birth_on.m": "11", "child.birth_on.y": "2026", "copies": "7"}
    shown = client.post(address + "phi/", typed).content.decode()
    assert "56.000 đ" in shown
    assert "<html" not in shown
    assert queries.own_drafts(actor=cast.hoa)[0].form_data["copies"] == 3, "looking is not saving"
    assert "24.000 đ" in client.get(address + "xem-lai/").content.decode()
    sent = press(client, address + "xem-lai/", follow=True).content.decode()
    assert "24.000 đ" in sent


def test_a_late_birth_says_that_the_charge_is_not_known_and_charges_the_copies(
    cast: Cast, as_: LogIn
) -> None:
    form = with_copies(2)
    form["child"] = {**form["child"], "birth_on": "2026-01-05"}
    dossier_id = received(cast, form_data=form).dossier_id
    assert [(charge.code, charge.amount) for charge in payments.charges_of(dossier_id)] == [
        ("PHI.BSKS", 16_000)
    ]
    page = as_("lan").get(f"/quay/ho-so/{dossier_id}/phi/").content.decode()
    assert "Đăng ký quá 60 ngày" in page
    assert "16.000 đ và phần chưa rõ" in page


def test_a_result_is_held_back_until_its_fee_is_paid(cast: Cast, as_: LogIn) -> None:
    dossier_id = in_work(cast, form_data=with_copies(2))
    file_id, paper_id = issued(cast, dossier_id)
    client = as_("hoa")
    page = client.get(f"/ho-so/{dossier_id}/").content.decode()
    assert "đang giữ lại" in page
    assert "16.000 đ" in page
    assert client.get(f"/ho-so/{dossier_id}/tep/{file_id}/").status_code == 404
    assert queries.is_held_back_file(file_id)
    assert queries.held_back_papers([paper_id]) == {paper_id}
    charge = payments.charges_of(dossier_id)[0]
    money.take_payment(actor=cast.lan, charge_ids=[charge.id])
    page = client.get(f"/ho-so/{dossier_id}/").content.decode()
    assert "đang giữ lại" not in page
    assert str(file_id) in page
    assert not queries.is_held_back_file(file_id)
    assert queries.held_back_papers([paper_id]) == frozenset()


def issued(cast: Cast, dossier_id: UUID) -> tuple[UUID, UUID]:
    """A result as the seal leaves it, without signing one."""
    at, file_id, paper_id = clock.now(), new_id(), new_id()
    Result.objects.create(
        dossier_id=dossier_id,
        type_code="KQ",
        title="Giấy khai sinh",
        outcome="granted",
        content={},
        drafted_at=at,
        issued_at=at,
        sealed_file_id=file_id,
        paper_id=paper_id,
    )
    return file_id, paper_id


def test_a_withdrawn_dossier_leaves_no_open_fee_and_what_was_paid_stays_to_be_given_back(
    cast: Cast, as_: LogIn
) -> None:
    dossier_id = received(cast, form_data=with_copies(2)).dossier_id
    assert payments.outstanding(dossier_id) == 16_000
    services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Đổi ý")
    assert payments.outstanding(dossier_id) == 0
    assert [charge.state for charge in payments.charges_of(dossier_id)] == [ChargeState.CANCELLED]
    assert payments.trail_of(dossier_id)[-1].act == "cancelled"
    assert "Đã hủy" in as_("hoa").get(f"/ho-so/{dossier_id}/").content.decode()


def test_the_desk_adds_corrects_cancels_and_gives_back_by_two_persons(cast: Cast, as_: LogIn) -> None:
    dossier_id = received(cast, form_data=with_copies(2)).dossier_id
    lan, at = as_("lan"), f"/quay/ho-so/{dossier_id}/phi/"
    wrong = lan.post(at + "them/", {"name": "Lệ phí", "amount": "năm nghìn", "reason": "NQ 12"})
    assert wrong.status_code == 422
    assert 'value="NQ 12"' in wrong.content.decode(), "nothing typed is lost"
    added = {"name": "Lệ phí quá hạn", "kind": "charge", "amount": "5.000", "reason": "NQ 12"}
    assert lan.post(at + "them/", added).status_code == 302
    copies, late = payments.charges_of(dossier_id)
    assert (late.name, late.amount, late.kind) == ("Lệ phí quá hạn", 5000, "charge")
    corrected = {"charge": copies.id, "amount": "8000", "reason": "Một bản"}
    assert lan.post(at + "sua/", corrected).status_code == 302
    assert lan.post(at + "huy/", {"charge": late.id, "reason": "Nhầm"}).status_code == 302
    assert payments.outstanding(dossier_id) == 8000
    assert lan.post(at + "huy/", {"charge": new_id(), "reason": "Nhầm"}).status_code == 404
    lan.post(f"/quay/ho-so/{dossier_id}/thu/", {"charge": [copies.id], "way": "cash"})
    asked = {"charge": copies.id, "amount": "8000", "reason": "Thu nhầm"}
    assert lan.post(at + "de-nghi-hoan/", asked).status_code == 302
    (refund,) = payments.refunds_asked(dossier_id)
    assert lan.post(at + "duyet-hoan/", {"refund": refund.id}).status_code == 403
    hanh = as_("hanh")
    assert "Chờ người thứ hai" in hanh.get(at).content.decode()
    assert hanh.post(at + "duyet-hoan/", {"refund": refund.id}).status_code == 302
    assert payments.charges_of(dossier_id)[0].state == ChargeState.REFUNDED
    page = lan.get(at).content.decode()
    for word in ("Sửa số tiền", "16.000 đ → 8.000 đ", "Một bản", "Đề nghị hoàn", "Hoàn", "Hủy"):
        assert word in page
    assert lan.post(at + "bay/", {}).status_code == 404


def test_a_benefit_level_is_stated_and_ended_at_the_desk(cast: Cast, as_: LogIn) -> None:
    dossier_id = received(cast).dossier_id
    binh, at = as_("binh"), f"/quay/ho-so/{dossier_id}/phi/"
    stated = {"level": "vneid-5", "source": "VNeID", "valid_from": "2026-09-01", "valid_until": ""}
    assert binh.post(at + "uu-dai/", {**stated, "valid_from": "hôm qua"}).status_code == 422
    assert binh.post(at + "uu-dai/", stated).status_code == 302
    (benefit,) = payments.benefit_lines(cast.hoa_party)
    assert "vneid-5" in binh.get(at).content.decode()
    assert binh.post(at + "het-uu-dai/", {"benefit": benefit.id}).status_code == 302
    assert payments.benefit_lines(cast.hoa_party) == []
