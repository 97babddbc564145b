"""The scan desk in a real browser: a pile dropped in, read, corrected with the keyboard, bound, signed, on the dossier."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import back, paper, scan, separator
from tests.factories.signing import SigningWorld
from tests.integration.documents.scanning.desk import do_the_binding, do_the_work, hear

from motcua.documents import services
from motcua.documents.models import ScanField, ScanPage
from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.kernel.authority import SYSTEM

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


def log_in(page: Page, server: object, people: Cast, name: str) -> None:
    client = Client()
    people.login(client, name)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(server)}]
    )


def pages_in_order(page: Page) -> list[str | None]:
    return [one.get_attribute("data-page") for one in page.locator(".sc-paper .sc-thumb").all()]


def picture(page: Page, name: str) -> None:
    """Kept where `MOTCUA_SHOTS` says, for eyes."""
    if folder := os.environ.get("MOTCUA_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_a_pile_from_the_browser_to_the_signed_dossier(
    live_server: object,
    people: Cast,
    signing: SigningWorld,
    open_page: OpenPage,
    serious_findings: Findings,
    tmp_path: Path,
) -> None:
    services.register_signing_key(
        actor=SYSTEM,
        label="binh",
        identity=signing.token("binh").identity(),
        account_id=people.account("binh"),
    )
    moved = received(people)
    pile = tmp_path / "tap-giay.pdf"
    pile.write_bytes(
        scan([separator(moved.code or ""), paper(), back(), paper(PaperKind.MARRIAGE_CERTIFICATE)])
    )
    page = open_page(width=1366, height=768)
    log_in(page, live_server, people, "binh")
    page.goto(f"{live_server}/quay/quet/")
    assert serious_findings(page) == []
    picture(page, "scans")
    page.get_by_label("Tệp quét, ảnh chụp hoặc thư (.eml)").set_input_files(pile)
    page.get_by_role("button", name="Bắt đầu số hóa").click()
    page.wait_for_url("**/quay/quet/*-*/")
    assert serious_findings(page) == []

    batch_id = UUID(page.url.rstrip("/").rpartition("/")[2])
    do_the_work(batch_id)
    ScanField.objects.filter(paper__batch=batch_id, key__in=["mother_name", "wife_name"]).update(
        is_doubtful=True
    )
    page.goto(f"{live_server}/quay/quet/{batch_id}/")
    expect(page.get_by_role("link", name=moved.code or "")).to_be_visible()
    expect(page.get_by_role("heading", name="Giấy tờ (2)")).to_be_visible()
    assert serious_findings(page) == []
    picture(page, "batch")

    expect(page.locator("[data-current]")).to_be_focused()
    page.keyboard.type("Nguyễn Thị Hoa")
    page.keyboard.press("Enter")
    expect(page.locator("[data-current]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đóng vào hồ sơ")).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hoàn tác").click()

    # A page dragged onto a page of another paper goes before it; undone, everything is as it was.
    before = pages_in_order(page)
    with page.expect_navigation():
        page.locator(".sc-paper .sc-thumb").last.drag_to(page.locator(".sc-paper .sc-thumb").first)
    assert pages_in_order(page) == [before[-1], *before[:-1]]
    expect(page.get_by_role("heading", name="Giấy tờ (1)")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", name="Giấy tờ (2)")).to_be_visible()
    assert pages_in_order(page) == before

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Đóng vào hồ sơ").click()
    expect(page.get_by_text("0/2 giấy tờ")).to_be_visible()
    assert serious_findings(page) == []
    do_the_binding(batch_id)
    # The page follows the work and loads itself again when it is done.
    expect(page.get_by_role("button", name="Ký tất cả")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_label("Mã PIN").fill(signing.hsm.pins["binh"])
    page.get_by_role("button", name="Ký tất cả").click()
    expect(page.get_by_text("Đã ký 2 bản sao.")).to_be_visible()
    picture(page, "signed")
    hear()
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_role("link", name="Xem Giấy chứng sinh")).to_be_visible()


def test_a_sheet_is_looked_into_and_doubtful_pages_are_verified(
    live_server: object, people: Cast, open_page: OpenPage, serious_findings: Findings
) -> None:
    batch_id = services.begin_batch(actor=people.binh, agency_id=people.an_binh)
    kept = services.keep_file(actor=people.binh, stream=BytesIO(scan([paper()])), filename="giay.pdf")
    services.add_scan_file(actor=people.binh, batch_id=batch_id, file_id=kept.id)
    do_the_work(batch_id)
    ScanPage.objects.filter(batch=batch_id).update(state="doubtful", findings={"dark": 90})
    page = open_page(width=1366, height=768)
    log_in(page, live_server, people, "binh")
    page.goto(f"{live_server}/quay/quet/{batch_id}/")
    page.keyboard.press("Escape")
    tiles: list[str] = []
    page.on("response", lambda answer: tiles.append(answer.url) if answer.ok else None)
    with page.expect_response(lambda answer: "/o/" in answer.url and answer.ok):
        page.locator(".sc-sheet").click()
    page.locator("[data-deep]").focus()
    for _ in range(
        40
    ):  # a key pressed before the view stands is lost; the finest tiles may come at any of them
        page.keyboard.press("+")
        if any("/o/2/" in tile for tile in tiles):
            break
        page.wait_for_timeout(250)
    assert any("/o/2/" in tile for tile in tiles)
    assert serious_findings(page) == []
    picture(page, "zoom")

    log_in(page, live_server, people, "chau")
    page.goto(f"{live_server}/co-quan/so-hoa/")
    expect(page.get_by_text("Ảnh tối").first).to_be_visible()
    assert serious_findings(page) == []
    picture(page, "doubtful")
    page.keyboard.press("v")
    expect(page.get_by_text("Không có trang nào cần xem")).to_be_visible()
