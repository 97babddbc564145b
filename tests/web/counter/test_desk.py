"""Receiving in one screen: everything typed comes back, one dossier per visit, forms 02 and 03 for what cannot be received."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, birth_application

from motcua.catalogue.queries import Channel
from motcua.directory import queries as directory
from motcua.dossiers import queries, services
from motcua.dossiers.queries import Box
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK = "/quay/"
CARD = "040199000777||Lê Thị Mai|02021999|Nữ|Thôn Tây, xã An Bình, tỉnh Minh Sơn|25122021"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea7359c"
    "0000000049454e44ae426082"
)


def posted_form(data: Any, prefix: str = "") -> dict[str, str]:
    """Answers as a browser posts them."""
    flat: dict[str, str] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat |= posted_form(value, f"{name}.")
        elif isinstance(value, bool):
            flat[name] = "true" if value else "false"
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            flat[f"{name}.y"], flat[f"{name}.m"], flat[f"{name}.d"] = str(value).split("-")
        else:
            flat[name] = str(value)
    return flat


def screen(cast: Cast, **changes: str) -> dict[str, Any]:
    """A complete screen: Hoa, birth registration, papers, form."""
    return {
        "request_key": str(uuid4()),
        "agency": str(cast.an_binh),
        "party": str(cast.hoa_party),
        "code": BIRTH,
        "p.birth-notification.originals": "1",
        "p.marriage-certificate.presented": "1",
        **posted_form(BIRTH_FORM),
        "act": "receive",
        **changes,
    }


def dossier_count(cast: Cast) -> int:
    return len(queries.inbox(actor=cast.binh, box=Box.ALL).rows)


def test_receiving_gives_a_code_and_leads_to_the_printed_form(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast), follow=True)
    assert answer.status_code == 200
    page = answer.context["page"]
    assert page.code is not None
    assert page.code in answer.content.decode()
    assert page.applicant.full_name == "Nguyễn Thị Hoa"
    assert [form.code for form in page.forms] == ["01"]
    assert f"/quay/ho-so/{page.id}/mau/{page.forms[0].id}/" in answer.content.decode()


def test_a_double_click_makes_one_dossier(cast: Cast, as_: As) -> None:
    client, body = as_("binh"), screen(cast)
    first, second = client.post(DESK, body), client.post(DESK, body)
    assert first.headers["Location"] == second.headers["Location"]
    assert dossier_count(cast) == 1


def test_enter_searches_and_never_receives(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast, act="enter", party="", person="nguyen thi hoa"))
    assert "Nguyễn Thị Hoa" in answer.content.decode()
    assert dossier_count(cast) == 0


def test_a_scanned_card_writes_its_holder_down_once(cast: Cast, as_: As) -> None:
    client = as_("binh")
    for _ in range(2):
        answer = client.post(DESK, {"act": "enter", "person": CARD})
        assert answer.context["screen"].party.full_name == "Lê Thị Mai"
    assert len(directory.find_parties(actor=cast.binh, text="Lê Thị Mai")) == 1


def test_an_unreadable_card_is_refused_kindly_and_stays_in_the_field(cast: Cast, as_: As) -> None:
    damaged = CARD.replace("|Nữ|", "|?|")
    answer = as_("binh").post(DESK, {"act": "enter", "person": damaged})
    assert "Không đọc được mã trên thẻ căn cước" in answer.content.decode()
    assert answer.context["screen"].person_text == damaged


def test_somebody_new_is_written_down_by_hand(cast: Cast, as_: As) -> None:
    body = {
        "act": "register-party",
        "adding": "1",
        "new.kind": "person",
        "new.name": "Hoàng Văn Thái",
        "new.number": "040088000123",
        "new.birth.d": "5",
        "new.birth.m": "6",
        "new.birth.y": "1988",
        "new.sex": "male",
        "new.phone": "12",
    }
    client = as_("binh")
    refused = client.post(DESK, body)
    assert "new.phone" in refused.context["screen"].faults
    assert "Hoàng Văn Thái" in refused.content.decode()
    accepted = client.post(DESK, body | {"new.phone": "0912 345 678"})
    assert accepted.context["screen"].party.full_name == "Hoàng Văn Thái"


def test_procedure_is_found_without_accents_and_its_checklist_laid_out(cast: Cast, as_: As) -> None:
    client = as_("binh")
    found = client.post(DESK, {"act": "enter", "procedure": "khai sinh"}).content.decode()
    assert f'value="procedure:{BIRTH}"' in found
    only = client.post(DESK, {"act": "enter", "procedure": "dang ky khai sinh"})
    assert only.context["screen"].version.code == BIRTH, "the only one there is is taken at once"
    chosen = client.post(DESK, {"act": f"procedure:{BIRTH}"})
    assert "birth-notification" in [line.key for line in chosen.context["screen"].lines]
    assert "Tờ khai" in chosen.content.decode()


def test_missing_papers_are_named_beside_their_line_and_nothing_typed_is_lost(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast, **{"p.birth-notification.originals": ""}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-p-birth-notification-originals"' in text
    assert "Trần Gia Bảo" in text
    assert dossier_count(cast) == 0


def test_faults_of_the_form_come_back_beside_their_questions(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast, **{"child.full_name": ""}))
    assert answer.status_code == 422
    assert 'href="#f-child-full_name"' in answer.content.decode()


def test_impossible_date_is_refused_and_kept(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast, **{"child.birth_on.d": "31", "child.birth_on.m": "2"}))
    assert answer.status_code == 422
    assert 'value="31"' in answer.content.decode()


def test_incomplete_papers_leave_with_form_02_and_no_dossier(cast: Cast, as_: As) -> None:
    client = as_("binh")
    body = screen(
        cast, act="ask", desk_reason="Cần giấy chứng sinh", **{"p.birth-notification.originals": ""}
    )
    answer = client.post(DESK, body, follow=True)
    slip = answer.context["slip"]
    assert (slip.code, slip.content["items"]) == ("02", ["Giấy chứng sinh"])
    assert slip.content["supply_by"] > str(clock.today())
    assert slip.number in answer.content.decode()
    assert dossier_count(cast) == 0
    again = client.post(DESK, body, follow=True).context["slip"]
    assert again.id == slip.id  # a double click gives one slip
    day = client.get("/quay/so-ngay/").content.decode()
    assert slip.number in day
    assert "1 lần yêu cầu bổ sung, 0 lần từ chối" in day


def test_whoever_comes_back_is_not_asked_twice(cast: Cast, as_: As) -> None:
    client = as_("binh")
    body = screen(
        cast, act="ask", desk_reason="Cần giấy chứng sinh", **{"p.birth-notification.originals": ""}
    )
    slip = client.post(DESK, body, follow=True).context["slip"]
    laid = client.get(f"{DESK}?phieu={slip.id}").context["screen"]
    assert laid.party.id == cast.hoa_party
    assert laid.form_data["child"]["full_name"] == BIRTH_FORM["child"]["full_name"]
    assert {line.key for line in laid.lines if line.is_presented} == {"marriage-certificate"}
    typed = client.post(DESK, {"act": "enter", "person": slip.number.lower().replace("-", " - ")})
    assert typed.context["screen"].slip.id == slip.id
    received = client.post(DESK, screen(cast, desk_slip=str(slip.id)), follow=True).context["page"]
    assert received.code
    kept = queries.door_slip(actor=cast.binh, slip_id=slip.id)
    assert kept.dossier_id == received.id
    assert as_("giang").get(f"/quay/phieu/{slip.id}/").status_code == 404


def test_refusing_at_the_desk_gives_form_03_with_its_ground(cast: Cast, as_: As) -> None:
    body = screen(
        cast,
        act="refuse",
        desk_reason="Không thuộc thẩm quyền",
        desk_ground="Luật Hộ tịch, Điều 13",
        **{"p.birth-notification.originals": ""},
    )
    slip = as_("binh").post(DESK, body, follow=True).context["slip"]
    assert (slip.code, slip.content["ground"]) == ("03", "Luật Hộ tịch, Điều 13")
    assert dossier_count(cast) == 0
    file_id = services.typeset_slip(actor=SYSTEM, slip_id=slip.id)
    assert services.typeset_slip(actor=SYSTEM, slip_id=slip.id) == file_id
    shown = as_("binh").get(f"/quay/phieu/{slip.id}/tep/")
    assert b"".join(shown.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a streamed answer


def test_a_day_that_is_none_is_said_beside_its_field(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, screen(cast, act="ask", desk_reason="Thiếu", desk_supply_by="2020-01-01"))
    assert answer.status_code == 422
    assert 'href="#f-desk_supply_by"' in answer.content.decode()


@pytest.mark.parametrize("act", ["ask", "refuse"])
def test_asking_and_refusing_need_a_reason(cast: Cast, as_: As, act: str) -> None:
    answer = as_("binh").post(DESK, screen(cast, act=act))
    assert answer.status_code == 422
    assert 'href="#f-desk_reason"' in answer.content.decode()
    assert dossier_count(cast) == 0


def test_scan_is_kept_at_once_shown_and_belongs_to_its_paper(cast: Cast, as_: As) -> None:
    client = as_("binh")
    scan = SimpleUploadedFile("chung-sinh.png", PIXEL, "image/png")
    body = screen(cast, act="keep", hand="birth-notification") | {"paper": scan}
    kept = client.post(DESK, body)
    held = kept.context["held"]
    assert held.media_type == "image/png"
    shown = client.get(f"/quay/tep/{held.id}/")
    assert b"".join(shown.streaming_content) == PIXEL  # type: ignore[attr-defined]  # a streamed answer
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    received = client.post(DESK, screen(cast, **{"p.birth-notification.file": str(held.id)}), follow=True)
    papers = {paper.component_key: paper.file_id for paper in received.context["page"].papers}
    assert papers["birth-notification"] == held.id


def test_scan_of_somebody_else_does_not_exist(cast: Cast, as_: As) -> None:
    scan = SimpleUploadedFile("chung-sinh.png", PIXEL, "image/png")
    body = screen(cast, act="keep", hand="birth-notification") | {"paper": scan}
    held = as_("binh").post(DESK, body).context["held"]
    assert as_("hanh").get(f"/quay/tep/{held.id}/").status_code == 404


def test_mislabelled_scan_is_taken_by_its_bytes_or_refused_beside_its_field(cast: Cast, as_: As) -> None:
    def kept(content: bytes) -> Any:
        fake = SimpleUploadedFile("chung-sinh.pdf", content, "application/pdf")
        asked = screen(cast, act="keep", hand="birth-notification") | {"paper": fake}
        return as_("binh").post(DESK, asked).context["screen"].faults

    assert "paper" not in kept(PIXEL)
    assert "paper" in kept(b"MZ" + bytes(200))


def test_handed_in_for_somebody_else_keeps_both(cast: Cast, as_: As) -> None:
    client = as_("binh")
    turned = client.post(DESK, screen(cast, act="submitter"))
    assert turned.context["screen"].submitter.full_name == "Nguyễn Thị Hoa"
    assert turned.context["screen"].party is None
    other = directory.party(cast.directory.parties["phat"])
    body = screen(cast, party=str(other.id), submitter=str(cast.hoa_party))
    unsaid = client.post(DESK, body)
    assert unsaid.status_code == 422
    assert {"mandate_kind", "mandate_ground"} <= unsaid.context["screen"].faults.keys()
    right = {"mandate_kind": "authorised", "mandate_ground": "Giấy ủy quyền 12", "mandate_scope": "submit"}
    unproved = client.post(DESK, body | right)
    assert unproved.status_code == 422
    assert "Văn bản ủy quyền" in unproved.context["screen"].faults["p.authorisation.originals"]
    page = client.post(DESK, body | right | {"p.authorisation.originals": "1"}, follow=True).context["page"]
    assert (page.applicant.id, page.submitter.id) == (other.id, cast.hoa_party)
    assert page.mandate == {"kind": "authorised", "ground": "Giấy ủy quyền 12", "scope": "submit"}
    assert (
        "Ủy quyền: Giấy ủy quyền 12 (chỉ nộp hồ sơ)" in client.get(f"/quay/ho-so/{page.id}/").content.decode()
    )


def test_a_legal_representative_states_no_other_right(cast: Cast, as_: As) -> None:
    represented = directory.party(cast.an_phat_party)
    assert represented.legal_representative_id is not None
    body = screen(cast, party=str(represented.id), submitter=str(represented.legal_representative_id))
    del body["child.full_name"]
    answer = as_("binh").post(DESK, body)
    assert "Người đại diện theo pháp luật" in answer.content.decode()
    assert not {"mandate_kind", "mandate_ground"} & answer.context["screen"].faults.keys()
    application = birth_application(
        cast,
        applicant_id=represented.id,
        submitter_id=represented.legal_representative_id,
        channel=Channel.COUNTER,
    )
    assert services.register_dossier(actor=cast.binh, application=application).code


@pytest.mark.parametrize(
    ("name", "status"),
    [("nobody", 302), ("hoa", 404), ("chau", 403), ("nga", 403), ("binh", 200), ("hanh", 200)],
)
def test_only_those_who_receive_stand_at_the_desk(cast: Cast, as_: As, name: str, status: int) -> None:
    assert as_(name).get(DESK).status_code == status


def test_posting_needs_the_token_of_the_page(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    cast.login(client, "binh")
    assert client.post(DESK, screen(cast)).status_code == 403
    assert dossier_count(cast) == 0
