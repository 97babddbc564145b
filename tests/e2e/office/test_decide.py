"""From the inbox to the person's hands: assign, submit, approve and sign in the tray, number and seal, issue, hand over."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import at_leader, received
from tests.factories.signing import SigningWorld

from motcua.dossiers import queries
from motcua.dossiers.words import (
    State,
)

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
Enter = Callable[..., Page]


@pytest.fixture
def as_(live_server: object, open_page: Callable[..., Page], cast: Cast) -> Enter:
    """`as_("chau")`: a page in which Châu is logged in."""

    def open_(name: str, **kind: object) -> Page:
        client = Client()
        cast.login(client, name)
        page = open_page(**kind)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        return page

    return open_


def act(page: Page, live_server: object, dossier_id: UUID, findings: Findings) -> None:
    """Open the dossier and its main act with the key 1."""
    page.goto(f"{live_server}/co-quan/ho-so/{dossier_id}/")
    assert findings(page) == []
    page.locator("body").press("1")
    expect(page.get_by_role("link", name="Để sau")).to_be_visible()
    assert findings(page) == []


def test_from_inbox_to_hand_over(
    as_: Enter, live_server: object, cast: Cast, signing: SigningWorld, serious_findings: Findings
) -> None:
    moved = received(cast)
    dossier_id = moved.dossier_id

    head = as_("hanh")
    head.goto(f"{live_server}/co-quan/")
    assert serious_findings(head) == []
    head.keyboard.press("/")
    head.keyboard.type("nguyen hoa")
    head.keyboard.press("Enter")
    expect(head).to_have_url(f"{live_server}/co-quan/?q=nguyen+hoa")
    head.locator("body").press("j")
    head.keyboard.press("Enter")
    expect(head.get_by_role("heading", name="Nguyễn Thị Hoa")).to_be_visible()
    act(head, live_server, dossier_id, serious_findings)
    head.get_by_label("Lê Thị Châu").check()
    head.keyboard.press("F9")
    expect(head.get_by_text("Đã phân công thụ lý.")).to_be_visible()

    officer = as_("chau")
    act(officer, live_server, dossier_id, serious_findings)
    officer.get_by_label("Tờ trình: ý kiến thẩm định").fill("Đủ điều kiện")
    officer.keyboard.press("F9")
    expect(officer.get_by_text("Đã trình lãnh đạo.")).to_be_visible()

    leader = as_("dung")
    leader.goto(f"{live_server}/co-quan/trinh-ky/")
    assert serious_findings(leader) == []
    expect(leader.get_by_text("Đủ điều kiện")).to_be_visible()
    leader.get_by_role("button", name="Chọn tất cả").click()
    leader.get_by_label("Mã PIN").fill(signing.hsm.pins["dung"])
    leader.keyboard.press("F9")
    expect(leader.get_by_text("Đã ký", exact=True)).to_be_visible()
    assert serious_findings(leader) == []

    clerk = as_("khanh")
    act(clerk, live_server, dossier_id, serious_findings)
    clerk.get_by_label("Mã PIN").fill(signing.hsm.pins["seal-H99.11"])
    clerk.keyboard.press("F9")
    expect(clerk.get_by_text("Đã vào số và đóng dấu.")).to_be_visible()
    act(clerk, live_server, dossier_id, serious_findings)
    clerk.locator("body").press("F9")
    expect(clerk.get_by_text("Đã phát hành.")).to_be_visible()

    desk = as_("binh")
    desk.goto(f"{live_server}/quay/tra-ket-qua/?q={moved.code}")
    desk.get_by_label("Bằng chứng giao nhận").fill("Ký sổ")
    assert serious_findings(desk) == []
    desk.get_by_role("button", name="Trả kết quả").click()
    expect(desk.get_by_text("Đã trả kết quả.")).to_be_visible()
    page = queries.dossier_page(actor=cast.hanh, dossier_id=dossier_id)
    assert page.returned_at is not None
    assert queries.verify_chain(dossier_id=dossier_id).faults == ()


@pytest.mark.parametrize("width", [320, 768])
def test_pages_fit_a_narrow_screen_and_live_without_scripts(
    as_: Enter, live_server: object, cast: Cast, width: int
) -> None:
    dossier_id = received(cast).dossier_id
    page = as_("hanh", width=width)
    for path in ("", f"ho-so/{dossier_id}/", f"ho-so/{dossier_id}/viec/assign/", "uy-quyen/"):
        page.goto(f"{live_server}/co-quan/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    plain = as_("hanh", width=width, scripts=False)
    plain.goto(f"{live_server}/co-quan/ho-so/{dossier_id}/")
    plain.get_by_role("link", name="Nhật ký").click()
    expect(plain.get_by_text("Tiếp nhận hồ sơ").first).to_be_visible()
    plain.goto(f"{live_server}/co-quan/ho-so/{dossier_id}/viec/assign/")
    plain.get_by_label("Lê Thị Châu").check()
    plain.get_by_role("button", name="Phân công").click()
    expect(plain.get_by_text("Đã phân công thụ lý.")).to_be_visible()


def test_a_full_tray_is_signed_in_turns_and_says_how_far_it_is(
    as_: Enter, live_server: object, cast: Cast, signing: SigningWorld, serious_findings: Findings
) -> None:
    ids = [at_leader(cast, request_key=f"turn-{number}") for number in range(5)]
    leader = as_("dung")
    leader.goto(f"{live_server}/co-quan/trinh-ky/")
    asked: list[str] = []
    leader.on("request", lambda request: asked.append(request.method) if request.method == "POST" else None)

    leader.get_by_role("button", name="Chọn tất cả").click()
    leader.get_by_label("Mã PIN").fill("000000")
    leader.keyboard.press("F9")
    expect(leader.get_by_text("Chưa ký được")).to_be_visible()
    expect(leader.locator("form[aria-busy]")).to_have_count(0)
    assert len(asked) == 1, "a wrong PIN is not tried on the rest"
    expect(leader.locator("[data-row]")).to_have_count(5)

    leader.wait_for_timeout(1100)  # a button that was pressed a moment ago takes the next press for a slip
    leader.get_by_label("Mã PIN").fill(signing.hsm.pins["dung"])
    leader.keyboard.press("F9")
    expect(leader.get_by_text("5 / 5")).to_be_visible()
    expect(leader.locator("[data-outcomes] li")).to_have_count(5)
    expect(leader.locator("[data-row]")).to_have_count(0)
    assert len(asked) == 3
    assert serious_findings(leader) == []
    assert {queries.dossier_page(actor=cast.dung, dossier_id=one).state for one in ids} == {State.SIGNED}
