"""At the desk with a dossier: take over, ask, refuse, complete, collect, hand over, print."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_PAPERS, birth_application, in_work, received, submitted

from motcua.documents.queries import QrPayload, qr_text
from motcua.dossiers import queries, services
from motcua.dossiers.queries import Box
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.payments import queries as payments
from motcua.payments import services as money

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def seen(cast: Cast, dossier_id: UUID) -> str:
    return str(queries.dossier_page(actor=cast.hanh, dossier_id=dossier_id).revision)


def at(dossier_id: UUID, act: str = "") -> str:
    return f"/quay/ho-so/{dossier_id}/{act}/" if act else f"/quay/ho-so/{dossier_id}/"


def charged(cast: Cast) -> UUID:
    dossier_id = received(cast).dossier_id
    lines = [money.FeeLine("test", "Lệ phí hộ tịch", "charge", 8000, ("hộ nghèo",))]
    money.raise_charges(
        actor=SYSTEM, dossier_id=dossier_id, agency_id=cast.an_binh, payer_id=cast.hoa_party, lines=lines
    )
    return dossier_id


def test_an_online_dossier_waits_in_the_queue_and_is_received_with_papers_brought_later(
    cast: Cast, as_: As
) -> None:
    dossier_id = submitted(cast).dossier_id
    client = as_("binh")
    assert str(dossier_id) in client.get("/quay/truc-tuyen/").content.decode()
    body = {"seen": seen(cast, dossier_id), "p.birth-notification.originals": "1"}
    page = client.post(at(dossier_id, "tiep-nhan"), body, follow=True).context["page"]
    assert page.code is not None
    assert str(dossier_id) not in client.get("/quay/truc-tuyen/").content.decode()


def test_asking_before_receipt_then_completing_then_receiving(cast: Cast, as_: As) -> None:
    dossier_id = submitted(cast).dossier_id
    client = as_("binh")
    items = {"items": "Giấy chứng sinh\nBản sao hộ chiếu", "reason": "Ảnh mờ"}
    asked = client.post(at(dossier_id, "bo-sung"), {"seen": seen(cast, dossier_id), **items}, follow=True)
    assert asked.context["page"].forms[-1].content["items"] == ["Giấy chứng sinh", "Bản sao hộ chiếu"]
    body = {"seen": seen(cast, dossier_id), "p.birth-notification.originals": "1", "reason": ""}
    client.post(at(dossier_id, "nhan-bo-sung"), body)
    page = client.post(at(dossier_id, "tiep-nhan"), {"seen": seen(cast, dossier_id)}, follow=True).context[
        "page"
    ]
    assert page.code is not None


def test_refusing_online_needs_a_reason_and_keeps_the_page(cast: Cast, as_: As) -> None:
    dossier_id = submitted(cast).dossier_id
    client = as_("binh")
    refused = client.post(at(dossier_id, "tu-choi"), {"seen": seen(cast, dossier_id), "reason": " "})
    assert refused.status_code == 422
    assert 'href="#f-tu-choi-reason"' in refused.content.decode()
    done = client.post(
        at(dossier_id, "tu-choi"), {"seen": seen(cast, dossier_id), "reason": "Sai nơi"}, follow=True
    )
    assert done.context["page"].forms[-1].code == "03"


def test_somebody_was_quicker_and_nothing_is_lost(cast: Cast, as_: As) -> None:
    dossier_id = submitted(cast).dossier_id
    stale = seen(cast, dossier_id)
    services.receive_dossier(actor=cast.hanh, dossier_id=dossier_id, papers=BIRTH_PAPERS)
    answer = as_("binh").post(
        at(dossier_id, "bo-sung"), {"seen": stale, "items": "Ảnh", "reason": "Thiếu ảnh thẻ"}
    )
    assert answer.status_code == 409
    assert "Hồ sơ đã đi tiếp" in answer.content.decode()
    assert "Thiếu ảnh thẻ" in answer.content.decode()
    assert queries.dossier_page(actor=cast.binh, dossier_id=dossier_id).supplements_asked == 0


def test_withdrawing_at_the_desk(cast: Cast, as_: As) -> None:
    dossier_id = received(cast).dossier_id
    body = {"seen": seen(cast, dossier_id), "reason": "Người nộp đổi ý"}
    page = as_("binh").post(at(dossier_id, "rut"), body, follow=True).context["page"]
    assert not page.is_open


def test_form_is_being_prepared_then_shown_in_a_frame(cast: Cast, as_: As) -> None:
    dossier_id = received(cast).dossier_id
    form = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id).forms[0]
    client, url = as_("binh"), f"/quay/ho-so/{dossier_id}/mau/{form.id}/"
    waiting = client.get(url)
    assert waiting.headers["Refresh"] == "2"
    assert "Đang soạn bản in" in waiting.content.decode()
    file_id = services.typeset_form(actor=SYSTEM, form_id=form.id)
    ready = client.get(url)
    assert "Refresh" not in ready.headers
    assert f"/quay/ho-so/{dossier_id}/tep/{file_id}/" in ready.content.decode()
    pdf = client.get(f"/quay/ho-so/{dossier_id}/tep/{file_id}/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a streamed answer
    assert client.get(f"/quay/ho-so/{dossier_id}/tep/{uuid4()}/").status_code == 404
    again = client.get(
        f"/quay/ho-so/{dossier_id}/tep/{file_id}/", headers={"If-None-Match": pdf.headers["ETag"]}
    )
    assert again.status_code == 304


def test_cashier_finds_the_dossier_takes_the_money_and_prints_the_receipt(cast: Cast, as_: As) -> None:
    dossier_id = charged(cast)
    client = as_("lan")
    assert str(dossier_id) in client.get("/quay/thu-phi/?q=nguyen+thi+hoa").content.decode()
    charges = [str(charge.id) for charge in payments.charges_of(dossier_id)]
    taken = client.post(at(dossier_id, "thu"), {"charge": charges, "way": "cash"}, follow=True)
    text = taken.content.decode()
    assert "Biên lai" in text
    assert "8.000 đ" in text
    assert payments.outstanding(dossier_id) == 0
    twice = client.post(at(dossier_id, "thu"), {"charge": charges, "way": "cash"})
    assert twice.status_code in {404, 409, 422}
    assert len(payments.receipts_of(dossier_id)) == 1


def test_money_is_taken_only_by_those_who_may(cast: Cast, as_: As) -> None:
    dossier_id = charged(cast)
    charges = [str(charge.id) for charge in payments.charges_of(dossier_id)]
    assert as_("binh").post(at(dossier_id, "thu"), {"charge": charges}).status_code == 403
    assert payments.outstanding(dossier_id) == 8000


def test_a_charge_is_waived_only_on_a_ground_of_its_procedure(cast: Cast, as_: As) -> None:
    dossier_id = charged(cast)
    charge = payments.charges_of(dossier_id)[-1]
    client, url = as_("lan"), f"/quay/ho-so/{dossier_id}/mien/{charge.id}/"
    assert client.post(url, {"ground": "quen biết"}).status_code == 422
    assert client.post(url, {"ground": "hộ nghèo"}, follow=True).status_code == 200
    assert payments.outstanding(dossier_id) == 0


def test_day_book_lists_what_was_received_that_day(cast: Cast, as_: As) -> None:
    code = received(cast).code
    assert code is not None
    client = as_("binh")
    assert code in client.get("/quay/so-ngay/").content.decode()
    assert code not in client.get("/quay/so-ngay/?ngay=2026-01-05").content.decode()
    assert client.get("/quay/so-ngay/?ngay=hom-qua").status_code == 200


def test_return_desk_opens_the_dossier_of_a_typed_code(cast: Cast, as_: As) -> None:
    moved = received(cast)
    answer = as_("binh").get("/quay/tra-ket-qua/", {"q": f" {str(moved.code).lower()} "})
    assert answer.status_code == 302
    assert str(moved.dossier_id) in answer.headers["Location"]


def test_scanned_code_of_a_form_finds_its_dossier(cast: Cast, as_: As) -> None:
    moved = received(cast)
    scanned = qr_text(QrPayload(str(moved.code), "1.001193", "", "Giấy hẹn", "Một Cửa", clock.now()))
    client = as_("binh")
    sent_on = client.post("/quay/tra-ket-qua/", {"q": scanned}).headers["Location"]
    assert "MC2" not in sent_on
    answer = client.get(sent_on)
    assert answer.status_code == 302
    assert str(moved.dossier_id) in answer.headers["Location"]


@pytest.mark.parametrize("name", ["giang", "hoa"])
def test_a_dossier_of_another_agency_does_not_exist(cast: Cast, as_: As, name: str) -> None:
    dossier_id = in_work(cast)
    assert as_(name).get(at(dossier_id)).status_code == 404
    assert as_(name).post(at(dossier_id, "rut"), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("path", ["/quay/truc-tuyen/", "/quay/so-ngay/", "/quay/thu-phi/?q=hoa"])
def test_lists_cost_the_same_for_two_and_for_thirty(cast: Cast, as_: As, path: str) -> None:
    client = as_("lan" if "thu-phi" in path else "binh")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(path).status_code == 200
        return len(queries_made)

    def fill(count: int) -> None:
        for _ in range(count):
            application = birth_application(cast)
            if "truc-tuyen" in path:
                services.submit_dossier(actor=cast.hoa, application=application)
            else:
                services.register_dossier(actor=cast.binh, application=application)

    fill(2)
    client.get(path)
    few = cost()
    fill(28)
    assert cost() == few


def test_return_box_shows_only_what_is_ready(cast: Cast, as_: As) -> None:
    in_work(cast)
    text = as_("binh").get("/quay/tra-ket-qua/").content.decode()
    assert "Không có kết quả nào chờ trả" in text
    assert queries.inbox(actor=cast.binh, box=Box.RETURN).rows == []
