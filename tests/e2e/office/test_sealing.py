"""The seal clerk in a real browser: from the inbox to the queue, with the keyboard, one PIN."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.signing import SigningWorld
from tests.integration.documents.scanning.test_sealing_copies import signed_copy

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


def prepare(people: Cast, signing: SigningWorld) -> None:
    """In a thread of its own: the browser's loop runs in this one, and signing runs one too."""
    try:
        signed_copy(people, signing)
    finally:
        connection.close()


def test_the_clerk_seals_signed_copies_with_the_keyboard(
    live_server: object,
    people: Cast,
    signing: SigningWorld,
    open_page: OpenPage,
    serious_findings: Findings,
) -> None:
    with ThreadPoolExecutor(1) as aside:
        aside.submit(prepare, people, signing).result()
    page = open_page(width=1366, height=768)
    client = Client()
    people.login(client, "khanh")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}]
    )
    page.goto(f"{live_server}/co-quan/")
    page.get_by_role("link", name="1 bản sao chờ đóng dấu").click()
    expect(page.get_by_role("heading", name="Đóng dấu bản sao")).to_be_visible()
    assert serious_findings(page) == []

    box = page.get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("F8")
    expect(page.get_by_text("Đã để 1 bản sao không dấu.")).to_be_visible()
    expect(page.get_by_text("Không có bản sao nào chờ đóng dấu")).to_be_visible()
    page.get_by_text("Đã để không dấu (1)").click()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_text("1 bản sao lại chờ đóng dấu.")).to_be_visible()

    page.get_by_role("button", name="Chọn tất cả").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_label("Mã PIN của con dấu số").fill(signing.hsm.pins["seal-H99.11"])
    page.keyboard.press("F9")
    expect(page.get_by_text("Đã đóng dấu 1 bản sao.")).to_be_visible()
    assert serious_findings(page) == []
