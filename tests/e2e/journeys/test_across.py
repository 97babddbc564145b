"""Whole lives of a dossier across the faces, each person in a browser of their own; axe on every page they visit."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.factories.dossiers import at_leader, in_work, submitted
from tests.factories.recorded_rows import bring
from tests.factories.signing import SigningWorld

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]


class Stage:
    """The cast before their screens."""

    def __init__(self, people: Cast, site: str, open_page: Callable[..., Page], findings: Findings) -> None:
        self.people, self.site, self._open, self._findings = people, site, open_page, findings
        self._pages: dict[str, Page] = {}

    def page(self, name: str, path: str) -> Page:
        """The page at this address for this person, without a serious finding."""
        if name not in self._pages:
            client = Client()
            self.people.login(client, name)
            self._pages[name] = self._open()
            session = client.cookies["sessionid"].value
            self._pages[name].context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        page = self._pages[name]
        page.goto(f"{self.site}{path}")
        self.check(page)
        return page

    def check(self, page: Page) -> None:
        assert self._findings(page) == [], page.url

    def act(self, name: str, dossier_id: UUID, key: str, said: str, **typed: str) -> None:
        """An act of the office: its page, its fields, F9, and what is said afterwards."""
        page = self.page(name, f"/co-quan/ho-so/{dossier_id}/viec/{key}/")
        for field, text in typed.items():
            control = page.locator(f"[name='{field.replace('__', '.')}']").first
            if control.evaluate("element => element.tagName") == "SELECT":
                control.select_option(text)
            else:
                control.fill(text)
        page.locator("body").press("F9")
        expect(page.get_by_text(said)).to_be_visible()
        self.check(page)

    def state(self, dossier_id: UUID) -> str:
        assert queries.verify_chain(dossier_id=dossier_id).faults == ()
        return Dossier.objects.get(pk=dossier_id).state


@pytest.fixture
def stage(
    transactional_db: None, live_server: object, open_page: Callable[..., Page], serious_findings: Findings
) -> Stage:
    people = present_cast()
    return Stage(people, str(live_server), open_page, serious_findings)


def test_submit_supplement_receive_consult_sign_return(stage: Stage, signing: SigningWorld) -> None:
    people, pins = stage.people, signing.hsm.pins
    dossier_id = submitted(people).dossier_id

    # The desk asks for what is missing; Hoa answers from her phone; the desk receives.
    desk = stage.page("binh", f"/quay/ho-so/{dossier_id}/")
    desk.get_by_text("Yêu cầu bổ sung (mẫu 02)").click()
    desk.locator("#f-bo-sung-items").fill("Giấy chứng sinh bản rõ nét")
    desk.locator("#f-bo-sung-reason").fill("Ảnh chụp bị mờ")
    desk.get_by_role("button", name="Gửi yêu cầu bổ sung").click()
    expect(desk.get_by_text("Đã gửi yêu cầu bổ sung")).to_be_visible()
    hoa = stage.page("hoa", f"/ho-so/{dossier_id}/bo-sung/")
    expect(hoa.get_by_text("Ảnh chụp bị mờ").first).to_be_visible()
    hoa.get_by_label("Trả lời việc 1").fill("Tôi sẽ mang bản giấy đến quầy.")
    hoa.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(hoa.get_by_text("Đã gửi phần bổ sung")).to_be_visible()
    desk = stage.page("binh", f"/quay/ho-so/{dossier_id}/")
    desk.locator(
        "form[action$='/tiep-nhan/'] button[type=submit], form[action$='/tiep-nhan/'] button"
    ).last.click()
    expect(desk.get_by_text("Hẹn trả").first).to_be_visible()
    stage.check(desk)
    assert stage.state(dossier_id) == "received"

    # The office works on it and asks the department, which answers.
    head = stage.page("hanh", f"/co-quan/ho-so/{dossier_id}/viec/assign/")
    head.get_by_label("Lê Thị Châu").check()
    head.locator("body").press("F9")
    expect(head.get_by_text("Đã phân công thụ lý.")).to_be_visible()
    stage.act(
        "chau",
        dossier_id,
        "consult",
        "Đã gửi yêu cầu lấy ý kiến",
        agency=str(people.agriculture),
        question="Thửa đất này thuộc ai?",
    )
    phuc = stage.page("phuc", "/co-quan/y-kien/")
    phuc.get_by_role("link", name="Thửa đất này thuộc ai?").click()
    phuc.get_by_label("Đồng ý", exact=True).check()
    phuc.get_by_label("Nội dung trả lời").fill("Thuộc hộ bà Hoa.")
    stage.check(phuc)
    phuc.locator("body").press("F9")
    expect(phuc.get_by_text("Đã gửi ý kiến trả lời.")).to_be_visible()
    stage.act("chau", dossier_id, "submit-to-leader", "Đã trình lãnh đạo.", note="Đủ điều kiện")

    # The leader signs, the clerk seals and issues, the desk hands over; Hoa has it in her hands.
    stage.act("dung", dossier_id, "approve", "Đã phê duyệt")
    stage.act("dung", dossier_id, "sign", "Đã ký kết quả.", pin=pins["dung"])
    expect(stage.page("hoa", f"/ho-so/{dossier_id}/").get_by_text("Tải kết quả")).not_to_be_visible()
    stage.act("khanh", dossier_id, "number-and-seal", "Đã vào số và đóng dấu.", pin=pins["seal-H99.11"])
    stage.act("khanh", dossier_id, "issue", "Đã phát hành.")
    desk = stage.page("binh", f"/quay/ho-so/{dossier_id}/")
    desk.get_by_label("Bằng chứng giao nhận").fill("Ký sổ")
    desk.get_by_role("button", name="Trả kết quả").click()
    expect(desk.get_by_text("Đã trả kết quả.")).to_be_visible()
    assert stage.state(dossier_id) == "returned"
    hoa = stage.page("hoa", f"/ho-so/{dossier_id}/")
    result = queries.dossier_page(actor=people.hoa, dossier_id=dossier_id).results[0]
    expect(hoa.locator(f"a[href*='{result.sealed_file_id}']").first).to_be_visible()
    # Giang, of another commune, has seen nothing of all this.
    giang = stage.page("giang", "/co-quan/?hop=tat-ca")
    assert "Nguyễn Thị Hoa" not in giang.content()
    assert giang.goto(f"{stage.site}/co-quan/ho-so/{dossier_id}/").status == 404  # type: ignore[union-attr]  # an answer there is


def test_refusal_at_the_door_and_on_the_merits(stage: Stage) -> None:
    at_door = submitted(stage.people).dossier_id
    desk = stage.page("binh", f"/quay/ho-so/{at_door}/")
    desk.get_by_text("Từ chối tiếp nhận (mẫu 03)").click()
    desk.locator("#f-tu-choi-reason").fill("Không thuộc thẩm quyền của xã")
    desk.get_by_role("button", name="Từ chối tiếp nhận").click()
    expect(desk.get_by_text("Đã từ chối tiếp nhận")).to_be_visible()
    stage.check(desk)
    hoa = stage.page("hoa", f"/ho-so/{at_door}/")
    expect(hoa.get_by_text("Không thuộc thẩm quyền của xã").first).to_be_visible()
    assert stage.state(at_door) == "refused_at_door"

    on_merits = at_leader(stage.people)
    leader = stage.page("dung", f"/co-quan/ho-so/{on_merits}/viec/refuse/")
    leader.locator("body").press("F9")
    expect(leader.get_by_role("alert")).to_be_visible()
    stage.check(leader)
    stage.act("dung", on_merits, "refuse", "Đã quyết định từ chối.", reason="Không đủ điều kiện theo Điều 16")
    assert stage.state(on_merits) == "decided"


def test_withdrawal_is_seen_by_the_officer_who_was_about_to_act(stage: Stage) -> None:
    dossier_id = in_work(stage.people)
    officer = stage.page("chau", f"/co-quan/ho-so/{dossier_id}/viec/submit-to-leader/")
    officer.get_by_label("Tờ trình: ý kiến thẩm định").fill("Đủ điều kiện, đề nghị cấp")
    hoa = stage.page("hoa", f"/ho-so/{dossier_id}/rut/")
    hoa.get_by_label("Lý do rút").fill("Nộp nhầm")
    hoa.get_by_role("button", name="Rút hồ sơ").click()
    expect(hoa.get_by_text("Đã rút hồ sơ.")).to_be_visible()
    # Châu was a moment too late: nothing is written, and what she typed is still there to be copied.
    officer.locator("body").press("F9")
    expect(officer.get_by_text("Đủ điều kiện, đề nghị cấp")).to_be_visible()
    expect(officer.get_by_text("Rút hồ sơ").first).to_be_visible()
    stage.check(officer)
    assert stage.state(dossier_id) == "withdrawn"


def test_apology_before_the_day_and_a_dossier_that_is_overdue(stage: Stage) -> None:
    dossier_id = in_work(stage.people)
    bring(dossier_id, due_at=clock.now() + timedelta(days=5))
    later = clock.local(clock.now() + timedelta(days=12))
    for name, key, said in (
        ("chau", "propose-extension", "Đã đề xuất lãnh đạo hẹn lại"),
        ("dung", "extend", "Đã xin lỗi và hẹn lại"),
    ):
        stage.act(
            name,
            dossier_id,
            key,
            said,
            due__d=str(later.day),
            due__m=str(later.month),
            due__y=str(later.year),
            reason="Chờ xác minh nơi cư trú; xin lỗi bà",
        )
    hoa = stage.page("hoa", f"/ho-so/{dossier_id}/")
    expect(hoa.get_by_text("Chờ xác minh nơi cư trú; xin lỗi bà").first).to_be_visible()
    # The new day passes as well: the inbox says so first of all, and a second apology is refused.
    bring(dossier_id, due_at=clock.now() - timedelta(days=2))
    inbox = stage.page("chau", "/co-quan/?nhom=qua-han")
    expect(inbox.get_by_role("row").filter(has_text="Nguyễn Thị Hoa")).to_be_visible()
    page = stage.page("chau", f"/co-quan/ho-so/{dossier_id}/viec/propose-extension/")
    for part, value in (("d", later.day), ("m", later.month), ("y", later.year)):
        page.locator(f"[name='due.{part}']").fill(str(value))
    page.locator("[name=reason]").fill("Xin lỗi lần nữa")
    page.locator("body").press("F9")
    expect(page.get_by_text("đã hẹn lại một lần")).to_be_visible()
    expect(page.locator("[name=reason]")).to_have_value("Xin lỗi lần nữa")
    stage.check(page)
