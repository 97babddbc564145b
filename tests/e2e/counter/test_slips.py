"""Sent home with form 02, back with the missing paper, into the ledger: by keyboard, wide and narrow."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import birth_application

from motcua.dossiers import services
from motcua.dossiers.models import DoorSlip
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
CARD = "040195000123||Nguyễn Thị Hoa|12031995|Nữ|Thôn Đông, xã An Bình, tỉnh Minh Sơn|25122021"
NARROW = "document.documentElement.scrollWidth"


def look(page: Page, name: str) -> None:
    """A folder for pictures of the pages, for whoever wants to look at them."""
    if folder := os.environ.get("MOTCUA_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_person_is_sent_home_comes_back_and_stands_in_the_ledger(
    live_server: object, open_page: Callable[..., Page], cast: Cast, serious_findings: Findings
) -> None:
    client = Client()
    cast.login(client, "binh")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}
    page, narrow = open_page(), open_page(width=320)
    for one in (page, narrow):
        one.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as the browser wants it
    page.goto(f"{live_server}/quay/")
    page.keyboard.press("F2")
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.locator(".ct-chosen__name").first).to_contain_text("Nguyễn Thị Hoa")
    page.keyboard.press("F4")
    page.keyboard.type("1.001570")
    page.keyboard.press("Enter")
    expect(page.locator(".ct-lines")).to_be_visible()
    # A question of the form has the desk's own word for a name: each keeps what was typed into it.
    page.locator("[name=reason]").fill("Sửa chữa cửa hàng")
    page.locator("[name=desk_reason]").fill("Chưa có giấy tờ")
    page.locator("[name=desk_reason]").press("F7")
    expect(page.get_by_role("heading", name="Mẫu 02")).to_be_visible()
    slip = DoorSlip.objects.get()
    expect(page.locator(".mc-code")).to_have_text(slip.number)
    assert serious_findings(page) == []
    services.typeset_slip(actor=SYSTEM, slip_id=slip.id)
    expect(page.locator("iframe[data-frame]")).to_be_visible()
    look(page, "slip")
    assert serious_findings(page) == []

    public = open_page(width=320)
    public.goto(f"{live_server}/tra-cuu/?ma={slip.number}")
    expect(public.get_by_role("heading", name="Phiếu yêu cầu bổ sung")).to_be_visible()
    assert "Nguyễn Thị Hoa" not in public.content()
    assert public.evaluate(NARROW) <= 320
    look(public, "track")

    page.get_by_role("link", name="tiếp nhận từ phiếu này").click()
    expect(page.locator(".govuk-inset-text").first).to_contain_text(slip.number)
    look(page, "desk-again")
    assert serious_findings(page) == []
    expect(page.locator("[name=reason]")).to_have_value("Sửa chữa cửa hàng")
    assert page.locator("[name=desk_reason]").input_value() == ""
    services.register_dossier(actor=cast.binh, application=birth_application(cast))

    for address, name in (("/quay/so-ngay/", "daybook"), ("/co-quan/so-theo-doi/", "ledger")):
        for shown, width in ((page, "wide"), (narrow, "narrow")):
            shown.goto(f"{live_server}{address}")
            expect(shown.get_by_text("Nguyễn Thị Hoa").first).to_be_visible()
            look(shown, f"{name}-{width}")
            assert serious_findings(shown) == []
        assert narrow.evaluate(NARROW) <= 320
