"""The leader's desk in a real browser: from a number to its dossiers and to the dossier, from a figure to its list and file."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import in_work
from tests.factories.recorded_rows import bring

from motcua.kernel import clock
from motcua.oversight import queries
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]


@pytest.fixture
def dung(live_server: object, cast: Cast) -> Callable[[Page], Page]:
    """Dũng logged in; of three dossiers one is late."""
    ids = [in_work(cast) for _ in range(3)]
    bring(ids[0], due_at=clock.now() - timedelta(days=4))
    with transaction.atomic():
        count_dossiers(accounts_of(ids))
    queries.forget_places()

    def enter(page: Page) -> Page:
        client = Client()
        cast.login(client, "dung")
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        return page

    return enter


def look(page: Page, name: str) -> None:
    """Nothing wider than the window; a picture where somebody asked for one."""
    assert page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_from_a_number_to_its_dossiers(
    dung: Callable[[Page], Page],
    live_server: object,
    open_page: Callable[..., Page],
    serious_findings: Findings,
) -> None:
    page = dung(open_page(width=1366))
    page.goto(f"{live_server}/co-quan/")
    page.get_by_role("link", name="Điều hành").click()
    assert serious_findings(page) == []
    look(page, "desk-1366")
    page.get_by_role("link", name="Đã quá hạn 1").click()
    assert serious_findings(page) == []
    look(page, "steered-1366")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.locator("[data-row] a").first.click()
    expect(page.get_by_role("heading", name="Nguyễn Thị Hoa")).to_be_visible()

    page.goto(f"{live_server}/co-quan/dieu-hanh/")
    page.get_by_role("link", name="Số liệu và báo cáo").click()
    assert serious_findings(page) == []
    look(page, "figures-1366")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="XLSX").click()
    assert loaded.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Hồ sơ tiếp nhận").click()
    assert serious_findings(page) == []
    look(page, "explain-1366")
    expect(page.locator("[data-row]")).to_have_count(3)


def test_a_directive_from_the_desk_to_its_answer(
    dung: Callable[[Page], Page],
    cast: Cast,
    live_server: object,
    open_page: Callable[..., Page],
    serious_findings: Findings,
) -> None:
    page = dung(open_page(width=1366))
    desk = f"{live_server}/co-quan/dieu-hanh/"
    page.goto(desk)
    page.get_by_role("button", name="Giao chỉ đạo mới").click()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Giao chỉ đạo").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_label("Nội dung chỉ đạo").fill("Rà soát hồ sơ quá hạn, báo cáo cách xử lý")
    page.get_by_label("Người thực hiện").select_option(str(cast.account("chau")))
    look(page, "directive-new-1366")
    page.get_by_role("button", name="Giao chỉ đạo").click()
    expect(page.get_by_text("người thực hiện được báo")).to_be_visible()
    assert serious_findings(page) == []
    address = page.url
    officer = open_page(width=320)
    client = Client()
    cast.login(client, "chau")
    session = client.cookies["sessionid"].value
    officer.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    officer.goto(f"{live_server}/co-quan/dieu-hanh/chi-dao/?nhom=giao-cho-toi")
    assert serious_findings(officer) == []
    look(officer, "directives-320")
    officer.locator("[data-row] a").first.click()
    officer.locator("#f-text-tra-loi").fill("Đã xử lý xong")
    look(officer, "directive-320")
    officer.get_by_role("button", name="Gửi trả lời").click()
    expect(officer.get_by_role("button", name="Rút lại trả lời")).to_be_visible()
    page.goto(address)
    look(page, "directive-1366")
    assert serious_findings(page) == []
    page.get_by_role("button", name="Chấp nhận hoàn thành").click()
    expect(page.get_by_role("button", name="Mở lại chỉ đạo")).to_be_visible()
    for part in ("phan-tich/", "so-lieu/da-gui/", "chi-dao/"):
        page.goto(desk + part)
        assert serious_findings(page) == [], part
        look(page, part.replace("/", "-") + "1366")


def test_on_a_phone_without_scripts(
    dung: Callable[[Page], Page],
    live_server: object,
    open_page: Callable[..., Page],
) -> None:
    page = dung(open_page(width=320, scripts=False))
    for address, name in (("", "desk"), ("ho-so/?nhom=qua-han", "steered"), ("so-lieu/", "figures")):
        page.goto(f"{live_server}/co-quan/dieu-hanh/{address}")
        look(page, f"{name}-320")
