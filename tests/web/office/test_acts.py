"""A dossier's page and the acts of officers: offered as the law and the roles allow, refused kindly, never lost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received
from tests.factories.signing import SigningWorld

from motcua.directory import queries as directory
from motcua.dossiers import queries, services
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import MOVES, MoveKey
from motcua.kernel import clock

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def page_of(cast: Cast, dossier_id: UUID) -> DossierPage:
    return queries.dossier_page(actor=cast.hanh, dossier_id=dossier_id)


def at(dossier_id: UUID, key: str = "") -> str:
    return f"/co-quan/ho-so/{dossier_id}/" + (f"viec/{key}/" if key else "")


def do(cast: Cast, client: Client, dossier_id: UUID, key: str, **fields: object) -> DossierPage:
    """Post an act as the page would and insist that it worked."""
    shown = client.get(at(dossier_id, key))
    assert shown.status_code == 200, key
    body = {"seen": str(page_of(cast, dossier_id).revision), **fields}
    answer = client.post(at(dossier_id, key), body)
    assert answer.status_code == 302, (key, answer.content.decode()[:3000])
    return page_of(cast, dossier_id)


@pytest.mark.parametrize("tab", ["", "to-khai", "buoc", "tin-nhan", "nhat-ky", "khong-co"])
def test_every_tab_has_its_address(cast: Cast, as_: As, tab: str) -> None:
    dossier_id = in_work(cast)
    answer = as_("chau").get(at(dossier_id), {"muc": tab})
    assert answer.status_code == 200
    marks = {"to-khai": "Trần Gia Bảo", "buoc": "Hạn trả được tính thế nào", "nhat-ky": "Phân công thụ lý"}
    assert marks.get(tab, "Nguyễn Thị Hoa") in answer.content.decode()


def test_the_reckoning_is_explained_line_by_line(cast: Cast, as_: As) -> None:
    text = as_("chau").get(at(in_work(cast)), {"muc": "buoc"}).content.decode()
    assert "Hồ sơ được nhận lúc" in text
    assert "Từng khoảng thời gian" in text


def test_acts_offered_are_exactly_those_of_the_reader(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    for name in ("chau", "hanh", "dung", "binh", "khanh", "lan"):
        offered = [
            move.name for move in queries.dossier_page(actor=cast.actor(name), dossier_id=dossier_id).moves
        ]
        shown = [act.label for act in as_(name).get(at(dossier_id)).context["acts"]]
        assert shown == offered


def test_an_act_is_called_as_its_move_is(cast: Cast, as_: As) -> None:
    """The table names an act once: the title of its page, and its button where that has no words of its own."""
    dossier_id = in_work(cast)
    for key, button in (("submit_to_leader", "Trình lãnh đạo"), ("consult", "Gửi lấy ý kiến")):
        text = as_("chau").get(at(dossier_id, key.replace("_", "-"))).content.decode()
        assert f'<h1 class="govuk-heading-l">{MOVES[MoveKey(key)].name}</h1>' in text
        assert button in text.split("</h1>")[1]


def test_assigning_by_the_page(cast: Cast, as_: As) -> None:
    dossier_id = received(cast).dossier_id
    page = do(
        cast, as_("hanh"), dossier_id, "assign", assignee=str(cast.account("chau")), note="Làm trong hôm nay"
    )
    assert page.assignee_name == "Lê Thị Châu"
    assert page.timeline[-1].reason == "Làm trong hôm nay"


def test_consulting_and_answering(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    do(
        cast,
        as_("chau"),
        dossier_id,
        "consult",
        agency=str(cast.agriculture),
        question="Thửa này có tranh chấp?",
        days="0,5",
    )
    client = as_("phuc")
    (asked,) = queries.open_consultations_of(actor=cast.phuc)
    assert "Thửa này có tranh chấp?" in client.get("/co-quan/y-kien/").content.decode()
    url = f"/co-quan/y-kien/{asked.id}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": " "}).status_code == 422
    assert client.post(url, {"answer": "Không có tranh chấp", "agreed": "yes"}).status_code == 302
    assert page_of(cast, dossier_id).consultations[0].is_agreed is True
    assert client.post(url, {"answer": "Lần nữa"}).status_code == 404


@pytest.mark.parametrize(
    ("key", "fields", "wrong"),
    [
        ("consult", {"question": "", "days": "2"}, ["f-agency", "f-question"]),
        ("consult", {"question": "Hỏi", "days": "nhiều"}, ["f-agency", "f-days"]),
        ("ask-supplement", {"items": "", "reason": ""}, ["f-items", "f-reason"]),
        ("require-payment", {"reason": " "}, ["f-reason"]),
        ("propose-extension", {"due.d": "31", "due.m": "2", "due.y": "2027", "reason": "Chờ"}, ["f-due"]),
        ("submit-to-leader", {"outcome": "refused", "note": ""}, ["f-note"]),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    cast: Cast, as_: As, key: str, fields: dict[str, str], wrong: list[str]
) -> None:
    dossier_id = in_work(cast)
    before = page_of(cast, dossier_id).revision
    answer = as_("chau").post(at(dossier_id, key), fields | {"seen": str(before)})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'href="#{field}"' in text for field in wrong)
    assert page_of(cast, dossier_id).revision == before
    for value in fields.values():
        assert value.strip() in text


def test_supplement_and_apology_by_the_page(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    page = do(cast, as_("chau"), dossier_id, "ask-supplement", items="Bản sao hộ chiếu", reason="Thiếu")
    assert page.is_paused
    assert as_("chau").get(at(dossier_id)).context["clock"].is_paused


def test_extending_lands_on_the_close_of_an_office_day(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    page = page_of(cast, dossier_id)
    assert page.due_at is not None
    with clock.frozen(page.due_at - timedelta(days=3)):
        on = (page.due_at + timedelta(days=5)).date()
        day = {"due.d": str(on.day), "due.m": str(on.month), "due.y": str(on.year)}
        proposed = do(cast, as_("chau"), dossier_id, "propose-extension", reason="Chờ xác minh", **day)
        assert proposed.due_at == page.due_at
        tray = as_("dung").get("/co-quan/trinh-ky/").content.decode()
        assert "Đề xuất hẹn lại ngày trả" in tray
        assert at(dossier_id, "extend") in tray
        offered = as_("dung").get(at(dossier_id, "extend")).content.decode()
        assert "Chờ xác minh" in offered  # what the officer wrote is before the head
        extended = do(cast, as_("dung"), dossier_id, "extend", reason="Chờ xác minh", **day)
    calendar = directory.calendar_of(cast.an_binh)
    assert extended.due_at == calendar.close(calendar.first_office_day(on))
    assert "04" in {form.code for form in extended.forms}


def test_extending_too_late_teaches_why(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    page = page_of(cast, dossier_id)
    assert page.due_at is not None
    with clock.frozen(page.due_at):
        body = {"seen": str(page.revision), "reason": "Chậm", "due.d": "1", "due.m": "12", "due.y": "2030"}
        answer = as_("chau").post(at(dossier_id, "propose-extension"), body)
    assert answer.status_code == 409
    assert "Nghị định 61/2018/NĐ-CP" in answer.content.decode()


def test_two_officers_at_once_the_second_is_told_and_loses_nothing(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    stale = str(page_of(cast, dossier_id).revision)
    services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="Thiếu ảnh", items=["Ảnh"])
    answer = as_("chau").post(
        at(dossier_id, "require-payment"), {"seen": stale, "reason": "Nộp thuế trước bạ"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Hồ sơ đã đi tiếp trước khi bạn bấm" in text
    assert "Thiếu ảnh" in text
    assert "Nộp thuế trước bạ" in text


def test_an_act_out_of_turn_is_explained_and_an_unknown_one_does_not_exist(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    assert as_("dung").get(at(dossier_id, "approve")).status_code == 409
    assert as_("chau").get(at(dossier_id, "bia-ra")).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("nobody", 302), ("hoa", 404), ("giang", 404), ("binh", 403), ("lan", 403)]
)
def test_acts_are_for_those_who_hold_them(cast: Cast, as_: As, name: str, status: int) -> None:
    dossier_id = received(cast).dossier_id
    body = {"assignee": str(cast.account("chau"))}
    assert as_(name).post(at(dossier_id, "assign"), body).status_code == status
    assert page_of(cast, dossier_id).assignee_id is None


def test_submitting_with_changed_content_and_a_draft_of_ones_own(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    form = as_("chau").get(at(dossier_id, "submit-to-leader"))
    assert "Trần Gia Bảo" in form.content.decode()
    prepared = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id).content
    typed = {f"{part}.{name}": value for part, told in prepared.items() for name, value in told.items()}
    for name in [name for name in typed if name.endswith("_on") or name == "registered.on"]:
        year, month, day = typed.pop(name).split("-")
        typed |= {f"{name}.d": day, f"{name}.m": month, f"{name}.y": year}
    typed |= {"has_content": "1", "outcome": "granted", "note": "Đủ", "child.full_name": "Trần Gia Bảo An"}
    missing = as_("chau").post(
        at(dossier_id, "submit-to-leader"),
        typed | {"child.birth_place": "", "seen": form.context["page"].revision},
    )
    assert missing.status_code == 422
    assert "Chưa nhập “Nơi sinh”" in missing.content.decode()
    kept = as_("chau").post(f"{at(dossier_id)}ket-qua/luu/", typed | {"seen_draft": "0"})
    assert kept.status_code == 302
    assert "Trần Gia Bảo An" in as_("chau").get(at(dossier_id, "submit-to-leader")).content.decode()
    stale = as_("chau").post(
        f"{at(dossier_id)}ket-qua/luu/", typed | {"seen_draft": "0"}, headers={"Accept": "application/json"}
    )
    assert stale.status_code == 409
    page = do(cast, as_("chau"), dossier_id, "submit-to-leader", **typed)
    assert page.results[0].content["child"]["full_name"] == "Trần Gia Bảo An"
    not_pdf = SimpleUploadedFile("du-thao.pdf", b"khong phai pdf", "application/pdf")
    other = in_work(cast)
    answer = as_("chau").post(at(other, "submit-to-leader"), {"outcome": "granted", "draft": not_pdf})
    assert answer.status_code == 422


def test_file_of_another_dossier_does_not_exist(cast: Cast, as_: As) -> None:
    assert as_("chau").get(f"{at(in_work(cast))}tep/{uuid4()}/").status_code == 404


@pytest.mark.usefixtures("clock_stands")
def test_page_costs_the_same_with_many_passages(cast: Cast, as_: As) -> None:
    dossier_id, client = in_work(cast), as_("chau")

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(at(dossier_id), {"muc": "nhat-ky"}).status_code == 200
        return len(made)

    client.get(at(dossier_id))
    few = cost()
    for _ in range(10):
        services.assign(actor=cast.hanh, dossier_id=dossier_id, assignee_id=cast.account("chau"))
    assert cost() == few


def test_the_whole_way_by_pages_with_real_signatures(cast: Cast, as_: As, signing: SigningWorld) -> None:
    dossier_id = received(cast).dossier_id
    do(cast, as_("hanh"), dossier_id, "assign", assignee=str(cast.account("chau")))
    do(cast, as_("chau"), dossier_id, "submit-to-leader", outcome="granted", note="Đủ điều kiện")
    leader = as_("dung")
    assert "Nguyễn Thị Hoa" in leader.get("/co-quan/trinh-ky/").content.decode()
    body = {"dossier": str(dossier_id), "pin": signing.hsm.pins["dung"]}
    assert [one.line.row.id for one in leader.post("/co-quan/trinh-ky/", body).context["signed"]] == [
        dossier_id
    ]
    clerk = as_("khanh")
    do(cast, clerk, dossier_id, "number-and-seal", pin=signing.hsm.pins["seal-H99.11"])
    page = do(cast, clerk, dossier_id, "issue")
    assert page.results[0].issued_at is not None
    desk = as_("binh")
    assert str(dossier_id) in desk.get("/quay/tra-ket-qua/").content.decode()
    body = {"seen": str(page.revision), "received_by": "Nguyễn Thị Hoa", "proof": "Ký sổ"}
    handed = desk.post(f"/quay/ho-so/{dossier_id}/tra/", body, follow=True).context["page"]
    assert handed.returned_at is not None
    assert handed.results[0].handed_over_to == "Nguyễn Thị Hoa"


def test_wrong_pin_signs_nothing_and_says_so(cast: Cast, as_: As, signing: SigningWorld) -> None:
    dossier_id = at_leader(cast)
    answer = as_("dung").post("/co-quan/trinh-ky/", {"dossier": str(dossier_id), "pin": "000000"})
    assert answer.status_code == 422
    assert "Mã PIN không đúng" in answer.content.decode()
    assert "Sai 1 lần liên tiếp" in answer.content.decode()
    assert " data-stop>" in answer.content.decode(), "the next turn of a long tray is not sent"
    assert page_of(cast, dossier_id).results[0].signed_at is None


def test_several_are_signed_at_once_by_the_delegate_who_signs_for_the_leader(
    cast: Cast, as_: As, signing: SigningWorld
) -> None:
    ids = {at_leader(cast), at_leader(cast)}
    deputy = as_("em")
    shown = deputy.get("/co-quan/trinh-ky/")
    assert "ký thay Chủ tịch Phạm Tiến Dũng" in shown.content.decode()
    body = {"dossier": [str(one) for one in ids], "pin": signing.hsm.pins["em"]}
    assert {one.line.row.id for one in deputy.post("/co-quan/trinh-ky/", body).context["signed"]} == ids
    for dossier_id in ids:
        log = as_("chau").get(at(dossier_id), {"muc": "nhat-ky"}).content.decode()
        assert "Ký thay Phạm Tiến Dũng" in log


def test_sending_back_from_the_tray(cast: Cast, as_: As) -> None:
    dossier_id = at_leader(cast)
    leader = as_("dung")
    assert 'value="send_back"' in leader.get("/co-quan/trinh-ky/").content.decode()
    page = do(cast, leader, dossier_id, "send-back", reason="Làm rõ nơi sinh")
    assert page.timeline[-1].reason == "Làm rõ nơi sinh"
    assert as_("dung").get("/co-quan/trinh-ky/").context["lines"] == []


def test_leader_reads_the_document_before_signing_it(cast: Cast, as_: As) -> None:
    dossier_id = at_leader(cast)
    leader = as_("dung")
    assert f"/co-quan/ho-so/{dossier_id}/du-thao/" in leader.get("/co-quan/trinh-ky/").content.decode()
    shown = leader.get(f"{at(dossier_id)}du-thao/")
    assert shown.content.startswith(b"%PDF")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert page_of(cast, dossier_id).results[0].draft_file_id is None
    assert as_("giang").get(f"{at(dossier_id)}du-thao/").status_code == 404
    assert leader.get(f"{at(received(cast).dossier_id)}du-thao/").content.startswith(b"%PDF")


def test_tray_is_for_those_who_sign(cast: Cast, as_: As) -> None:
    assert as_("chau").get("/co-quan/trinh-ky/").status_code == 403
