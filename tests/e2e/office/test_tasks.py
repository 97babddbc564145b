"""From the desk to one's own work by the header, which says who one is and how much waits; with the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.e2e.office.test_doors import Findings, enter, look
from tests.factories.dossiers import received, submitted

from motcua.directory import queries as people
from motcua.directory import services as directory
from motcua.directory.queries import Role
from motcua.dossiers import queries
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_header_tells_who_works_here_and_leads_to_what_waits(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    submitted(cast)
    dossier_id = received(cast).dossier_id
    page = enter(open_page(width=1366, height=768), cast, live_server, "hanh")
    expect(page.get_by_text("Hoàng Thị Hạnh").first).to_be_visible()
    link = page.get_by_role("link", name="Việc của tôi").first
    expect(link).to_contain_text("2")
    link.click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    look(page, "tasks-1366", serious_findings)
    page.get_by_role("navigation", name="Theo loại việc").get_by_role("link", name="Phân công").click()
    expect(page.get_by_role("heading", name="Việc của tôi: Phân công")).to_be_visible()
    keys = 0
    for key in ("j", "Enter"):
        page.keyboard.press(key)
        keys += 1
    expect(page.get_by_role("button", name="Phân công thụ lý").first).to_be_visible()
    assert keys == 2
    assert str(dossier_id) in page.url
    assert len(queries.tasks(actor=cast.hanh).rows) == 2


def test_on_a_small_phone_and_with_two_posts(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    received(cast)
    account = cast.account("hanh")
    served = people.people_of(actor=cast.quang, agency_id=cast.an_binh)
    one = next(one for one in served if one.account_id == account)
    directory.assign_role(actor=SYSTEM, staff_id=one.id, agency_id=cast.yen_hoa, role=Role.ASSIGNER)
    page = enter(open_page(width=320), cast, live_server, "hanh")
    page.get_by_role("link", name="Việc của tôi").first.click()
    look(page, "tasks-320", serious_findings)
    page.get_by_label("Làm việc ở").select_option(label="Ủy ban nhân dân xã Yên Hòa (Phân công)")
    page.get_by_role("button", name="Chuyển").click()
    expect(page.get_by_text("Phân công, Ủy ban nhân dân xã Yên Hòa").first).to_be_visible()
    page.get_by_role("link", name="Việc của tôi").first.click()
    expect(page.get_by_text("Không có việc nào chờ bạn")).to_be_visible()
    look(page, "seat-320", serious_findings)


def test_numbers_stand_under_each_other(
    cast: Cast, live_server: object, open_page: Callable[..., Page]
) -> None:
    received(cast)
    page = enter(open_page(width=1366), cast, live_server, "hanh")
    page.get_by_role("link", name="Việc của tôi").first.click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    widths = page.locator("tbody td").first.evaluate(
        """async cell => {
          const widths = []
          for (const digits of ['1111111111', '4444444444', '0123456789']) {
            const line = document.createElement('span')
            line.textContent = digits
            cell.append(line)
            await document.fonts.ready
            widths.push(line.getBoundingClientRect().width)
          }
          return widths
        }"""
    )
    assert max(widths) - min(widths) < 0.5, widths


def test_offices_are_dense(cast: Cast, live_server: object, open_page: Callable[..., Page]) -> None:
    received(cast)
    submitted(cast)
    page = enter(open_page(width=1366, height=768), cast, live_server, "hanh")
    heights = "element => element.getBoundingClientRect().height"
    assert page.locator("header.mc-header").evaluate(heights) <= 57, "the desk"
    page.get_by_role("link", name="Việc của tôi").first.click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    assert page.locator("header.mc-header").evaluate(heights) <= 57
    top = page.locator("main").evaluate("element => element.getBoundingClientRect().top")
    assert top <= 98, "who one is and where one can go, before the work begins"
    rows = page.locator("tbody tr")
    for at in range(rows.count()):
        assert 30 <= rows.nth(at).evaluate(heights) <= 37
