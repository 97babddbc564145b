"""Answering a request for more in a real browser: over two visits, and on a small phone without scripts."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_journeys import log_in
from tests.factories.dossiers import in_work

from motcua.dossiers import queries, services

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.fixture
def asked(people: Cast) -> UUID:
    dossier_id = in_work(people)
    services.ask_supplement(
        actor=people.chau,
        dossier_id=dossier_id,
        reason="Ảnh chụp bị mờ và tờ khai chưa nói rõ nơi sinh.",
        items=["Giấy chứng sinh rõ nét, đủ bốn góc", "Nói rõ nơi sinh của trẻ"],
    )
    return dossier_id


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "giấy chứng sinh.png"
    Image.effect_noise((200, 300), 100).save(path)
    return path


def kept_picture(page: Page, name: str) -> None:
    """`MOTCUA_PICTURES` names a folder for pictures of the pages, to be looked at."""
    if folder := os.environ.get("MOTCUA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_answered_over_two_visits_and_read_by_the_officer(
    live_server: object,
    people: Cast,
    asked: UUID,
    picture: Path,
    open_page: OpenPage,
    serious_findings: Findings,
) -> None:
    address = f"{live_server}/ho-so/{asked}/"
    first = open_page(width=375, height=800)
    expect.set_options(timeout=20_000)
    log_in(first, live_server, people, "hoa")
    first.goto(address)
    first.get_by_role("button", name="Bổ sung ngay").click()
    expect(first.get_by_text("0 trên 2 việc")).to_be_visible()
    first.evaluate("window.sameDocument = true")
    first.get_by_label("Tệp cho việc 1").set_input_files(picture)
    expect(first.get_by_role("link", name="giấy chứng sinh.png")).to_be_visible()
    expect(first.get_by_text("1 trên 2 việc")).to_be_visible()
    first.get_by_label("Trả lời việc 2").press_sequentially("Bệnh viện đa khoa tỉnh")
    expect(first.get_by_text("chưa gửi")).to_be_visible()
    expect(first.get_by_text("2 trên 2 việc")).to_be_visible()
    assert first.evaluate("window.sameDocument === true"), "nothing reloads the page"
    assert serious_findings(first) == []
    kept_picture(first, "bo-sung-375")
    first.context.close()

    second = open_page(width=1366)
    log_in(second, live_server, people, "hoa")
    second.goto(f"{address}bo-sung/")
    expect(second.get_by_role("link", name="giấy chứng sinh.png")).to_be_visible()
    expect(second.get_by_label("Trả lời việc 2")).to_have_value("Bệnh viện đa khoa tỉnh")
    kept_picture(second, "bo-sung-1366")
    assert serious_findings(second) == []
    second.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(second.get_by_text("Đã gửi phần bổ sung")).to_be_visible()

    officer = open_page(width=1366)
    log_in(officer, live_server, people, "chau")
    officer.goto(f"{live_server}/co-quan/ho-so/{asked}/")
    officer.get_by_role("link", name="Nhật ký").click()
    said = officer.get_by_text("Nói rõ nơi sinh của trẻ: Bệnh viện đa khoa tỉnh").first
    expect(said).to_be_visible()
    expect(officer.get_by_text("giấy chứng sinh.png").first).to_be_visible()


def test_on_a_small_phone_without_scripts(
    live_server: object, people: Cast, asked: UUID, picture: Path, open_page: OpenPage
) -> None:
    page = open_page(width=320, height=640, scripts=False)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/ho-so/{asked}/bo-sung/")
    page.get_by_label("Tệp cho việc 1").set_input_files(picture)
    page.get_by_role("button", name="Lưu, làm tiếp sau").click()
    expect(page.get_by_role("link", name="giấy chứng sinh.png")).to_be_visible()
    page.get_by_label("Trả lời việc 2").fill("Bệnh viện đa khoa tỉnh")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.get_by_text("Đã gửi phần bổ sung")).to_be_visible()
    dossier = queries.dossier_page(actor=people.chau, dossier_id=asked)
    assert "Bệnh viện đa khoa tỉnh" in dossier.timeline[-1].reason


def test_nothing_overflows_at_320(
    live_server: object, people: Cast, asked: UUID, open_page: OpenPage
) -> None:
    page = open_page(width=320, height=640)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/ho-so/{asked}/bo-sung/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
