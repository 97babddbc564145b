"""Statutory forms read back from the PDF as anybody would read them: one half sheet, complete, signed, known to the register."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from tests.cast import Cast
from tests.factories.dossiers import (
    BIRTH_FORM,
    BIRTH_PAPERS,
    at_leader,
    birth_application,
    in_work,
    received,
    submitted,
)
from tests.factories.signing import SigningWorld

from motcua.documents import queries as custody
from motcua.documents.adapters.signing.sheet import read_sheet
from motcua.documents.rules.signing import place
from motcua.documents.words import SignatureKind, Standing
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import DoorSlip, Dossier, IssuedForm
from motcua.dossiers.services.forms import typeset_content
from motcua.dossiers.words import FORM_SETS, MoveKey, StatutoryForm, form_set_on
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused

pytestmark = pytest.mark.django_db

A5 = (419.5, 595.3)
LONG = "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại, Dịch vụ và Xây dựng Phát triển Nông thôn Minh Sơn Xanh"
LONG_PAPER = "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất đã cấp (bản gốc kèm sơ đồ)"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def look(pdf: bytes, name: str) -> None:
    """To look at them: a folder for pictures of what was made."""
    if folder := os.environ.get("MOTCUA_LOOK"):
        shown = pypdfium2.PdfDocument(pdf)
        shown.init_forms()
        for number, page in enumerate(shown):
            page.render(scale=1.6).to_pil().save(Path(folder) / f"{name}-{number}.png")


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)


def assert_is_a_form(pdf: bytes, name: str, *, pages: int = 1) -> str:
    """What holds for every form: half sheets, no code of ours to read, the signature inside the page beside its name."""
    look(pdf, name)
    text = text_of(pdf)
    assert not {word for word in text.split() if word in {"true", "false", "True", "False", "None"}}
    keys = {key for key in keys_of(BIRTH_FORM) if "_" in key}
    assert not [key for key in keys | {"signed_by", "postal", "shared", "agency_id"} if key in text]
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == pages
    for page in document:
        assert page.get_size() == pytest.approx(A5, abs=1)
        assert len(page.get_textpage().get_text_range().split()) > 40, "a signature alone on a sheet"
    sheet = read_sheet(PdfFileReader(BytesIO(pdf)))
    assert sheet.mark is not None
    assert sheet.mark.page == pages - 1
    for kind in (SignatureKind.FORM, SignatureKind.PERSONAL):
        box = place(kind, sheet)
        assert 0 <= box.left < box.right <= sheet.width
        assert 0 <= box.bottom < box.top <= sheet.height
    return text


def issued(dossier_id: UUID, code: str) -> IssuedForm:
    return IssuedForm.objects.filter(dossier_id=dossier_id, code=code).latest("issued_at")


def printed(dossier_id: UUID, code: str, name: str = "") -> str:
    form = issued(dossier_id, code)
    return assert_is_a_form(typeset_content(code, form.content), name or f"form-{code}")


def sample(code: str, *, papers: int = 2, **changes: Any) -> dict[str, Any]:
    """A frozen content as the services make it, to be stretched."""
    content: dict[str, Any] = {
        "form_set": "03/2025",
        "form_number": code,
        "form_title": form_set_on(date(2026, 11, 30), StatutoryForm(code)).forms[StatutoryForm(code)].title,
        "signed_by": "Người tiếp nhận hồ sơ",
        "paper_code": "EA6WSETCBCPZUNNW",
        "agency_id": "0198f000-0000-7000-8000-000000000000",
        "agency": "Trung tâm Phục vụ hành chính công xã An Bình",
        "place": "An Bình",
        "agency_address": "Số 1 đường Trần Phú, xã An Bình, tỉnh Minh Sơn",
        "agency_phone": "0238 3 123 456",
        "return_agency": "Trung tâm Phục vụ hành chính công xã An Bình",
        "return_way": "postal",
        "code": "H99.11-261130-0001",
        "ledger_number": 1234,
        "ledger_year": 2026,
        "procedure_code": "1.004227",
        "procedure_title": "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
        "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn",
        "applicant": LONG,
        "applicant_number": "0100109106",
        "submitter": "Nguyễn Hoàng Bảo Ngọc Thanh Trúc Quỳnh Như",
        "mandate": "Giấy ủy quyền số 125/2026/UQ ngày 20/11/2026",
        "address": "Thôn Đông Hòa Trung, xã An Bình, tỉnh Minh Sơn",
        "phone": "0912 345 678",
        "email": "nguyenhoangbaongoc.thanhtruc@example.vn",
        "sets": 1,
        "limit": {"amount": "10", "unit": "working_day"},
        "received_at": "2026-11-30T08:15+07:00",
        "due_at": "2026-12-14T08:15+07:00",
        "due_before": "2026-12-14T08:15+07:00",
        "new_due_at": "2026-12-24T17:00+07:00",
        "reason": "Hồ sơ phải đối chiếu với sổ địa chính lưu tại Văn phòng đăng ký đất đai, chưa có kết quả trả lời.",
        "ground": "Luật Đất đai 2024, Điều 133; Nghị định 101/2024/NĐ-CP, Điều 37",
        "officer": "Lê Thị Hồng Bình",
        "on_behalf_of": "",
        "issued_at": "2026-11-30T08:15+07:00",
        "items": [LONG_PAPER, "Văn bản ủy quyền có chứng thực chữ ký"],
        "supply_by": "2026-12-30",
        "fees": [
            {"name": "Phí thẩm định hồ sơ cấp giấy chứng nhận", "amount": 1_200_000, "relief": ""},
            {"name": "Lệ phí cấp giấy chứng nhận", "amount": 50_000, "relief": ""},
        ],
        "papers": [
            {
                "name": LONG_PAPER
                if number % 2
                else "Đơn đăng ký biến động đất đai, tài sản gắn liền với đất",
                "originals": 1,
                "copies": 0,
                "photocopies": number,
                "electronic": 1,
                "is_presented": number == 1,
                "exemption": "",
            }
            for number in range(papers)
        ],
    }
    return content | changes


@pytest.mark.parametrize("code", ["01", "02", "03", "04", "05"])
def test_six_papers_and_the_longest_names_fit_on_one_half_sheet(code: str) -> None:
    text = assert_is_a_form(typeset_content(code, sample(code, papers=6)), f"six-{code}")
    assert LONG in text
    assert "0238 3 123 456" in text


@pytest.mark.parametrize("code", ["01", "05"])
def test_on_a_second_sheet_the_signature_is_not_alone(code: str) -> None:
    pdf = typeset_content(code, sample(code, papers=24))
    pages = len(pypdfium2.PdfDocument(pdf))
    text = assert_is_a_form(pdf, f"many-{code}", pages=pages)
    assert pages > 1
    assert text.count("24") >= 1


@pytest.mark.parametrize("papers", range(7, 20, 2))
def test_whatever_the_number_of_papers_no_sheet_holds_only_a_signature(papers: int) -> None:
    pdf = typeset_content("01", sample("01", papers=papers))
    assert_is_a_form(pdf, f"papers-{papers}", pages=len(pypdfium2.PdfDocument(pdf)))


def test_without_phone_or_ways_to_reach_nothing_dangles() -> None:
    bare = sample("01", phone="", email="", address="", agency_phone="", agency_address="", mandate="")
    text = assert_is_a_form(typeset_content("01", bare), "bare-01")
    assert "điện thoại ." not in text
    assert "Liên hệ:" not in text
    assert "Điện thoại: …" in text


def test_a_fee_that_is_not_known_is_not_said_to_be_free() -> None:
    unknown = sample("01", fees=[{"name": "Lệ phí", "amount": None, "relief": ""}])
    assert "Lệ phí: chưa xác định, theo thông báo" in text_of(typeset_content("01", unknown))
    free = sample("01", fees=[{"name": "Lệ phí hộ tịch", "amount": 0, "relief": "Đăng ký đúng hạn"}])
    assert "Lệ phí hộ tịch: 0 đ (Đăng ký đúng hạn)" in text_of(typeset_content("01", free))
    assert "Phí, lệ phí: không thu" in text_of(typeset_content("01", sample("01", fees=[])))


def test_the_receipt_is_complete(cast: Cast) -> None:
    papers = [replace(BIRTH_PAPERS[0], photocopies=2), BIRTH_PAPERS[1]]
    contact = {"phone": "0987 000 111", "address": "Số 5 phố Mới"}
    moved = services.register_dossier(
        actor=cast.binh,
        application=birth_application(cast, papers=papers, contact=contact, return_way="postal"),
    )
    dossier = Dossier.objects.get(pk=moved.dossier_id)
    assert dossier.ledger_number == 1
    text = printed(moved.dossier_id, "01")
    for said in (
        "Mẫu số 01",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        moved.code or "-",
        "Bản chụp",
        "Phí, lệ phí:",
        f"quyển số {clock.today().year}, số thứ tự 1",
        "Người nộp hồ sơ",
        "Nguyễn Thị Hoa",
        "0987000111",
        "Số 5 phố Mới",
        "qua bưu chính",
        "Người tiếp nhận hồ sơ",
    ):
        assert said in text, said
    assert "0912000123" not in text  # the contact of the dossier, not what is recorded of the person
    second = services.register_dossier(actor=cast.binh, application=birth_application(cast))
    assert Dossier.objects.get(pk=second.dossier_id).ledger_number == 2


def test_the_request_says_until_when_and_whom_to_ask(cast: Cast) -> None:
    dossier_id = in_work(cast)
    day = clock.today() + timedelta(days=12)
    services.ask_supplement(
        actor=cast.chau,
        dossier_id=dossier_id,
        reason="Thiếu trang 2",
        items=["Giấy chứng sinh, trang 2"],
        supply_by=day,
    )
    text = printed(dossier_id, "02")
    for said in (
        "Giấy chứng sinh, trang 2",
        "Thiếu trang 2",
        f"{day:%d/%m/%Y}",
        cast.chau.name,
        "Người hướng dẫn",
    ):
        assert said in text, said


def test_a_day_to_supply_by_is_one_to_come(cast: Cast) -> None:
    dossier_id = in_work(cast)
    for day in (clock.today(), clock.today() + timedelta(days=2000)):
        with pytest.raises(errors.SupplyDayWrong):
            services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="x", supply_by=day)
    services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="x")
    assert date.fromisoformat(issued(dossier_id, "02").content["supply_by"]) > clock.today()


def test_a_refusal_at_the_door_names_its_ground(cast: Cast) -> None:
    first, second = submitted(cast).dossier_id, submitted(cast).dossier_id
    services.refuse_at_door(
        actor=cast.binh, dossier_id=first, reason="Không thuộc thẩm quyền", ground="Luật Hộ tịch, Điều 13"
    )
    assert "Căn cứ pháp lý: Luật Hộ tịch, Điều 13" in printed(first, "03")
    services.refuse_at_door(actor=cast.binh, dossier_id=second, reason="Không thuộc thẩm quyền")
    assert issued(second, "03").content["ground"]
    assert "Căn cứ pháp lý:" in printed(second, "03")


def test_a_refusal_on_the_merits_is_the_heads(cast: Cast) -> None:
    dossier_id = at_leader(cast)
    services.refuse_on_merits(
        actor=cast.dung, dossier_id=dossier_id, reason="Đã đăng ký", ground="Luật Hộ tịch, Điều 16"
    )
    text = printed(dossier_id, "03", "merits-03")
    assert "Luật Hộ tịch, Điều 16" in text
    assert "Thủ trưởng cơ quan, đơn vị" in text
    assert "không giải quyết hồ sơ này" in text


def test_an_apology_is_proposed_by_the_officer_and_decided_by_the_head(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)):
        dossier_id = in_work(cast)
        due = Dossier.objects.get(pk=dossier_id).due_at
        later = datetime(2026, 12, 17, 17, tzinfo=clock.LOCAL)
        for officer in (cast.chau, cast.hanh):
            with pytest.raises(errors.SigningRefused):
                services.apologise_and_extend(
                    actor=officer, dossier_id=dossier_id, reason="x", new_due_at=later
                )
        offered = {move.key for move in queries.dossier_page(actor=cast.chau, dossier_id=dossier_id).moves}
        assert MoveKey.PROPOSE_EXTENSION in offered
        assert MoveKey.EXTEND not in offered
        services.propose_extension(
            actor=cast.chau, dossier_id=dossier_id, reason="Chờ sổ gốc", new_due_at=later
        )
        assert Dossier.objects.get(pk=dossier_id).due_at == due  # nothing is promised yet
        assert not IssuedForm.objects.filter(code="04").exists()
        assert [row.id for row in queries.extension_proposals(actor=cast.dung)] == [dossier_id]
        assert not queries.extension_proposals(actor=cast.giang)
        services.apologise_and_extend(
            actor=cast.dung, dossier_id=dossier_id, reason="Chờ sổ gốc", new_due_at=later
        )
        assert not queries.extension_proposals(actor=cast.dung)
    text = printed(dossier_id, "04")
    for said in ("Thủ trưởng cơ quan, đơn vị", cast.dung.name, "17:00, 17/12/2026", "Chờ sổ gốc"):
        assert said in text, said


def test_the_forms_are_those_of_the_day() -> None:
    assert [one.since for one in FORM_SETS] == sorted(one.since for one in FORM_SETS)
    before, after = date(2025, 9, 14), date(2025, 9, 15)
    assert form_set_on(before, StatutoryForm.LEDGER).key == "01/2018"
    assert form_set_on(after, StatutoryForm.LEDGER).key == "03/2025"
    assert form_set_on(before, StatutoryForm.STOP).key == "03/2025"  # the earlier circular had none
    assert form_set_on(date(2010, 1, 1), StatutoryForm.RECEIPT).key == "01/2018"


def test_a_form_of_an_earlier_circular_keeps_its_title() -> None:
    facts = form_set_on(date(2025, 3, 1), StatutoryForm.REFUSAL).forms[StatutoryForm.REFUSAL]
    old = sample("03", form_set="01/2018", form_title=facts.title, issued_at="2025-03-03T08:00+07:00")
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in text_of(typeset_content("03", old))


@contextmanager
def known_pins(settings: Any, tmp_path: Path, world: SigningWorld) -> Iterator[None]:
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps({"seal-H99.11": world.hsm.pins["seal-H99.11"]}))
    settings.MOTCUA_SIGNING_PINS = str(pins)
    yield


def test_a_form_is_signed_by_its_agency_and_known_to_the_verification_page(
    cast: Cast, signing: SigningWorld, settings: Any, tmp_path: Path
) -> None:
    form = issued(received(cast).dossier_id, "01")
    file_id = services.typeset_form(actor=SYSTEM, form_id=form.id)
    assert services.sign_form(actor=SYSTEM, form_id=form.id) is None  # no PIN is known: signed by hand
    with known_pins(settings, tmp_path, signing):
        signed_id = services.sign_form(actor=SYSTEM, form_id=form.id)
        assert services.sign_form(actor=SYSTEM, form_id=form.id) == signed_id
    assert signed_id is not None
    with custody.open_file(file_id) as stream:
        plain = stream.read()
    with custody.open_file(signed_id) as stream:
        signed = stream.read()
    look(signed, "signed-01")
    unsigned = custody.verify_pdf(plain)
    assert (unsigned.standing, unsigned.verdict) == (Standing.IN_FORCE, custody.Verdict.UNSIGNED_IN_FORCE)
    found = custody.verify_pdf(signed)
    assert found.are_signatures_valid
    assert found.verdict is custody.Verdict.IN_FORCE
    assert found.paper is not None
    assert found.paper.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    with pikepdf.open(BytesIO(signed)) as document:
        (widget,) = [one for one in document.pages[0].get("/Annots", []) if one.get("/FT") == "/Sig"]
        left, bottom, right, top = (float(side) for side in list(widget["/Rect"]))
        assert 0 <= left < right <= A5[0] + 1
        assert 0 <= bottom < top <= A5[1]
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(plain)[0].render(scale=3).to_pil())
    answer = custody.verify_code(code.text)
    assert answer.standing is Standing.IN_FORCE
    assert answer.paper is not None
    assert answer.paper.owner_party_id is None  # it stands in nobody's warehouse


def test_a_reprint_is_the_same_byte_for_byte(cast: Cast) -> None:
    form = issued(received(cast).dossier_id, "01")
    assert typeset_content("01", form.content) == typeset_content("01", form.content)


def test_what_is_given_at_the_door_is_no_dossier(
    cast: Cast, signing: SigningWorld, settings: Any, tmp_path: Path
) -> None:
    """A request and a refusal have numbers of their own series, are looked up by them, signed, and count as such only."""
    with clock.frozen(datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)):
        asked = services.ask_at_desk(
            actor=cast.binh, application=birth_application(cast), reason="Thiếu", items=["Giấy chứng sinh"]
        )
        refused = services.refuse_at_desk(
            actor=cast.binh, application=birth_application(cast), reason="Không thuộc thẩm quyền"
        )
        receipt = services.register_dossier(actor=cast.binh, application=birth_application(cast))
    assert (asked.number, refused.number) == ("P-H99.11-261207-0001", "P-H99.11-261207-0002")
    assert receipt.code == "H99.11-261207-0001"  # the series of dossiers has no gap
    assert Dossier.objects.count() == 1
    slips = {slip.code: slip for slip in DoorSlip.objects.all()}
    for code, said in (
        ("02", ("Giấy chứng sinh", "Bổ sung trước khi hết ngày", "tính từ khi tiếp nhận đủ hồ sơ")),
        ("03", ("Không thuộc thẩm quyền", "Căn cứ pháp lý:", "không tiếp nhận hồ sơ này")),
    ):
        text = assert_is_a_form(typeset_content(code, slips[code].content), f"door-{code}")
        for words in (f"Số phiếu: {slips[code].number}", *said):
            assert words in text, words
    public = queries.track_slip("p h99.11 – 261207 - 1")
    assert public is not None
    assert (public.number, public.is_request, public.was_received) == (asked.number, True, False)
    assert not queries.track_slip("P-H99.11-261207-0009")
    day = date(2026, 12, 7)
    counts = queries.door_counts(actor=cast.binh, agency_ids=[cast.an_binh], first=day, last=day)
    assert (counts.requests, counts.refusals) == (1, 1)
    file_id = services.typeset_slip(actor=SYSTEM, slip_id=asked.id)
    with known_pins(settings, tmp_path, signing):
        signed_id = services.sign_slip(actor=SYSTEM, slip_id=asked.id)
    for one, verdict in ((file_id, custody.Verdict.UNSIGNED_IN_FORCE), (signed_id, custody.Verdict.IN_FORCE)):
        assert one is not None
        with custody.open_file(one) as stream:
            found = custody.verify_pdf(stream.read())
        assert found.verdict is verdict
        assert found.paper is not None
        assert found.paper.symbol == asked.number


def test_a_slip_does_not_change(cast: Cast) -> None:
    slip = services.ask_at_desk(actor=cast.binh, application=birth_application(cast), reason="Thiếu")
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorSlip.objects.filter(pk=slip.id).update(number="P-H99.11-261207-0099")
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorSlip.objects.filter(pk=slip.id).delete()


def test_the_same_request_with_other_content_is_refused(cast: Cast) -> None:
    application = birth_application(cast)
    first = services.ask_at_desk(actor=cast.binh, application=application, reason="Thiếu")
    assert services.ask_at_desk(actor=cast.binh, application=application, reason="Thiếu").id == first.id
    with pytest.raises(errors.RequestKeyReused):
        services.ask_at_desk(actor=cast.binh, application=replace(application, sets=3), reason="Thiếu")
    with pytest.raises(PermissionRefused):
        services.ask_at_desk(actor=cast.giang, application=birth_application(cast), reason="Thiếu")


def test_the_control_sheet_tells_each_hand_over_and_each_opinion(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)):
        dossier_id = in_work(cast)
        services.ask_opinion(
            actor=cast.chau,
            dossier_id=dossier_id,
            agency_id=cast.agriculture,
            question="Có tranh chấp không?",
        )
        (asked,) = queries.open_consultations_of(actor=cast.phuc)
        services.answer_consultation(
            actor=cast.phuc, consultation_id=asked.id, answer="Không có tranh chấp", is_agreed=True
        )
    pdf = services.control_sheet(actor=cast.chau, dossier_id=dossier_id)
    assert services.control_sheet(actor=cast.dung, dossier_id=dossier_id) == pdf
    look(pdf, "sheet-06")
    text = text_of(pdf)
    for said in (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Phân công thụ lý",
        cast.hanh.name,
        cast.chau.name,
        "Có tranh chấp không?",
        "Đồng ý: Không có tranh chấp",
        "Ký nhận",
    ):
        assert said in text, said
    assert_printed_here(pdf, "Phiếu kiểm soát quá trình giải quyết hồ sơ")
    services.forward(actor=cast.chau, dossier_id=dossier_id)
    later = services.control_sheet(actor=cast.chau, dossier_id=dossier_id)
    assert later != pdf
    assert_printed_here(
        pdf, "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    )  # what was printed before stays known


def test_the_ledger_has_every_line_of_the_desk(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)):
        codes = [
            services.register_dossier(
                actor=cast.binh, application=birth_application(cast, contact={"phone": "0987000111"})
            ).code
            for _ in range(3)
        ]
        services.register_dossier(
            actor=cast.giang, application=birth_application(cast, receiving_id=cast.yen_hoa)
        )
    day = date(2026, 12, 7)
    pdf = services.ledger(actor=cast.binh, agency_id=cast.an_binh, first_day=day, last_day=day)
    look(pdf, "ledger-07")
    text = text_of(pdf)
    squeezed = text.replace(" ", "").replace("-", "")
    for code in codes:
        assert code is not None
        assert code.replace("-", "") in squeezed
    assert text.count("0987000111") == 3
    assert "H99.12" not in text
    assert "Quyển số 2026" in text
    lines = queries.ledger_lines(actor=cast.binh, agency_id=cast.an_binh, first=day, last=day)
    assert [line.number for line in lines] == [1, 2, 3]
    assert_printed_here(pdf, "Sổ theo dõi hồ sơ")


def assert_printed_here(pdf: bytes, title: str) -> None:
    """The verification page knows the sheet, by its bytes and by its code."""
    found = custody.verify_pdf(pdf)
    assert found.verdict is custody.Verdict.UNSIGNED_IN_FORCE
    assert found.paper is not None
    assert found.paper.title == title
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert custody.verify_code(code.text).standing is Standing.IN_FORCE
