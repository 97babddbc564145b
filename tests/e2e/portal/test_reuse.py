"""Nobody is asked twice, in a real browser: a paper already held is reused; and applying for one's husband. axe on every page."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import img2pdf
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_journeys import OpenPage, log_in
from tests.factories.dossiers import BIRTH, BIRTH_FORM
from tests.factories.drafts import fill_in
from tests.factories.signing import plain_pdf

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries

Findings = Callable[[Page], list[str]]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.fixture
def checked(serious_findings: Findings) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        assert serious_findings(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    picture = tmp_path / "scan.png"
    Image.new("RGB", (300, 400), "white").save(picture)
    paper = tmp_path / "giay-chung-sinh.pdf"
    paper.write_bytes(img2pdf.convert(str(picture)))
    return paper


def hold_marriage_certificate(people: Cast) -> None:
    """What An Bình issued to Hoa six years ago."""
    file = custody.keep_file(
        actor=people.binh,
        stream=BytesIO(plain_pdf()),
        filename="ket-hon.pdf",
        owner_party_id=people.hoa_party,
    )
    custody.record_paper(
        actor=people.khanh,
        file_id=file.id,
        owner_party_id=people.hoa_party,
        kind_code="KQ.G15.000032",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        title="Giấy chứng nhận kết hôn",
        number="12",
        symbol="12/2020",
        issuer="UBND xã An Bình",
        issued_on=date(2020, 3, 8),
        dossier_code="000.00.11.H99-200308-0001",
        verification_code="ABCDEFGH23456789",
    )


@pytest.mark.parametrize("width", [320, 1366])
def test_a_paper_already_held_is_reused_and_the_end_says_so(
    live_server: object,
    people: Cast,
    open_page: OpenPage,
    checked: Callable[[Page], None],
    scan: Path,
    width: int,
) -> None:
    hold_marriage_certificate(people)
    page = open_page(width=width)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/ho-so/")
    page.get_by_role("link", name="Xem kho giấy tờ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kho giấy tờ của tôi")
    expect(page.get_by_text("Còn hiệu lực", exact=True)).to_be_visible()
    checked(page)
    page.get_by_role("link", name="Kiểm tra Giấy chứng nhận kết hôn").click()
    checked(page)

    page.goto(f"{live_server}/thu-tuc/{BIRTH}/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    expect(page.get_by_text("1 giấy tờ đã có trong kho")).to_be_visible()
    checked(page)
    draft = queries.own_drafts(actor=people.hoa)[0]
    fill_in(
        people.hoa,
        draft.id,
        receiving_id=people.an_binh,
        contact={"phone": "0912345678"},
        form_data=dict(BIRTH_FORM),
    )
    page.get_by_role("link", name="Giấy tờ kèm theo").click()
    expect(page.get_by_text("Đã có trong kho của bạn")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Dùng lại Giấy chứng nhận kết hôn").click()
    expect(page.get_by_text("Đã có trong kho của bạn")).to_have_count(0)
    checked(page)
    page.get_by_label("Giấy chứng sinh").set_input_files(scan)
    page.get_by_role("link", name="giay-chung-sinh.pdf").wait_for()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_role("link", name="Xem lại và gửi").click()
    expect(page.get_by_text("Bạn không phải nộp lại 1 giấy tờ, không phải điền")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi hồ sơ")
    expect(page.get_by_text("Bạn không phải nộp lại 1 giấy tờ, không phải điền")).to_be_visible()
    checked(page)


@pytest.mark.parametrize("width", [320, 1366])
def test_applying_for_somebody_else(
    live_server: object, people: Cast, open_page: OpenPage, checked: Callable[[Page], None], width: int
) -> None:
    page = open_page(width=width)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}/thu-tuc/2.000635/")
    page.get_by_role("button", name="Bắt đầu tờ khai").first.click()
    page.get_by_role("link", name="Người nộp và cách liên hệ").click()
    expect(page.get_by_role("heading", name="Người bạn nộp thay")).to_be_hidden()
    page.get_by_label("Thay người khác").check()
    expect(page.get_by_role("heading", name="Người bạn nộp thay")).to_be_visible()
    checked(page)
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    for fault in ("Ghi họ, chữ đệm, tên", "Ghi ngày, tháng, năm sinh", "Chọn vì sao", "Ghi quan hệ"):
        expect(page.get_by_role("alert").get_by_role("link", name=fault), fault).to_be_visible()
    checked(page)
    page.get_by_label("Họ, chữ đệm, tên của người đó").fill("Trần Văn Nam")
    page.get_by_label("Số định danh cá nhân của người đó").fill("040093000456")
    page.get_by_label("Ngày", exact=True).fill("20")
    page.get_by_label("Tháng", exact=True).fill("1")
    page.get_by_label("Năm", exact=True).fill("1993")
    page.get_by_label("Tôi được ủy quyền bằng văn bản").check()
    page.get_by_label("Quan hệ, hoặc số và ngày").fill("Giấy ủy quyền số 12/2026")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_role("link", name="Giấy tờ kèm theo").click()
    expect(page.get_by_label("Văn bản ủy quyền")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_role("link", name="Người nộp và cách liên hệ").click()
    expect(page.get_by_label("Họ, chữ đệm, tên của người đó")).to_have_value("Trần Văn Nam")
