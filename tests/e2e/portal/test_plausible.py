"""A form that helps while it is filled in: long lists are searched without accents, "I am the mother" fills the mother and takes
her out again, what cannot be true is said at once. By keyboard, at both widths, axe on each.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_journeys import log_in

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.mark.parametrize("width", [320, 1366])
def test_the_birth_form_helps(
    live_server: object, people: Cast, open_page: OpenPage, serious_findings: Findings, width: int
) -> None:
    client = Client()
    people.login(client, "hoa")
    address = client.post("/thu-tuc/1.001193/nop/").headers["Location"]
    page = open_page(width=width)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}{address}to-khai/")
    page.locator("[name='requester.relation']").select_option("mother")
    page.locator("[name=parents][value=both]").check(force=True)
    name = page.locator("[name='mother.full_name']")
    expect(name).to_have_value("Nguyễn Thị Hoa")
    expect(page.locator("[name='mother.birth_on.y']")).to_have_value("1995")
    page.locator("[name='requester.relation']").select_option("father")
    expect(name).to_have_value("")
    expect(page.locator("[name='father.full_name']")).to_have_value("Nguyễn Thị Hoa")
    page.locator("[name='requester.relation']").select_option("mother")

    search = page.locator("[aria-controls='f-child-ethnicity']")
    search.focus()
    page.keyboard.type("muong")
    expect(page.locator("[name='child.ethnicity']")).to_have_value("Mường")
    expect(page.locator("[name='child.nationality']")).to_have_value("Việt Nam")

    for part, value in {"d": "1", "m": "1", "y": "2000"}.items():
        page.locator(f"[name='child.birth_on.{part}']").fill(value)
    page.keyboard.press("Tab")
    said = page.get_by_text("Mẹ phải hơn con ít nhất 12 tuổi")
    expect(said).to_be_visible()
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("[name='child.birth_on.y']").fill("2026")
    page.keyboard.press("Tab")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1366])
def test_the_desk_hints_while_a_person_is_written_down(
    live_server: object, people: Cast, open_page: OpenPage, serious_findings: Findings, width: int
) -> None:
    page = open_page(width=width)
    log_in(page, live_server, people, "binh")
    page.goto(f"{live_server}/quay/")
    page.get_by_role("button", name="Ghi người mới").click()
    page.locator("[name='new.name']").press_sequentially("nguyen thi hoa")
    hint = page.locator("#alike button").first
    expect(hint).to_contain_text("Nguyễn Thị Hoa")
    page.locator("[name='new.phone']").fill("0999 888 777")
    expect(page.locator("[name='new.country']")).to_be_hidden()
    page.locator("[name='new.paper']").select_option("passport")
    expect(page.locator("[name='new.country']")).to_be_visible()
    assert serious_findings(page) == []
    page.locator("[name='new.paper']").select_option("personal")
    page.locator("#alike button").first.click()
    expect(page.get_by_label("Cập nhật vào thông tin người này")).to_be_visible()
    expect(page.locator("[name='contact.phone']")).to_have_value("0999 888 777")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
