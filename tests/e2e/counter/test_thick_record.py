"""A thick record and a large drawing, from the browser to a signed, searchable, bound dossier, with a worker of its own.

Small by default. The whole thing, as the issue wants it, with its figures:

    MOTCUA_THICK_PAGES=405 MOTCUA_THICK_DRAWINGS=300,600 MOTCUA_SHOTS=FOLDER pytest -n 0 -s tests/e2e/counter/test_thick_record.py
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from benchmarks._tree_memory import watched
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.e2e.counter.test_scanning import log_in, picture
from tests.factories.dossiers import received
from tests.factories.drawings import drawing
from tests.factories.scans import paper, scan, separator
from tests.factories.signing import SigningWorld

from motcua.documents import queries, services
from motcua.documents.models import ScanPage, ScanPaper
from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import SYSTEM, in_scope

PAGES = int(os.environ.get("MOTCUA_THICK_PAGES", "3"))
DRAWINGS = [dpi for dpi in os.environ.get("MOTCUA_THICK_DRAWINGS", "").split(",") if dpi]
PROJECT = Path(__file__).resolve().parents[3]
CORPUS = PROJECT.parent / "shared" / "tools" / "scan_corpus.py"
PATIENCE = 1000 * max(180, 20 * PAGES)
OpenPage = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


class Figures:
    """Seconds of each part and the peak memory of the worker's whole tree."""

    def __init__(self) -> None:
        self.said: dict[str, float] = {}

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.said[part] = round(time.monotonic() - began, 1)

    def show(self) -> None:
        line = json.dumps(self.said, ensure_ascii=False)
        if folder := os.environ.get("MOTCUA_SHOTS"):
            (Path(folder) / "figures.json").write_text(line)
        sys.stdout.write(f"\n{line}\n")


@contextmanager
def worker(figures: Figures) -> Iterator[None]:
    """The program of the installation, on this test's database."""
    base = connection.settings_dict
    url = f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "DATABASE_URL": url.replace(":@", "@"),
        "MOTCUA_DATA_DIR": str(settings.MOTCUA_DATA_DIR),
        "MOTCUA_FILES": str(settings.MOTCUA_FILES),
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }
    argv = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    argv += ["--fetch-job-polling-interval", "1", "--shutdown-graceful-timeout", "5"]
    process = subprocess.Popen(argv, env=environment, cwd=PROJECT, stderr=subprocess.DEVNULL)
    try:
        with watched(process.pid) as peak:
            yield
            figures.said["worker peak MiB"] = round(peak() / 2**20)
        assert process.poll() is None, "the worker died"
    finally:
        process.terminate()
        process.wait(timeout=30)


def corpus(out: Path, *options: str) -> Path:
    subprocess.run([sys.executable, str(CORPUS), str(out), *options], check=True)
    return out


def record(folder: Path, code: str, shared_data: Callable[[], Path]) -> Path:
    """Papers between separator sheets: one page, then the thick one (in the large run grey, bilevel and really scanned)."""
    first = scan([separator(code, "birth-notification"), paper(), separator(code, "marriage-certificate")])
    parts: list[bytes | Path] = [first]
    if PAGES < 100:
        parts.append(scan([paper(PaperKind.MARRIAGE_CERTIFICATE, seed) for seed in range(PAGES - 1)]))
    else:
        real = shared_data() / "scans" / "scan_3.pdf"
        bilevel = (PAGES - 86) // 2
        noisy = PAGES - 86 - bilevel
        parts.append(corpus(folder / "noisy.pdf", "--pages", str(noisy), "--kind", "noisy"))
        parts.append(corpus(folder / "bilevel.pdf", "--pages", str(bilevel), "--kind", "bilevel"))
        parts.append(real)
    parts.append(scan([separator(code, "birth-notification")]))
    return joined(folder / "ho-so.pdf", parts)


def joined(target: Path, parts: list[bytes | Path]) -> Path:
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(BytesIO(part) if isinstance(part, bytes) else part) as one:
                whole.pages.extend(one.pages)
        whole.save(target)
    return target


def sheets(folder: Path) -> list[Path]:
    """Drawings; several of them lie one after the other in one paper."""
    if DRAWINGS:
        return [corpus(folder / f"a0-{dpi}.pdf", "--drawing", dpi) for dpi in DRAWINGS]
    small = folder / "ban-ve.pdf"
    small.write_bytes(drawing(6600, 6300, dpi=300, labels=["Thửa 117 - 356.8 m²"]))
    return [small]


def test_a_thick_record_and_a_drawing_to_the_signed_dossier(
    live_server: object,
    people: Cast,
    signing: SigningWorld,
    open_page: OpenPage,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    token = signing.token("binh").identity()
    services.register_signing_key(
        actor=SYSTEM, label="binh", identity=token, account_id=people.account("binh")
    )
    moved = received(people)
    code = moved.code or ""
    files = [record(tmp_path, code, lambda: request.getfixturevalue("shared_data")), *sheets(tmp_path)]
    figures = Figures()
    figures.said["record MiB"] = round(files[0].stat().st_size / 2**20, 1)
    page = open_page(width=1366, height=768)
    log_in(page, live_server, people, "binh")
    with worker(figures):
        page.goto(f"{live_server}/quay/quet/")
        page.get_by_label("Tệp quét, ảnh chụp hoặc thư (.eml)").set_input_files(files)
        with figures.of("upload s"):
            page.get_by_role("button", name="Bắt đầu số hóa").click()
            page.wait_for_url("**/quay/quet/*-*/", timeout=PATIENCE)
        batch_id = UUID(page.url.rstrip("/").rpartition("/")[2])
        with figures.of("reading and splitting s"):
            halfway(page, batch_id)
            expect(page.get_by_role("heading", name="Giấy tờ (3)")).to_be_visible(timeout=PATIENCE)
        with figures.of("page of the batch s"):
            page.reload()
        picture(page, "digit-read")
        look_into_the_drawing(page, str(live_server), batch_id, figures)
        page.goto(f"{live_server}/quay/quet/{batch_id}/")
        keep_doubtful_values(page)
        page.keyboard.press("Escape")
        with figures.of("binding s"):
            page.get_by_role("button", name="Đóng vào hồ sơ").click()
            expect(page.get_by_role("button", name="Ký tất cả")).to_be_visible(timeout=PATIENCE)
        picture(page, "digit-bound")
        page.get_by_label("Mã PIN").fill(signing.hsm.pins["binh"])
        with figures.of("signing s"):
            page.get_by_role("button", name="Ký tất cả").click()
            expect(page.get_by_text("Đã ký 3 bản sao.")).to_be_visible(timeout=PATIENCE)
        picture(page, "digit-signed")
        attached(people, moved.dossier_id)
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_role("link", name="Xem Giấy chứng sinh").first).to_be_visible()
    picture(page, "digit-dossier")
    figures.said["pages"] = ScanPage.objects.filter(batch=batch_id).count()
    figures.said["failed pages"] = ScanPage.objects.filter(batch=batch_id, state="failed").count()
    figures.said["doubtful pages"] = ScanPage.objects.filter(batch=batch_id, state="doubtful").count()
    figures.show()
    check(batch_id, len(DRAWINGS) or 1)


def halfway(page: Page, batch_id: UUID) -> None:
    """A picture of the progress while there is some."""
    deadline = time.monotonic() + PATIENCE / 1000
    while ScanPage.objects.filter(batch=batch_id).settled().count() < min(PAGES, 60):
        assert time.monotonic() < deadline, "nothing is read"
        time.sleep(0.5)
    picture(page, "digit-reading")


def look_into_the_drawing(page: Page, address: str, batch_id: UUID, figures: Figures) -> None:
    """Down to the finest level; a tile comes quickly and the drawing is not decoded while somebody waits."""
    large = ScanPage.objects.filter(batch=batch_id).exclude(tiles_sha256="").order_by("-width").first()
    assert large is not None
    zoom = queries.page_zoom(actor=SYSTEM, page_id=large.id)
    with (
        figures.of("first tile s"),
        page.expect_response(lambda answer: "/o/" in answer.url and answer.ok, timeout=PATIENCE),
    ):
        page.goto(f"{address}/quay/quet/trang/{large.id}/xem/?luot={batch_id}")
    page.locator("[data-deep]").focus()
    with (
        figures.of("finest tile s"),
        page.expect_response(
            lambda answer: f"/o/{zoom.levels}/" in answer.url and answer.ok, timeout=PATIENCE
        ),
    ):
        for _ in range(4 * zoom.levels):
            page.keyboard.press("+")
    page.wait_for_load_state("networkidle")
    picture(page, "digit-zoom")


def keep_doubtful_values(page: Page) -> None:
    """Enter until nothing is doubtful, as somebody would who finds every value right."""
    while (field := page.locator("[data-current]")).count() and page.locator(
        ".sc-field.is-current .sc-doubt"
    ).count():
        if not field.input_value():
            field.fill("không rõ")
        with page.expect_navigation():
            field.press("Enter")


def attached(people: Cast, dossier_id: UUID) -> None:
    """The worker has put the signed copies on the checklist."""
    deadline = time.monotonic() + 60
    wanted = set(ScanPaper.objects.values_list("paper_id", flat=True))
    while True:
        page = dossiers.dossier_page(actor=people.chau, dossier_id=dossier_id)
        if wanted <= {line.paper_id for line in page.papers}:
            return
        assert time.monotonic() < deadline, "the signed copies are not on the checklist"
        time.sleep(0.2)


def is_validly_signed(content: bytes) -> bool:
    try:
        return queries.verify_pdf(content).are_signatures_valid
    finally:
        connection.close()


def check(batch_id: UUID, sheets_count: int) -> None:
    """Signed, whole, in order, searchable."""
    papers = list(ScanPaper.objects.filter(batch=batch_id).order_by("order"))
    files = [queries.open_file(in_scope(paper.file_id)).read() for paper in papers]
    # The browser's driver keeps an event loop in this thread; reading signatures wants its own.
    with ThreadPoolExecutor(1) as aside:
        assert all(aside.map(is_validly_signed, files))
    counts = [len(pypdfium2.PdfDocument(content)) for content in files]
    assert counts == [1, PAGES - 1, sheets_count]
    thick = pypdfium2.PdfDocument(files[1])
    words = [thick[index].get_textpage().get_text_range() for index in (0, PAGES - 2)]
    assert all(len(text) > 100 for text in words)
    drawn = pypdfium2.PdfDocument(files[2])[0].get_textpage().get_text_range()
    assert "Thửa" in drawn
