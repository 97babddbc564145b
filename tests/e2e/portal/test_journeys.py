"""What a citizen does, in a real browser: find, read, apply, answer, follow, take back. axe on every page of it."""

from collections.abc import Callable
from pathlib import Path

import img2pdf
import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, Route, expect
from tests.cast import Cast, present_cast
from tests.factories.dossiers import in_work, received, submitted

from motcua.dossiers import queries, services

Findings = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    picture = tmp_path / "scan.png"
    Image.new("RGB", (300, 400), "white").save(picture)
    paper = tmp_path / "giay-chung-sinh.pdf"
    paper.write_bytes(img2pdf.convert(str(picture)))
    return paper


def log_in(page: Page, server: object, people: Cast, name: str) -> None:
    """A session without the log-in page, which has its own tests."""
    client = Client()
    people.login(client, name)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(server)}]
    )


@pytest.fixture
def checked(serious_findings: Findings) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        assert serious_findings(page) == [], page.url

    return check


def test_suggestions_forgive_missing_accents(
    live_server: object, people: Cast, page: Page, checked: Callable[[Page], None]
) -> None:
    page.goto(f"{live_server}/")
    checked(page)
    page.get_by_label("Bạn cần làm gì?").press_sequentially("dang ky khai sinh")
    suggestion = page.locator("#suggestions").get_by_role("link", name="Đăng ký khai sinh").first
    suggestion.wait_for()
    checked(page)
    suggestion.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    checked(page)


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1366, True)])
def test_applying_from_the_search_box_to_the_confirmation(
    live_server: object,
    people: Cast,
    open_page: OpenPage,
    checked: Callable[[Page], None],
    scan: Path,
    width: int,
    scripts: bool,
) -> None:
    page = open_page(width=width, scripts=scripts)
    axe = checked if scripts else lambda page: None  # axe itself is a script
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/tim/?q=trich luc khai sinh")
    page.get_by_role("link", name="Cấp bản sao Trích lục hộ tịch").click()
    axe(page)
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    axe(page)

    page.get_by_role("link", name="Trường hợp và nơi nộp").click()
    axe(page)
    page.get_by_label("Nơi nộp hồ sơ").select_option(label="Ủy ban nhân dân xã An Bình")
    page.get_by_label("Nhận tại Bộ phận Một cửa").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()

    page.get_by_role("link", name="Người nộp và cách liên hệ").click()
    axe(page)
    page.get_by_label("Số điện thoại").fill("12")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_role("button", name="Lưu và tiếp tục").click()

    page.get_by_role("link", name="Tờ khai").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Quan hệ với người được cấp").select_option(label="Chính tôi")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    fault = page.get_by_role("alert").get_by_role("link", name="Loại việc hộ tịch")
    expect(fault).to_be_visible()
    axe(page)
    assert page.get_by_label("Quan hệ với người được cấp").input_value()
    page.get_by_label("Loại việc hộ tịch").select_option(label="Khai sinh")
    page.get_by_label("Họ, chữ đệm, tên người được đăng ký").fill("Nguyễn Thị Hoa")
    page.get_by_label("Ngày", exact=True).first.fill("12")
    page.get_by_label("Tháng", exact=True).first.fill("5")
    page.get_by_label("Năm", exact=True).first.fill("1995")
    page.get_by_label("Nơi đã đăng ký").fill("UBND xã An Bình")
    page.get_by_label("Số bản sao").fill("2")
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()

    expect(page.get_by_role("link", name="Giấy tờ kèm theo")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name="Giấy tờ kèm theo").click()
    axe(page)
    page.locator("input[type=file]:visible").first.set_input_files(scan)
    if scripts:
        page.get_by_role("link", name="giay-chung-sinh.pdf").wait_for()
        axe(page)
    page.get_by_role("button", name="Lưu và tiếp tục").click()

    axe(page)
    page.get_by_role("link", name="Xem lại và gửi").click()
    axe(page)
    expect(page.get_by_text("Nguyễn Thị Hoa").first).to_be_visible()
    page.get_by_role("button", name="Gửi hồ sơ").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi hồ sơ")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(queries.own_dossiers(actor=people.hoa).rows) == 1


def test_what_was_typed_survives_leaving_the_page(
    live_server: object, people: Cast, page: Page, checked: Callable[[Page], None]
) -> None:
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/thu-tuc/2.000635/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    page.get_by_role("link", name="Tờ khai").click()
    page.get_by_label("Họ, chữ đệm, tên người được đăng ký").fill("Nguyễn Văn Lâm")
    page.get_by_text("Đã lưu bản nháp lúc").wait_for()
    page.goto(f"{live_server}/ho-so/")
    checked(page)
    page.get_by_role("link", name="Cấp bản sao Trích lục hộ tịch").click()
    page.get_by_role("link", name="Tờ khai").click()
    expect(page.get_by_label("Họ, chữ đệm, tên người được đăng ký")).to_have_value("Nguyễn Văn Lâm")


def test_answering_a_request_for_more(
    live_server: object, people: Cast, page: Page, checked: Callable[[Page], None], scan: Path
) -> None:
    dossier_id = in_work(people)
    services.ask_supplement(
        actor=people.chau,
        dossier_id=dossier_id,
        reason="Ảnh chụp giấy chứng sinh bị mờ.",
        items=["Giấy chứng sinh"],
    )
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/ho-so/")
    checked(page)
    waiting = page.get_by_role("region", name="Chờ bạn làm")
    expect(waiting.get_by_text("Chờ bổ sung hồ sơ")).to_be_visible()
    waiting.get_by_role("link", name="Xem và làm").click()
    expect(page.get_by_text("Ảnh chụp giấy chứng sinh bị mờ.").first).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Bổ sung ngay").click()
    checked(page)
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Việc 1 chưa có trả lời")).to_be_visible()
    page.get_by_label("Tệp cho việc 1").set_input_files(scan)
    page.get_by_role("link", name="giay-chung-sinh.pdf").wait_for()
    expect(page.get_by_text("1 trên 1 việc")).to_be_visible()
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.get_by_text("Đã gửi phần bổ sung").wait_for()
    checked(page)
    given = queries.dossier_page(actor=people.hoa, dossier_id=dossier_id)
    assert [line.name for line in given.papers if line.file_id] == ["Giấy chứng sinh"]
    page.get_by_role("link", name="Giấy chứng sinh").wait_for()


def test_taking_a_dossier_back(
    live_server: object, people: Cast, page: Page, checked: Callable[[Page], None]
) -> None:
    dossier_id = submitted(people).dossier_id
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/ho-so/{dossier_id}/")
    page.get_by_role("link", name="Rút hồ sơ").click()
    checked(page)
    page.get_by_role("button", name="Rút hồ sơ").click()
    expect(page.get_by_text("Cần ghi lý do")).to_be_visible()
    page.get_by_label("Lý do rút").fill("Nộp nhầm trường hợp")
    page.get_by_role("button", name="Rút hồ sơ").click()
    page.get_by_text("Bạn đã rút hồ sơ. Muốn làm lại").wait_for()
    checked(page)


@pytest.mark.parametrize("width", [320, 1366])
def test_following_by_code_shows_the_status_and_nobody(
    live_server: object, people: Cast, open_page: OpenPage, checked: Callable[[Page], None], width: int
) -> None:
    moved = received(people)
    page = open_page(width=width)
    page.goto(f"{live_server}/tra-cuu/")
    page.get_by_label("Mã hồ sơ hoặc số gửi trực tuyến").fill(f" {(moved.code or '').lower()} ")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_text("Hẹn trả")).to_be_visible()
    checked(page)
    assert "Hoa" not in page.content()
    page.get_by_label("Mã hồ sơ hoặc số gửi trực tuyến").fill("000.00.11.H99-260101-9999")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_text("Không có hồ sơ nào mang số này")).to_be_visible()
    checked(page)


def test_dropped_line_resumes_where_it_stood(
    live_server: object, people: Cast, page: Page, tmp_path: Path
) -> None:
    noise = Image.effect_noise((900, 900), 200)
    big = tmp_path / "to-lon.png"
    noise.save(big)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/thu-tuc/1.001193/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    page.get_by_role("link", name="Giấy tờ kèm theo").click()
    dropped: list[str] = []

    def drop_the_second_piece(route: Route) -> None:
        request = route.request
        if request.headers.get("upload-offset") not in (None, "0") and not dropped:
            dropped.append(request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/tai-len/*/", drop_the_second_piece)
    page.get_by_label("Giấy chứng sinh").set_input_files(big)
    page.get_by_role("link", name="to-lon.png").wait_for()
    assert dropped


def test_two_languages(
    live_server: object, people: Cast, page: Page, checked: Callable[[Page], None]
) -> None:
    page.goto(f"{live_server}/thu-tuc/1.001193/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="What to bring")).to_be_visible()
    checked(page)


def test_the_first_page_is_light(live_server: object, people: Cast, page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{live_server}/", wait_until="networkidle")
    assert sum(sizes) <= 300 * 1024
