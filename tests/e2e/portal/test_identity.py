"""Somebody without an account logs in with an electronic identity while applying, on a phone, and loses nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_uploads import BIRTH

from simulators.identity.server import IdentityServer

SECRET = "a secret of this test alone"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.fixture
def provider(live_server: Any, settings: Any) -> Iterator[IdentityServer]:
    settings.BASE_URL = site = live_server.url
    with IdentityServer(
        client_secret=SECRET, redirect_uris=(f"{site}/dang-nhap/dinh-danh/ve/",), log_out_uris=(f"{site}/",)
    ) as server:
        settings.MOTCUA_IDENTITY_ISSUER, settings.MOTCUA_IDENTITY_CLIENT_SECRET = server.url, SECRET
        yield server


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_without_an_account_goes_on_where_they_were(
    live_server: object,
    people: Cast,
    provider: IdentityServer,
    open_page: Callable[..., Page],
    serious_findings: Callable[[Page], list[str]],
    scripts: bool,
) -> None:
    page = open_page(width=320, scripts=scripts)
    page.goto(f"{live_server}/thu-tuc/{BIRTH}/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    page.wait_for_url("**/dang-nhap/**")
    if scripts:
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.get_by_role("button", name="Huỷ").click()
    expect(page.get_by_role("heading", name="Chưa đăng nhập được")).to_be_visible()
    if scripts:
        assert serious_findings(page) == []
    page.get_by_role("button", name="Đăng nhập lại").click()
    page.get_by_role("button", name="Lò Thị Lả").click()
    expect(page.get_by_role("link", name="Giấy tờ kèm theo")).to_be_visible()
    assert "/nhap/" in page.url
    page.goto(f"{live_server}/tai-khoan/")
    expect(page.get_by_text(provider.url)).to_be_visible()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name="Đăng xuất").first.click()
    page.get_by_role("button", name="Đăng xuất cả tài khoản định danh").click()
    page.wait_for_url(f"{live_server}/")
