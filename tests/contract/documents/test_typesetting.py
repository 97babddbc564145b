"""Official papers: PDF/A, own fonts, the same bytes every time, and a code that scans."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from motcua.documents import queries, services
from motcua.documents.adapters.typesetting.weasy import conformance, to_pdf

CODE = queries.QrPayload(
    "H99.11-261122-0001",
    "1.001193",
    "001190000123",
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "Hệ thống một cửa tỉnh Minh Sơn",
    datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
    "EA6WSETCBCPZUNNW",
)
CONTEXT: dict[str, Any] = {
    "agency": {"parent": "Tỉnh Minh Sơn", "name": "Ủy ban nhân dân xã An Bình"},
    "number": "12",
    "symbol": "TB-UBND",
    "place": "An Bình",
    "date": date(2026, 11, 22),
    "form_code": "01",
    "title": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "signature_title": "Chủ tịch",
    "signature_name": "Phạm Tiến Dũng",
}
FORMS = ["documents/forms/base.html", "documents/forms/base_a5.html"]


def typeset(form: str) -> bytes:
    return services.typeset(template_name=form, context=CONTEXT, code=CODE)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_pdf_a_with_every_font_inside(form: str) -> None:
    part, level, has_intent, all_embedded = conformance(typeset(form))
    assert (part, level.upper(), has_intent, all_embedded) == ("2", "U", True, True)


@pytest.mark.parametrize("form", FORMS)
def test_the_letterhead_and_the_vietnamese_text_are_there(form: str) -> None:
    text = " ".join(pypdfium2.PdfDocument(typeset(form))[0].get_textpage().get_text_bounded().split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ AN BÌNH",
    ):
        assert words in text
    assert "12/TB-UBND" in text
    assert "ngày 22 tháng 11 năm 2026" in text


@pytest.mark.parametrize("form", FORMS)
def test_the_code_stands_at_the_top_left_and_scans(form: str) -> None:
    page = pypdfium2.PdfDocument(typeset(form))[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_numpy()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == queries.qr_text(CODE)
    assert code.position.bottom_right.x < picture.shape[1] / 3
    assert code.position.bottom_right.y < picture.shape[0] / 3


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    """A reprint years later must equal the first print."""
    program = (
        "import django, hashlib; django.setup()\n"
        "from tests.contract.documents.test_typesetting import FORMS, typeset\n"
        "print('digest', hashlib.sha256(b''.join(map(typeset, FORMS))).hexdigest())"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": ".:src",
        "MOTCUA_QR_KEY": "only-for-tests",
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "motcua.settings.test", "TZ": "America/Lima"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    here = hashlib.sha256(b"".join(map(typeset, FORMS))).hexdigest()
    assert f"digest {here}" in done.stdout


def test_another_input_gives_other_bytes() -> None:
    other = services.typeset(template_name=FORMS[0], context=CONTEXT | {"number": "13"}, code=CODE)
    assert other != typeset(FORMS[0])


def test_text_of_people_is_never_markup() -> None:
    pdf = services.typeset(template_name=FORMS[0], context=CONTEXT | {"title": "<b>&</b><script>x"})
    assert "<B>&</B><SCRIPT>X" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()


def test_nothing_is_fetched_from_elsewhere() -> None:
    pdf = to_pdf('<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png"><p>Văn bản')
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
