"""Files of an application in a real browser: several at once, nothing reloads, nothing is lost, everything can be stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import Dialog, Page, Route, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_journeys import log_in

from motcua.documents.models import Upload
from motcua.dossiers import queries

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]
BIRTH = "1.001193"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


def noise(folder: Path, name: str, side: int) -> Path:
    path = folder / name
    Image.effect_noise((side, side), 200).save(path)
    return path


@pytest.fixture
def big(tmp_path: Path) -> Path:
    return noise(tmp_path, "tờ lớn.png", 1200)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return noise(tmp_path, "tờ nhỏ.png", 40)


def papers_page(page: Page, server: object, people: Cast) -> None:
    log_in(page, server, people, "hoa")
    page.goto(f"{server}/thu-tuc/{BIRTH}/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    page.get_by_role("link", name="Giấy tờ kèm theo").click()
    page.wait_for_url("**/giay-to/")
    page.evaluate("window.sameDocument = true")


def is_same_document(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def names(people: Cast) -> list[str]:
    (draft,) = queries.own_drafts(actor=people.hoa)
    return sorted(str(paper["filename"]) for paper in draft.papers if paper["file_id"])


class Line:
    """The line of a page: from the second on, pieces of a file wait in the browser until it is open."""

    def __init__(self, page: Page) -> None:
        self.is_open = False
        self._held: list[Route] = []
        page.route("**/tai-len/*/", self._pass)

    def _pass(self, route: Route) -> None:
        is_later = route.request.headers.get("upload-offset") not in (None, "0")
        if is_later and not self.is_open:
            self._held.append(route)
        else:
            route.continue_()

    def open(self) -> None:
        self.is_open = True
        for route in self._held:
            route.continue_()
        self._held.clear()


@pytest.mark.parametrize("width", [320, 1366])
def test_a_second_file_neither_stops_the_first_nor_sweeps_away_ticks(
    live_server: object,
    people: Cast,
    open_page: OpenPage,
    serious_findings: Findings,
    big: Path,
    small: Path,
    width: int,
) -> None:
    """Case 03."""
    page = open_page(width=width)
    papers_page(page, live_server, people)
    line = Line(page)
    ticks = page.get_by_label("Tôi sẽ xuất trình khi đến quầy")
    ticked = ticks.count()
    assert ticked
    for n in range(ticked):
        ticks.nth(n).check()
    fields = page.locator("input[type=file]:visible")
    fields.nth(0).set_input_files(big)
    row = page.locator(".mc-transfer", has_text="tờ lớn.png")
    expect(row.get_by_role("button", name="Tạm dừng tờ lớn.png")).to_be_visible()
    fields.nth(0).set_input_files(small)
    page.get_by_role("link", name="tờ nhỏ.png").wait_for()
    expect(row).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page) == []
    line.open()
    page.get_by_role("link", name="tờ lớn.png").wait_for()
    assert is_same_document(page)
    assert all(ticks.nth(n).is_checked() for n in range(ticked))
    assert names(people) == ["tờ lớn.png", "tờ nhỏ.png"]
    page.get_by_role("button", name="Bỏ tờ nhỏ.png").click()
    expect(page.get_by_role("link", name="tờ nhỏ.png")).to_have_count(0)
    assert is_same_document(page)
    assert names(people) == ["tờ lớn.png"]
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_role("link", name="Giấy tờ kèm theo").wait_for()
    (draft,) = queries.own_drafts(actor=people.hoa)
    assert sum(bool(paper["is_presented"]) for paper in draft.papers) == ticked


def test_a_file_rests_goes_on_and_is_taken_off(
    live_server: object, people: Cast, page: Page, big: Path
) -> None:
    papers_page(page, live_server, people)
    line = Line(page)
    field = page.locator("input[type=file]:visible").first
    field.set_input_files(big)
    row = page.locator(".mc-transfer")
    row.get_by_role("button", name="Tạm dừng").click()
    expect(row.get_by_text("tạm dừng ở")).to_be_visible()
    line.is_open = True
    row.get_by_role("button", name="Gửi tiếp").click()
    page.get_by_role("link", name="tờ lớn.png").wait_for()
    assert Upload.objects.count() == 1, "it was begun once"
    line.is_open = False
    field.set_input_files(big)
    row.get_by_role("button", name="Bỏ").click()
    expect(row).to_have_count(0)
    for _ in range(50):
        page.wait_for_timeout(100)
        if not Upload.objects.filter(state="open").exists():
            break
    assert sorted(Upload.objects.values_list("state", flat=True)) == ["abandoned", "finished"]
    assert names(people) == ["tờ lớn.png"]


def test_leaving_while_a_file_is_on_its_way_is_asked(
    live_server: object, people: Cast, page: Page, big: Path
) -> None:
    papers_page(page, live_server, people)
    line = Line(page)
    page.locator("input[type=file]:visible").first.set_input_files(big)
    page.get_by_role("button", name="Tạm dừng").wait_for()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Các phần của hồ sơ").first.click()
    for _ in range(100):
        if asked:
            break
        page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    assert is_same_document(page)
    line.open()
    page.get_by_role("link", name="tờ lớn.png").wait_for()


def test_a_session_that_ended_meanwhile_costs_nothing(
    live_server: object, people: Cast, page: Page, big: Path
) -> None:
    papers_page(page, live_server, people)
    line = Line(page)
    page.locator("input[type=file]:visible").first.set_input_files(big)
    page.get_by_role("button", name="Tạm dừng").wait_for()
    Session.objects.all().delete()
    line.open()
    row = page.locator(".mc-transfer.is-bad")
    expect(row.get_by_text("Phiên đã hết")).to_be_visible()
    log_in(page, live_server, people, "hoa")
    row.get_by_role("button", name="Gửi tiếp").click()
    page.get_by_role("link", name="tờ lớn.png").wait_for()
    assert is_same_document(page)
    assert Upload.objects.count() == 1


def test_a_file_chosen_before_the_script_has_come_is_sent(
    live_server: object, people: Cast, page: Page, small: Path
) -> None:
    late: list[Route] = []
    papers_page(page, live_server, people)
    page.context.route("**/kit*.js", lambda route: late.append(route))
    page.goto(page.url, wait_until="commit")
    page.locator("input[type=file]:visible").first.set_input_files(small)
    assert late, "the script is on its way"
    for route in late:
        route.continue_()
    page.get_by_role("link", name="tờ nhỏ.png").wait_for()
    assert names(people) == ["tờ nhỏ.png"]


def test_what_is_refused_says_why_beside_its_name(
    live_server: object, people: Cast, page: Page, tmp_path: Path, small: Path, serious_findings: Findings
) -> None:
    papers_page(page, live_server, people)
    program = tmp_path / "chương trình.pdf"
    program.write_bytes(b"MZ\x90\x00 this is a program" * 20)
    empty = tmp_path / "rỗng.pdf"
    empty.write_bytes(b"")
    limits = page.get_by_text("mỗi tệp tối đa").first
    expect(limits).to_be_visible()
    page.locator("input[type=file]:visible").first.set_input_files([program, empty, small])
    page.get_by_role("link", name="tờ nhỏ.png").wait_for()
    expect(page.locator(".mc-transfer", has_text="chương trình.pdf")).to_contain_text("không nhận ra")
    expect(page.locator(".mc-transfer", has_text="rỗng.pdf")).to_contain_text("Tệp rỗng")
    assert serious_findings(page) == []
    assert names(people) == ["tờ nhỏ.png"]
