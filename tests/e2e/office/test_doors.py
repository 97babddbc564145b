"""From the home of a role to each of its doors, by links alone, at a desk and on a small phone."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
BIRTH = "1.001193"


def enter(page: Page, cast: Cast, live_server: object, name: str) -> Page:
    """Logged in, at the home of the role."""
    client = Client()
    cast.login(client, name)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page.goto(f"{live_server}/bat-dau/")
    return page


def look(page: Page, name: str, findings: Findings) -> None:
    """Nothing serious for screen readers, nothing wider than the window; a picture where somebody asked for one."""
    assert findings(page) == [], name
    assert page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth"), name
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"door-{name}.png", full_page=True)


def link(page: Page, name: str) -> None:
    """By its words, as somebody who looks for it; on a phone the menu may be folded."""
    found = page.get_by_role("link", name=name, exact=True).first
    if not found.is_visible():
        page.locator("[data-menu], .mc-menu summary, .mc-menu button").first.click()
    found.click()


@pytest.mark.parametrize("width", [320, 1366])
def test_an_administrator_reaches_every_door_of_an_agency(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings, width: int
) -> None:
    page = enter(open_page(width=width), cast, live_server, "quang")
    link(page, "Mở cơ quan mới")
    look(page, f"opening-{width}", serious_findings)
    today = clock.today()
    for name, typed in (
        ("code", "H99.78"),
        ("name", "Phòng Văn thư"),
        ("territory", "99004"),
        ("decision", "QĐ 8"),
    ):
        page.locator(f"[name={name}]").fill(typed)
    page.locator("[name=kind]").select_option("division")
    page.locator("[name=level]").select_option("commune")
    for part, value in (("d", today.day), ("m", today.month), ("y", today.year)):
        page.locator(f"[name='begins.{part}']").fill(str(value))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã mở cơ quan.")).to_be_visible()
    look(page, f"agency-{width}", serious_findings)
    link(page, "Chức danh")
    page.locator("[name=title]").fill("Trưởng phòng")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã mở chức danh.")).to_be_visible()
    look(page, f"posts-{width}", serious_findings)
    link(page, "Khóa ký")
    page.get_by_role("button", name="Đọc chứng thư").click()
    expect(page.get_by_role("alert").get_by_text("Ghi tên thiết bị")).to_be_visible()
    look(page, f"keys-{width}", serious_findings)
    link(page, "Khóa chương trình")
    page.get_by_role("button", name="Cấp khóa").click()
    expect(page.get_by_role("alert").get_by_text("Chọn ít nhất một việc")).to_be_visible()
    look(page, f"tokens-{width}", serious_findings)
    opened = directory.agency("H99.78")
    assert [one.title for one in directory.posts_of(actor=cast.quang, agency_id=opened.id)] == [
        "Trưởng phòng"
    ]


@pytest.mark.parametrize("width", [320, 1366])
def test_a_catalogue_manager_reaches_versions_and_their_dossiers(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings, width: int
) -> None:
    in_work(cast)
    page = enter(open_page(width=width), cast, live_server, "nga")
    link(page, "Danh mục")
    page.locator("#q").fill("khai sinh")
    page.keyboard.press("Enter")
    look(page, f"procedures-{width}", serious_findings)
    page.get_by_role("link", name=BIRTH).first.click()
    look(page, f"procedure-{width}", serious_findings)
    page.locator("[name=event]").select_option("school")
    page.get_by_role("button", name="Xếp", exact=True).click()
    expect(page.get_by_text("Đã xếp thủ tục")).to_be_visible()
    page.get_by_role("link", name="1 hồ sơ đang mở").click()
    page.get_by_role("button", name="Chuyển hồ sơ đã chọn").click()
    expect(page.get_by_role("alert").get_by_text("Chọn ít nhất một hồ sơ.")).to_be_visible()
    look(page, f"pinned-{width}", serious_findings)
    assert "school" in catalogue.life_events_of(BIRTH, on=clock.today())
