"""One reorganisation in a real browser: seen beforehand, carried out, and an open dossier acknowledged by who takes it over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.directory.models import AgencySuccession
from motcua.dossiers import queries, services
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
ROOT = "/co-quan/quan-tri/"


def enter(page: Page, cast: Cast, live_server: object, name: str) -> Page:
    client = Client()
    cast.login(client, name)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    return page


def look(page: Page, name: str, findings: Findings) -> None:
    """Nothing serious for screen readers, nothing wider than the window; a picture where somebody asked for one."""
    assert findings(page) == []
    assert page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth"), name
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"admin-{name}.png", full_page=True)


def type_day(page: Page, name: str) -> None:
    today = clock.today()
    for part, value in (("d", today.day), ("m", today.month), ("y", today.year)):
        page.locator(f"[name='{name}.{part}']").fill(str(value))


def test_a_dossier_crosses_a_reorganisation(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    dossier_id = in_work(cast)
    quang = enter(open_page(width=1366), cast, live_server, "quang")
    quang.goto(f"{live_server}{ROOT}")
    quang.locator("#q").fill("yen hoa")
    quang.get_by_role("button", name="Tìm").click()
    look(quang, "agencies", serious_findings)
    quang.get_by_role("link", name="H99.12").first.click()
    look(quang, "agency", serious_findings)
    quang.get_by_role("link", name="Cán bộ, vai trò").click()
    look(quang, "people", serious_findings)
    quang.locator("[name=staff]").select_option(label="Đỗ Trường Giang · MS-0005")
    quang.locator("[name=role]").select_option("assigner")
    quang.get_by_role("button", name="Giao vai trò").click()
    expect(quang.get_by_text("Đã giao vai trò.")).to_be_visible()

    quang.goto(f"{live_server}{ROOT}to-chuc-lai/?ma=H99.11")
    quang.locator("[name=successor]").fill("H99.12")
    quang.locator("[name=decision]").fill("Nghị quyết 5/NQ-HĐND")
    type_day(quang, "effective")
    quang.get_by_role("button", name="Xem trước").click()
    expect(quang.get_by_text("1 hồ sơ đang mở")).to_be_visible()
    look(quang, "reorganise", serious_findings)
    quang.get_by_role("button", name="Thực hiện tổ chức lại").click()
    expect(quang.get_by_text("Nghị quyết 5/NQ-HĐND")).to_be_visible()
    (succession,) = AgencySuccession.objects.all()
    services.hand_over_to_successor(
        actor=SYSTEM,
        predecessor_id=succession.predecessor_id,
        successor_id=succession.successor_id,
        decision=succession.decision,
    )

    giang = enter(open_page(width=320), cast, live_server, "giang")
    giang.goto(f"{live_server}/co-quan/ho-so/{dossier_id}/")
    giang.get_by_role("button", name="Xác nhận tiếp nhận bàn giao").click()
    look(giang, "acknowledge-320", serious_findings)
    giang.get_by_role("button", name="Xác nhận đã nhận").click()
    expect(giang.get_by_text("Đã xác nhận tiếp nhận bàn giao.")).to_be_visible()
    page = queries.dossier_page(actor=SYSTEM, dossier_id=dossier_id)
    assert (page.competent.id, page.awaits_acknowledgement) == (cast.yen_hoa, False)
    assert [entry.move for entry in page.timeline][-2:] == ["transfer", "acknowledge"]


def test_a_day_is_seen_before_it_is_decided_on_a_phone(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    in_work(cast)
    page = enter(open_page(width=320, scripts=False), cast, live_server, "quang")
    for address, name in (("", "agencies"), ("to-chuc-lai/", "reorganise"), ("bao-mat/", "factors")):
        page.goto(f"{live_server}{ROOT}{address}")
        assert page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth"), name
    page.goto(f"{live_server}{ROOT}co-quan/{cast.an_binh}/lich/")
    type_day(page, "day")
    page.get_by_label("Ngày nghỉ").check()
    page.locator("[name=name]").fill("Nghỉ do bão")
    page.locator("[name=source]").fill("Công văn 12")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước")).to_be_visible()
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / "admin-day-320.png", full_page=True)
    page.get_by_role("button", name="Ghi quyết định này").click()
    expect(page.get_by_text("Rút quyết định").first).to_be_visible()
