"""A clerk drops papers on the verification page in a browser: a letter six people signed, one altered, one written on, a scan, a
phone's picture; each verdict in one sentence and one colour, for eyes and for screen readers, also at 320 pixels.
"""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.factories import forgeries
from tests.factories.scans import paper, scan
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.documents import queries, services
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.documents.words import SignatureKind
from motcua.kernel.authority import SYSTEM

OpenPage = Callable[..., Page]
Findings = Callable[[Page], list[str]]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings: Settings) -> SigningWorld:
    running = signing_world()
    settings.MOTCUA_TRUST_ROOTS = str(running.server.authority.trust_path)
    settings.MOTCUA_VERIFY_ONLINE = False
    return running


def look(page: Page, name: str) -> None:
    """Keep a picture where `MOTCUA_PICTURES` names a folder."""
    if folder := os.environ.get("MOTCUA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def signed_by_six(world: SigningWorld) -> bytes:
    pdf = world.token("dung").sign(plain_pdf(), world.order())
    for label, kind in (("seal-H99.11", SignatureKind.AGENCY), ("em", SignatureKind.PERSONAL)) * 2:
        pdf = world.token(label).sign(pdf, world.order(kind))
    return world.token("binh").sign(pdf, world.order())


def issue(pdf: bytes) -> queries.PaperView:
    kept = services.keep_file(actor=SYSTEM, stream=BytesIO(pdf), filename="kết quả.pdf")
    return services.record_paper(
        actor=SYSTEM,
        file_id=kept.id,
        kind_code="KS",
        title="Trích lục khai sinh",
        number="12",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        verification_code="CODE1",
    )


def test_each_kind_of_paper_gets_a_verdict_a_clerk_understands(
    live_server: LiveServer,
    open_page: OpenPage,
    world: SigningWorld,
    serious_findings: Findings,
    tmp_path: Path,
) -> None:
    letter = signed_by_six(world)
    issue(letter)
    picture = BytesIO()
    paper().convert("RGB").save(picture, "JPEG", quality=80)
    sent = (
        ("six", "thu-sau-chu-ky.pdf", letter, "Giấy thật, đang có hiệu lực", "green"),
        ("changed", "da-sua.pdf", forgeries.rewritten(letter), "Đừng dùng: tệp đã bị sửa sau khi ký", "red"),
        ("marked", "co-ghi-them.pdf", forgeries.noted(letter), "có người ghi thêm lên trang", "blue"),
        ("saved", "luu-lai.pdf", forgeries.saved_anew(letter), "chữ ký trong tệp bị hỏng", "grey"),
        ("scan", "nghi-dinh-quet.pdf", scan([paper()]), "tệp không có chữ ký số", "grey"),
        ("photo", "anh-dien-thoai.jpg", picture.getvalue(), "Không thấy mã QR trong ảnh", "grey"),
    )
    desk, phone = open_page(), open_page(width=320, scripts=False)
    for name, filename, content, sentence, colour in sent:
        file = tmp_path / filename
        file.write_bytes(content)
        for page, size in ((desk, "desk"), (phone, "320")):
            page.goto(f"{live_server.url}/kiem-tra/")
            page.locator("input[type=file][name=file]").set_input_files(file)
            page.get_by_role("button", name="Kiểm tra", exact=True).click()
            expect(page.locator("h1")).to_contain_text(sentence)
            expect(page.locator(f".mc-verdict--{colour}")).to_be_visible()
            wide = page.evaluate("document.documentElement.scrollWidth") if size == "desk" else 0
            assert wide <= 1366
            look(page, f"verdict-{name}-{size}")
        assert serious_findings(desk) == []
