"""The scan desk in a browser without scripts: files in, progress, fields, binding; who may not come in; hostile files."""

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import paper, scan, separator
from tests.factories.transfers import opened as begun_at
from tests.factories.transfers import tus
from tests.integration.documents.scanning.desk import do_the_binding, do_the_work, scanned_batch

from motcua.documents import queries
from motcua.documents.models import ScanField, ScanFile
from motcua.dossiers import queries as dossiers

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK = "/quay/quet/"


def opened(client: Client, *files: SimpleUploadedFile, dossier: str = "") -> UUID:
    answer = client.post(DESK, {"files": list(files), "dossier": dossier})
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def pdf(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_from_files_to_the_dossier(as_: As, cast: Cast) -> None:
    moved = received(cast)
    client = as_("binh")
    pile = scan([separator(moved.code or ""), paper()])
    batch_id = opened(client, pdf("ho-so.pdf", pile))
    waiting = client.get(f"{DESK}{batch_id}/").content.decode()
    assert "Đang mở tệp" in waiting
    assert client.get(f"{DESK}{batch_id}/tien-do/").status_code == 200
    do_the_work(batch_id)
    ScanField.objects.filter(paper__batch=batch_id, key="mother_name").update(is_doubtful=True)

    shown = client.get(f"{DESK}{batch_id}/").content.decode()
    assert "Giấy chứng sinh" in shown
    assert moved.code is not None
    assert moved.code in shown
    assert "Mẹ – họ tên" in shown
    assert "sc-box" in shown
    assert "Tờ khai ghi: Nguyễn Thị Hoa" in shown
    assert "chỗ khác dữ liệu đã có" in shown
    english = client.get(f"{DESK}{batch_id}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "The form says: Nguyễn Thị Hoa" in english
    assert client.get(f"{DESK}{batch_id}/tien-do/").headers["HX-Refresh"] == "true"

    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    early = client.post(f"{DESK}{batch_id}/dong/", follow=True).content.decode()
    assert "trường nghi ngờ chưa xem" in early
    for field in page.papers[0].doubtful_fields:
        client.post(f"{DESK}{batch_id}/truong/{field.id}/", {"value": "Nguyễn Thị Hoa"})
    binding = client.post(f"{DESK}{batch_id}/dong/", follow=True).content.decode()
    assert "Đang đóng vào hồ sơ" in binding
    assert "0/1 giấy tờ" in binding
    assert "Đóng vào hồ sơ</button>" not in binding
    do_the_binding(batch_id)
    assert client.get(f"{DESK}{batch_id}/tien-do/").headers["HX-Refresh"] == "true"
    assert "chưa được ký" in client.get(f"{DESK}{batch_id}/").content.decode()
    line = next(
        one
        for one in dossiers.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id).papers
        if one.component_key == "birth-notification"
    )
    assert line.digitization == 1
    assert client.get(f"/quay/ho-so/{moved.dossier_id}/tep/{line.file_id}/").status_code == 200


def test_pages_are_arranged_by_buttons(as_: As, cast: Cast) -> None:
    client = as_("binh")
    batch_id = scanned_batch(cast, ("hai.pdf", scan([paper(seed=1), paper(seed=2)])))
    do_the_work(batch_id)
    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    arrange = f"{DESK}{batch_id}/sap-xep/"
    assert len(page.papers) == 2
    client.post(arrange, {"act": "merge", "paper": str(page.papers[1].id)})
    merged = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    assert len(merged.papers) == 1
    second = merged.papers[0].pages[1]
    client.post(arrange, {"act": "right", "page": str(second.id)})
    turned = client.get(f"{DESK}{batch_id}/?trang={second.id}").content.decode()
    assert "rotate(90)" in turned
    refused = client.post(arrange, {"act": "cut", "page": str(merged.papers[0].pages[0].id)}, follow=True)
    assert "đã là trang đầu của giấy tờ" in refused.content.decode()
    client.post(arrange, {"act": "undo"})
    client.post(arrange, {"act": "undo"})
    assert len(queries.batch_page(actor=cast.binh, batch_id=batch_id).papers) == 2


def test_a_file_in_pieces_joins_the_batch(as_: As, cast: Cast) -> None:
    client = as_("binh")
    batch_id = scanned_batch(cast)
    content = scan([paper()])
    where = begun_at(client, f"{DESK}{batch_id}/tai-len/", len(content), "giay.pdf")
    half = len(content) // 2
    for offset, piece in ((0, content[:half]), (half, content[half:])):
        answer = tus(client, "PATCH", where, piece, Upload_Offset=str(offset))
        assert answer.status_code == 204
    assert tus(client, "POST", where).json()["message"].startswith("Đã có trong lượt quét")
    assert tus(as_("giang"), "HEAD", where).status_code == 404
    assert tus(Client(), "HEAD", where).status_code == 401
    assert [one.filename for one in queries.batch_page(actor=cast.binh, batch_id=batch_id).files] == [
        "giay.pdf"
    ]


def test_hostile_files_are_refused_by_name_and_the_others_go_on(as_: As, cast: Cast) -> None:
    import pikepdf

    locked = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    client = as_("binh")
    answer = client.post(
        DESK,
        {
            "files": [
                pdf("rong.pdf", b""),
                pdf("khoa.pdf", locked.getvalue()),
                pdf("gia.pdf", b"MZ\x90\x00 day la chuong trinh"),
                pdf("hong.pdf", b"%PDF-1.7\nhong het"),
                pdf("tot.pdf", scan([paper()])),
            ]
        },
        follow=True,
    )
    shown = answer.content.decode()
    for name, words in (
        ("rong.pdf", "Tệp rỗng"),
        ("khoa.pdf", "mật khẩu"),
        ("gia.pdf", "nội dung là"),
        ("hong.pdf", "Không mở được tệp"),
    ):
        assert name in shown
        assert words in shown
    assert "Đã nhận 1 tệp" in shown


def test_why_a_file_was_refused_is_said_in_the_readers_language(as_: As, cast: Cast) -> None:
    batch_id = scanned_batch(cast, ("hai-van-trang.pdf", scan([paper()])))
    ScanFile.objects.filter(batch=batch_id).update(
        state="refused",
        problem="Tệp hai-van-trang.pdf có 20000 trang, vượt quá giới hạn 5000 trang của một hồ sơ.",
        problem_code="documents.too_many_pages",
        problem_params={"name": "hai-van-trang.pdf", "pages": 20000, "limit": 5000},
    )
    client = as_("binh")
    assert "có 20000 trang, vượt quá" in client.get(f"{DESK}{batch_id}/").content.decode()
    english = client.get(f"{DESK}{batch_id}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "20000 pages" in english
    assert "vượt quá" not in english


def test_a_letter_in_pieces_gives_its_attachments(as_: As, cast: Cast) -> None:
    letter = EmailMessage()
    letter.set_content("Kính gửi")
    letter.add_attachment(scan([paper()]), maintype="application", subtype="pdf", filename="giay.pdf")
    client, content = as_("binh"), letter.as_bytes()
    batch_id = scanned_batch(cast)
    where = begun_at(client, f"{DESK}{batch_id}/tai-len/", len(content), "Thư.EML")
    early = tus(client, "POST", where)
    assert (early.status_code, early.json()["code"]) == (409, "documents.upload_incomplete")
    told = tus(client, "PATCH", where, content, Upload_Offset="0", Prefer="return=representation")
    assert told.json()["message"] == "Đã nhận 1 tệp đính kèm."
    assert tus(client, "POST", where).json()["code"] == "documents.upload_closed"
    files = queries.batch_page(actor=cast.binh, batch_id=batch_id).files
    assert [one.filename for one in files] == ["giay.pdf"]


@pytest.mark.parametrize("name", ["giang", "lan", "hoa", "nobody"])
def test_others_see_nothing(as_: As, cast: Cast, name: str) -> None:
    batch_id = scanned_batch(cast)
    client = as_(name)
    for path in (f"{DESK}{batch_id}/", f"{DESK}{batch_id}/tien-do/"):
        assert client.get(path).status_code in (302, 403, 404)
    assert client.post(f"{DESK}{batch_id}/dong/").status_code in (302, 403, 404)
    if name == "giang":
        assert client.get(f"{DESK}{batch_id}/").status_code == 404
        assert str(batch_id) not in client.get(DESK).content.decode()


def test_a_thick_batch_costs_no_more_statements_than_a_thin_one(as_: As, cast: Cast) -> None:
    client = as_("binh")
    thin, thick = (scanned_batch(cast, ("mot.pdf", scan([paper(seed=3)] * pages))) for pages in (1, 4))
    counts = []
    for batch_id in (thin, thick):
        do_the_work(batch_id)
        client.get(f"{DESK}{batch_id}/")
        with CaptureQueriesContext(
            connection,
        ) as said:
            assert client.get(f"{DESK}{batch_id}/").status_code == 200
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_separator_sheets_of_a_dossier_carry_its_code(as_: As, cast: Cast) -> None:
    moved = received(cast)
    shown = as_("binh").get(f"{DESK}to-ngan/{moved.dossier_id}/").content.decode()
    assert "Giấy chứng sinh" in shown
    assert shown.count("data:image/png;base64") >= 3


def test_a_network_scanner_feeds_the_batch(as_: As, cast: Cast, settings: object) -> None:
    from tests.factories.printed_papers import jpeg

    from motcua.documents import services
    from simulators.escl.server import ScannerSimulator

    client = as_("binh")
    batch_id = scanned_batch(cast)
    with ScannerSimulator() as machine:
        machine.load([jpeg(paper(seed=5)), jpeg(paper(seed=6))])
        settings.MOTCUA_SCANNERS = [f"Quầy 1={machine.url}"]  # type: ignore[attr-defined]  # pytest-django's settings
        shown = client.get(f"{DESK}{batch_id}/").content.decode()
        assert "Quầy 1" in shown
        asked = client.post(f"{DESK}{batch_id}/may-quet/", {"scanner": "Quầy 1"}, follow=True)
        assert "đang quét" in asked.content.decode()
        assert client.post(f"{DESK}{batch_id}/may-quet/", {"scanner": "máy lạ"}).status_code == 404
        services.scan_sheets(actor=cast.system, batch_id=batch_id, name="Quầy 1", url=machine.url)
    assert len(queries.batch_page(actor=cast.binh, batch_id=batch_id).files) == 2


def test_a_component_that_stays_on_paper_says_why(as_: As, cast: Cast) -> None:
    moved = received(cast)
    client = as_("binh")
    batch_id = scanned_batch(cast, dossier_code=moved.code or "")
    said = client.post(
        f"{DESK}{batch_id}/mien/", {"component": "marriage-certificate", "ground": "shown"}, follow=True
    )
    assert "Đã ghi căn cứ" in said.content.decode()
    lines = dossiers.dossier_page(actor=cast.binh, dossier_id=moved.dossier_id).papers
    assert [one.exemption for one in lines if one.component_key == "marriage-certificate"] == ["shown"]
    shown = client.get(f"/quay/ho-so/{moved.dossier_id}/").content.decode()
    assert "miễn: Chỉ xuất trình để đối chiếu" in shown
    wrong = client.post(
        f"{DESK}{batch_id}/mien/", {"component": "marriage-certificate", "ground": "lười"}, follow=True
    )
    assert "không có trong danh mục" in wrong.content.decode()
