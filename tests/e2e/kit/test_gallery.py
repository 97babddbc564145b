"""The design system in a real browser: accessible, within its weight, whole at 320 px, alive without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Findings = Callable[[Page], list[str]]
FIRST_PAGE_BYTES = 300 * 1024


@pytest.mark.parametrize("path", ["/kit/gallery/", "/kit/gallery/form/", "/khong-co-trang-nay/"])
@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_serious(
    live_server: object, open_page: Callable[..., Page], serious_findings: Findings, path: str, width: int
) -> None:
    page = open_page(width=width)
    page.goto(f"{live_server}{path}")
    assert serious_findings(page) == []


@pytest.mark.parametrize("switch", ["Chữ lớn", "Tương phản cao"])
def test_switches_are_remembered_and_stay_accessible(
    live_server: object, page: Page, serious_findings: Findings, switch: str
) -> None:
    page.goto(f"{live_server}/kit/gallery/")
    page.get_by_role("button", name=switch).click()
    page.goto(f"{live_server}/kit/gallery/form/")
    chosen = {"Chữ lớn": "is-large", "Tương phản cao": "is-contrast"}[switch]
    assert chosen in (page.locator("html").get_attribute("class") or "")
    page.goto(f"{live_server}/kit/gallery/")
    assert serious_findings(page) == []


@pytest.mark.parametrize("path", ["/kit/gallery/", "/kit/gallery/form/"])
def test_nothing_is_wider_than_a_320_pixel_phone(
    live_server: object, open_page: Callable[..., Page], path: str
) -> None:
    page = open_page(width=320)
    page.goto(f"{live_server}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_first_page_is_within_its_weight(live_server: object, page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{live_server}/kit/gallery/form/", wait_until="networkidle")
    assert sum(sizes) <= FIRST_PAGE_BYTES


def test_page_keys_open_their_dialog_and_walk_rows(live_server: object, page: Page) -> None:
    page.goto(f"{live_server}/kit/gallery/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-current")).to_contain_text("000.00.11.H99-261120-0002")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_condition_hides_and_shows_a_question(live_server: object, page: Page) -> None:
    page.goto(f"{live_server}/kit/gallery/form/")
    question = page.get_by_label("Số giấy chứng nhận kết hôn")
    expect(question).to_be_hidden()
    page.get_by_label("Có", exact=True).check()
    expect(question).to_be_visible()


def test_form_works_without_scripts(live_server: object, open_page: Callable[..., Page]) -> None:
    page = open_page(width=320, scripts=False)
    page.goto(f"{live_server}/kit/gallery/form/")
    page.get_by_label("Ngày", exact=True).first.fill("31")
    page.get_by_label("Tháng", exact=True).first.fill("2")
    page.get_by_label("Năm", exact=True).first.fill("2026")
    page.get_by_label("Ghi chú").fill("giữ nguyên dòng này")
    page.get_by_role("button", name="Kiểm tra").click()
    fault = page.get_by_role("alert").get_by_role("link", name="Ngày 31/2/2026 không có thật")
    expect(fault).to_have_attribute("href", "#f-child-birth_on")
    expect(page.get_by_label("Ghi chú")).to_have_value("giữ nguyên dòng này")
    expect(page.get_by_label("Ngày", exact=True).first).to_have_value("31")


def test_rows_are_added_and_removed_without_scripts(
    live_server: object, open_page: Callable[..., Page]
) -> None:
    page = open_page(scripts=False)
    page.goto(f"{live_server}/kit/gallery/form/")
    page.get_by_label("Họ và tên").fill("Người thứ nhất")
    page.get_by_role("button", name="Thêm người làm chứng").click()
    page.get_by_label("Họ và tên").nth(1).fill("Người thứ hai")
    page.get_by_role("button", name="Xóa mục 1").click()
    expect(page.get_by_label("Họ và tên")).to_have_count(1)  # a click does not wait for the page it leads to
    expect(page.get_by_label("Họ và tên")).to_have_value("Người thứ hai")
