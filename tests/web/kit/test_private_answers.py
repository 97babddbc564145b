"""Answers about people are kept by no browser, and what people sent has no rights in one."""

from io import BytesIO

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.signing import plain_pdf
from tests.integration.documents.test_keeping import picture, word

from motcua.documents import services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/ho-so/", "/kho-giay-to/", "/tim/", "/khong-co/"])
def test_who_is_logged_in_leaves_nothing_behind(cast: Cast, path: str) -> None:
    client = Client()
    cast.login(client, "hoa")
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_a_code_looked_up_and_a_form_sent_leave_nothing_behind(cast: Cast) -> None:
    for answer in (
        Client().get("/tra-cuu/?ma=H99.11-260105-0001"),
        Client().get("/kiem-tra/?ma=x"),
        Client().post("/kiem-tra/", {"ma": "x"}),
    ):
        assert "no-store" in answer.headers["Cache-Control"]
    assert "no-store" not in Client().get("/so-lieu/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content", "is_shown", "is_boxed"),
    [
        ("đơn.pdf", plain_pdf(), True, False),
        ("ảnh.png", picture("PNG"), True, True),
        ("ảnh.tif", picture("TIFF"), True, True),
        ("đơn.docx", word(), False, True),
    ],
)
def test_what_people_sent_has_no_rights(
    cast: Cast, name: str, content: bytes, is_shown: bool, is_boxed: bool
) -> None:
    kept = services.keep_file(actor=cast.binh, stream=BytesIO(content), filename=name)
    client = Client()
    cast.login(client, "binh")
    answer = client.get(f"/quay/tep/{kept.id}/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert ("sandbox" in policy) is is_boxed
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    if not is_shown:
        assert answer.headers["Content-Type"] == "application/octet-stream"


def test_too_large_a_request_is_not_read() -> None:
    """Told from its heading alone, before the form is taken apart."""
    for content_type, size in (
        ("multipart/form-data; boundary=x", 65 << 20),
        ("application/x-www-form-urlencoded", 2 << 20),
        ("application/json", 2 << 20),
    ):
        answer = Client().generic(
            "POST", "/kiem-tra/", b"ma=x", content_type=content_type, CONTENT_LENGTH=str(size)
        )
        assert answer.status_code == 413
