"""Every procedure of the demo pack by its form: online from the first page to the dossier, at the desk, and on paper."""

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.answers import days_of, posted
from tests.factories.drafts import fill_in, press
from tests.web.portal.conftest import LogIn

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as publishing
from motcua.catalogue.errors import FormMissing
from motcua.catalogue.queries import OnlineLevel
from motcua.dossiers import queries, services
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.provisioning.demo.pack import demo_answers, demo_entries

pytestmark = pytest.mark.django_db

LEVELS = {entry.content.code: entry.content.level for entry in demo_entries()}
ONLINE = sorted(code for code, level in LEVELS.items() if level is not OnlineLevel.INFORMATION)
ANSWERS = demo_answers()
NATIONAL = {
    "ma_thu_tuc": "1.900001",
    "ten_thu_tuc": "Thủ tục xác nhận thử nghiệm",
    "so_quyet_dinh": "1/QĐ-X",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Lĩnh vực thử",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
    "Trực tuyến3 Ngày làm việc8,000 VNĐTrực tiếp5 Ngày làm việcMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịMẫu 01.docx1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
    "ket_qua_xu_ly": "Giấy xác nhậnMã: KQ.G15.000001",
}


def form_of(code: str) -> catalogue.Form:
    form = catalogue.version_in_force(code, clock.today()).form
    assert form is not None, code
    return form


def answered(code: str) -> dict[str, Any]:
    return posted(ANSWERS[code], days_of(form_of(code).ui))


def begun(client: Client, code: str) -> str:
    return str(client.post(reverse("portal:begin", args=[code])).headers["Location"])


@pytest.mark.parametrize("code", ONLINE)
def test_a_person_sends_it_from_home(people: Cast, log_in: LogIn, code: str) -> None:
    client = log_in("hoa")
    version = catalogue.version_in_force(code, clock.today())
    address = begun(client, code)
    place = {"case": version.cases[0].key, "agency": str(people.an_binh), "way": "counter"}
    assert press(client, address + "noi-nop/", place).status_code == 302
    who = {"applicant": str(people.hoa_party), "phone": "0912 345 678", "email": "", "address": ""}
    assert press(client, address + "nguoi-nop/", who).status_code == 302
    answer = press(client, address + "to-khai/", answered(code))
    assert answer.status_code == 302, answer.content.decode()
    (draft,) = queries.own_drafts(actor=people.hoa)
    required = [one.key for one in version.cases[0].components if one.is_required]
    fill_in(people.hoa, draft.id, promised=[key for key in required if key != services.DECLARATION])
    review = client.get(address + "xem-lai/")
    assert review.context["is_complete"], code
    assert press(client, address + "xem-lai/").status_code == 302
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    page = queries.dossier_page(actor=people.hoa, dossier_id=row.id)
    assert catalogue.validate_form(form_of(code), page.form_data) == ()
    assert page.form_data == catalogue.fill_form(form_of(code), {**ANSWERS[code], **page.form_data}).data


@pytest.mark.parametrize("code", sorted(LEVELS))
def test_a_clerk_takes_it_in_at_the_desk(cast: Cast, as_: LogIn, code: str) -> None:
    case = catalogue.version_in_force(code, clock.today()).cases[0]
    papers = {
        f"p.{one.key}.{'presented' if one.is_shown_only else 'originals'}": "1"
        for one in case.components
        if one.is_required and one.key != services.DECLARATION
    }
    counts = {
        f"p.{one.key}.copies": str(one.copies) for one in case.components if one.copies and one.is_required
    }
    form = form_of(code)
    body = {
        "request_key": str(uuid4()),
        "agency": str(cast.an_binh),
        "party": str(cast.hoa_party),
        "code": code,
        "form_digest": form.digest,
        **papers,
        **counts,
        **answered(code),
        "act": "receive",
    }
    answer = as_("binh").post("/quay/", body, follow=True)
    assert answer.status_code == 200, [(one.anchor, one.message) for one in answer.context["faults"]]
    page = answer.context["page"]
    assert page.code is not None
    assert page.form_data == catalogue.fill_form(form, page.form_data).data


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(LEVELS))
def test_its_form_can_be_printed_and_filled_in_by_hand(
    cast: Cast, as_: LogIn, code: str, language: str
) -> None:
    client = as_("nobody")
    client.cookies["django_language"] = language
    told = client.get(reverse("portal:procedure", args=[code])).content.decode()
    assert reverse("portal:blank_form", args=[code]) in told
    page = client.get(reverse("portal:blank_form", args=[code]))
    assert page.status_code == 200
    text = page.content.decode()
    word = "label_en" if language == "en" else "label"
    for section in form_of(code).ui["sections"]:
        for field in section["fields"]:
            assert escape(field[word]) in text, field["path"]
    assert not re.search(r"[{}]{1,2}of[{}]", text)


def test_a_procedure_without_a_form_has_none_to_print(cast: Cast, as_: LogIn) -> None:
    """As those of ministries, which come in from the national export and are solved elsewhere."""
    content = next(entry.content for entry in demo_entries() if entry.content.code == "1.012812")
    draft = publishing.create_draft_version(
        actor=SYSTEM, content=replace(content, code="1.900009", form=None), effective_from=clock.today()
    )
    publishing.publish_version(actor=SYSTEM, version_id=draft)
    client = as_("nobody")
    assert "to-khai" not in client.get(reverse("portal:procedure", args=["1.900009"])).content.decode()
    missing = client.get(reverse("portal:blank_form", args=["1.900009"]))
    assert missing.status_code == 404
    assert FormMissing(code="1.900009").sentence() in missing.content.decode()
    assert client.get("/thu-tuc/9.999999/to-khai/").status_code == 404


@pytest.mark.parametrize(
    "code", sorted(code for code, level in LEVELS.items() if level is OnlineLevel.PARTIAL)
)
def test_a_service_offered_in_part_says_why(cast: Cast, as_: LogIn, code: str) -> None:
    reason = catalogue.version_in_force(code, clock.today()).partial_reason
    assert reason is not None
    client = as_("nobody")
    assert reason.text in client.get(reverse("portal:procedure", args=[code])).content.decode()
    told = client.get(f"/api/v1/procedures/{code}").json()
    assert (told["level"], told["partial_ground"]) == ("partial", reason.ground.value)
    assert told["partial_reason"] == reason.text


def imported(folder: Path) -> str:
    """A procedure as the national export states it, two results to choose from; the code under which it came in."""
    (folder / "rows.jsonl").write_text(json.dumps(NATIONAL, ensure_ascii=False), encoding="utf-8")
    publishing.import_catalogue(actor=SYSTEM, paths=[folder / "rows.jsonl"], effective_from=clock.today())
    return NATIONAL["ma_thu_tuc"]


GENERAL = {"request.content": "Cấp giấy xác nhận cho hai xe", "request.quantity": "2", "promise": "true"}


def test_an_imported_procedure_is_sent_by_the_general_form(
    people: Cast, log_in: LogIn, tmp_path: Path
) -> None:
    code, client = imported(tmp_path), log_in("hoa")
    told = client.get(reverse("portal:procedure", args=[code])).content.decode()
    assert "Dùng tờ khai chung" in told
    assert "Nghị định 224/2026/NĐ-CP, Điều 14" in told
    case = catalogue.version_in_force(code, clock.today()).cases[0]
    address = begun(client, code)
    place = {"case": case.key, "agency": str(people.an_binh), "way": "counter"}
    assert press(client, address + "noi-nop/", place).status_code == 302
    who = {"applicant": str(people.hoa_party), "phone": "0912 345 678", "email": "", "address": ""}
    assert press(client, address + "nguoi-nop/", who).status_code == 302
    page = client.get(address + "to-khai/").content.decode()
    assert "Đây là tờ khai chung" in page
    answer = press(client, address + "to-khai/", GENERAL | {"requester.address": "Thôn Đông, xã An Bình"})
    assert answer.status_code == 302, answer.content.decode()
    (draft,) = queries.own_drafts(actor=people.hoa)
    fill_in(people.hoa, draft.id, promised=[one.key for one in case.components if one.is_required])
    assert press(client, address + "xem-lai/").status_code == 302
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    kept = queries.dossier_page(actor=people.hoa, dossier_id=row.id).form_data
    assert kept["request"] == {"content": "Cấp giấy xác nhận cho hai xe", "quantity": 2}
    assert kept["requester"]["personal_number"] == "040195000123"


def test_an_imported_procedure_is_taken_in_at_the_desk(cast: Cast, as_: LogIn, tmp_path: Path) -> None:
    code = imported(tmp_path)
    component = catalogue.version_in_force(code, clock.today()).cases[0].components[0]
    body = {
        "request_key": str(uuid4()),
        "agency": str(cast.an_binh),
        "party": str(cast.hoa_party),
        "code": code,
        f"p.{component.key}.originals": "1",
        "requester.address": "Thôn Đông, xã An Bình",
        **GENERAL,
        "act": "receive",
    }
    answer = as_("binh").post("/quay/", body, follow=True)
    assert answer.context["page"].form_data["request"]["quantity"] == 2
