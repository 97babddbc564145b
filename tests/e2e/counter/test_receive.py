"""Reception with the keyboard alone: card, procedure, papers, form, F9, then the printed form with one key."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast

from motcua.dossiers import queries, services
from motcua.dossiers.queries import Box
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
CARD = "040195000123||Nguyễn Thị Hoa|12031995|Nữ|Thôn Đông, xã An Bình, tỉnh Minh Sơn|25122021"


@pytest.fixture
def at_desk(live_server: object, page: Page, cast: Cast) -> Page:
    """Bình's browser at the desk."""
    client = Client()
    cast.login(client, "binh")
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page.goto(f"{live_server}/quay/")
    return page


def test_receive_with_the_keyboard_alone_and_print(
    at_desk: Page, cast: Cast, live_server: object, serious_findings: Findings
) -> None:
    page = at_desk
    page.keyboard.press("F2")
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.locator(".ct-chosen__name").first).to_contain_text("Nguyễn Thị Hoa")

    page.keyboard.press("F4")
    page.keyboard.type("2.000815")
    page.keyboard.press("Enter")
    expect(page.locator(".ct-lines")).to_be_visible()
    assert serious_findings(page) == []

    for line in page.locator("[name$='.originals']").all():
        line.focus()
        page.keyboard.type("1")
    page.keyboard.press("F9")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert serious_findings(page) == []
    expect(page.locator("[name$='.originals']").first).to_have_value("1")
    assert queries.inbox(actor=cast.binh, box=Box.ALL).rows == []

    fill_in_the_rest(page)
    page.keyboard.press("F9")
    expect(page.locator(".mc-panel__code")).to_contain_text("H99.11-")
    assert serious_findings(page) == []

    page.locator("body").press("p")
    expect(page.get_by_text("Đang soạn bản in")).to_be_visible()
    (row,) = queries.inbox(actor=cast.binh, box=Box.ALL).rows
    form = queries.dossier_page(actor=cast.binh, dossier_id=row.id).forms[0]
    services.typeset_form(actor=SYSTEM, form_id=form.id)
    expect(page.locator("iframe[data-frame]")).to_be_visible()
    assert serious_findings(page) == []
    page.locator("body").press("n")
    expect(page.get_by_role("heading", name="Tiếp nhận hồ sơ")).to_be_visible()


def fill_in_the_rest(page: Page) -> None:
    """Whatever the form still asks, by keyboard; a form's first choice will do."""
    form = page.locator(".ct-eform")
    for field in form.locator("input[type=text]:visible, input[type=number]:visible, textarea:visible").all():
        if not field.input_value():
            field.focus()
            page.keyboard.type(_answer(str(field.get_attribute("name"))))
    for group in form.locator(".govuk-radios:visible, .govuk-checkboxes:visible").all():
        group.locator("input").first.focus()
        page.keyboard.press("Space")
    for choice in form.locator("select:visible").all():
        choice.focus()
        page.keyboard.press("ArrowDown")


def _answer(name: str) -> str:
    dates = {"d": "2", "m": "3", "y": "2026"}
    last = name.rpartition(".")[2]
    return dates.get(last, "1" if any(word in name for word in ("copies", "count", "pages")) else "Nội dung")


def test_desk_works_on_a_narrow_screen_without_scripts(
    live_server: object, open_page: Callable[..., Page], cast: Cast
) -> None:
    client = Client()
    cast.login(client, "binh")
    session = client.cookies["sessionid"].value
    plain, wide = open_page(width=320, scripts=False), open_page(width=320)
    for page in (plain, wide):
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        page.goto(f"{live_server}/quay/")
        page.fill("#f-person", "nguyen thi hoa")
        page.press("#f-person", "Enter")
        page.locator(".ct-hits button").first.click()
        page.fill("#f-procedure", "khai sinh")
        page.press("#f-procedure", "Enter")
        page.locator(".ct-hits button").first.click()
        expect(page.locator(".ct-lines")).to_be_visible()
    assert wide.evaluate("document.documentElement.scrollWidth") <= 320
