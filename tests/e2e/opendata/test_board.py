"""The public board in a real browser: accessible, light, alive without scripts, each number a door."""

import gzip
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, Response, expect
from tests.cast import Cast

from motcua.oversight import queries
from motcua.provisioning.simulation.facts import pack_named, plans_of
from motcua.provisioning.simulation.load import load_simulation

Findings = Callable[[Page], list[str]]
FIRST_PAGE_BYTES = 400 * 1024
YEAR = "tinh=H27&ky=2024"


def wire_size(answer: Response) -> int:
    """What a first visit carries: pages as they travelled, files of style and script compressed, as they are served."""
    if not answer.ok:
        return 0
    body, kind = answer.body(), answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        assert answer.headers["content-encoding"] == "gzip"
        return answer.request.sizes()["responseBodySize"]
    is_packed = kind.startswith(("text/css", "text/javascript", "image/svg"))
    return len(gzip.compress(body, 6)) if is_packed else len(body)


@pytest.fixture
def board(live_server: object, cast: Cast) -> str:
    """A small year of Hà Tĩnh behind a running server."""
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=1500))
    queries.forget_places()
    Client().get("/so-lieu/")  # the expressions are compiled once per process, not in the reader's time
    return f"{live_server}/so-lieu/"


def test_from_the_map_to_the_two_counts_and_the_report(
    board: str, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    page = open_page(width=1366)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{board}?{YEAR}&lop=commune&chi-tieu=e_result")
    page.wait_for_load_state("networkidle")
    weight = {answer.url: wire_size(answer) for answer in answers}
    assert len(weight) > 3
    assert sum(weight.values()) <= FIRST_PAGE_BYTES, weight
    assert serious_findings(page) == []
    page.get_by_role("link", name="UBND Xã Trường Sơn").first.click()
    expect(page.get_by_role("heading", name="Công thức")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("link", name="Mọi chỉ tiêu của đơn vị này").click()
    page.get_by_text("Khớp", exact=True).wait_for()
    assert serious_findings(page) == []
    for address in (
        f"chi-so/?{YEAR}",
        "chi-so/?tinh=H27&ky=2024-Q3",
        f"chi-tieu/?{YEAR}",
        f"uu-tien/?{YEAR}",
    ):
        page.goto(f"{board}{address}")
        assert serious_findings(page) == [], address


def test_districts_before_the_merger_and_communes_after(board: str, open_page: Callable[..., Page]) -> None:
    page = open_page(width=768)
    page.goto(f"{board}?{YEAR}")
    expect(page.locator(".od-map > svg > a")).to_have_count(12)
    expect(page.get_by_role("heading", name="Theo địa bàn cấp huyện")).to_be_visible()
    expect(page.locator(".od-name", has_text="Hương Sơn")).to_be_visible()
    page.get_by_role("link", name="Xem theo cấp xã").click()
    expect(page.get_by_role("heading", name="Theo đơn vị cấp xã")).to_be_visible()
    assert page.locator(".od-map > svg > a").count() > 100
    expect(page.locator(".od-name")).to_have_count(0)
    page.get_by_role("link", name="Xem theo cấp huyện").click()
    expect(page.locator(".od-map > svg > a")).to_have_count(12)


def test_the_keyboard_walks_the_table_not_hundreds_of_shapes(
    board: str, open_page: Callable[..., Page]
) -> None:
    """The map's shapes are out of the order of tabs; every one of them is a link of the table beside it."""
    page = open_page()
    page.goto(f"{board}?{YEAR}")
    expect(page.locator(".od-map > svg a:not([tabindex='-1'])")).to_have_count(0)
    on_map = set(
        page.locator(".od-map > svg a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    )
    in_table = set(
        page.locator(".od-ranked a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    )
    assert on_map
    assert on_map <= in_table
    page.get_by_role("link", name="UBND Huyện Hương Sơn", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Công thức").wait_for()


def test_a_phone_without_scripts_reads_the_table(
    board: str, open_page: Callable[..., Page], serious_findings: Findings
) -> None:
    page = open_page(width=320, scripts=False)
    page.goto(f"{board}?{YEAR}")
    page.get_by_label("Chỉ tiêu").select_option("digitized")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Số hóa hồ sơ")
    expect(page.locator(".od-figure")).to_contain_text("81,07 %")
    expect(page.locator(".od-ranked").first.locator("tbody tr")).to_have_count(12)
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
