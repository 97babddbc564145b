"""Nine results sealed and issued with one PIN: keys and page loads are counted in the page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.e2e.office.test_doors import Findings, enter, look
from tests.factories.signing import SigningWorld
from tests.web.office.sealing.test_results import signed

from motcua.dossiers.models import Dossier
from motcua.dossiers.words import State

NINE = 9


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


def prepare(people: Cast, signing: SigningWorld) -> None:
    """In a thread of its own: the browser's loop runs in this one, and signing runs one too."""
    try:
        for _ in range(NINE):
            signed(people, signing)
    finally:
        connection.close()


def count(people: Cast) -> int:
    try:
        return Dossier.objects.filter(state=State.ISSUED).count()
    finally:
        connection.close()


def test_nine_results_in_twelve_keys_and_two_loads(
    live_server: object,
    people: Cast,
    signing: SigningWorld,
    open_page: Callable[..., Page],
    serious_findings: Findings,
) -> None:
    with ThreadPoolExecutor(1) as aside:
        aside.submit(prepare, people, signing).result()
    page = enter(open_page(width=1366, height=768), people, live_server, "khanh")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url) if frame == page.main_frame else None)
    keys: list[str] = []

    def press(*wanted: str) -> None:
        for key in wanted:
            page.keyboard.press(key)
            keys.append(key)

    page.get_by_role("link", name="Đóng dấu").first.click()
    expect(page.get_by_role("heading", name="Đóng dấu, phát hành kết quả")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(NINE)
    press("a", *signing.hsm.pins["seal-H99.11"], "F9")
    expect(page.get_by_text(f"{NINE} / {NINE}")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_label("Mã PIN của con dấu số")).to_have_value("")
    with ThreadPoolExecutor(1) as aside:
        assert aside.submit(count, people).result() == NINE
    assert len(keys) <= 12
    assert len(loads) <= 2
    look(page, "results-1366", serious_findings)


def test_the_tray_on_a_small_phone(
    live_server: object,
    people: Cast,
    signing: SigningWorld,
    open_page: Callable[..., Page],
    serious_findings: Findings,
) -> None:
    with ThreadPoolExecutor(1) as aside:
        aside.submit(prepare_one, people, signing).result()
    page = enter(open_page(width=320), people, live_server, "khanh")
    page.goto(f"{live_server}/co-quan/dong-dau/ket-qua/")
    look(page, "results-320", serious_findings)


def prepare_one(people: Cast, signing: SigningWorld) -> None:
    try:
        signed(people, signing)
    finally:
        connection.close()
