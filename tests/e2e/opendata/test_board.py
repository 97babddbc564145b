"""The public board in a real browser: accessible, light, alive without scripts, each number a door."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.cast import Cast

from motcua.oversight import queries, services

Findings = Callable[[Page], list[str]]
FIRST_PAGE_BYTES = 400 * 1024
YEAR = "tinh=H27&ky=2024"


@pytest.fixture
def board(live_server: object, cast: Cast) -> str:
    """A small year of Hà Tĩnh behind a running server."""
    pack = services.pack_named("hatinh")
    services.load_simulation(pack, services.plans_of(pack, dossiers=1500))
    queries.forget_places()
    return f"{live_server}/so-lieu/"


def test_from_the_map_to_the_two_counts_and_the_report(
    board: str, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    page = open_page(width=1366)
    weight: list[int] = []
    page.on("response", lambda answer: weight.append(len(answer.body()) if answer.ok else 0))
    page.goto(f"{board}?{YEAR}&lop=commune&chi-tieu=e_result")
    page.wait_for_load_state("networkidle")
    assert sum(weight) <= FIRST_PAGE_BYTES * 2  # uncompressed here; about a quarter over the wire
    assert serious_findings(page) == []
    page.get_by_role("link", name="UBND Xã Trường Sơn").first.click()
    assert page.get_by_role("heading", name="Công thức").is_visible()
    assert serious_findings(page) == []
    page.get_by_role("link", name="Mọi chỉ tiêu của đơn vị này").click()
    page.get_by_text("Khớp", exact=True).wait_for()
    assert serious_findings(page) == []
    page.goto(f"{board}chi-so/?{YEAR}")
    assert serious_findings(page) == []


def test_a_phone_without_scripts_reads_the_table(
    board: str, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    page = open_page(width=320, scripts=False)
    page.goto(f"{board}?{YEAR}")
    page.get_by_label("Chỉ tiêu").select_option("digitized")
    page.get_by_role("button", name="Xem").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Số hóa hồ sơ")
    assert "81,07 %" in page.locator(".od-figure").inner_text()
    assert page.locator(".od-ranked").first.locator("tbody tr").count() == 12
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
