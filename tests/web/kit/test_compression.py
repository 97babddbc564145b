"""Texts travel compressed, except where their length could tell something (BREACH)."""

import gzip

import pytest
from django.test import Client
from tests.cast import Cast, present_cast

pytestmark = pytest.mark.django_db
ASKS = {"Accept-Encoding": "gzip"}


@pytest.fixture
def people(db: None) -> Cast:
    return present_cast()


def test_pages_of_strangers_travel_compressed(people: Cast) -> None:
    answer = Client().get("/", headers=ASKS)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    text = gzip.decompress(answer.content).decode()
    assert "Bạn cần làm gì?" in text
    assert len(answer.content) < len(text.encode()) / 3
    assert "Content-Encoding" not in Client().get("/").headers


@pytest.mark.parametrize(
    "path", ["/tim/?q=khai+sinh", "/tra-cuu/?ma=H99", "/sitemap.xml", "/khong-co-trang-nay/"]
)
def test_a_stranger_has_no_secret_to_guess(people: Cast, path: str) -> None:
    assert Client().get(path, headers=ASKS).headers["Content-Encoding"] == "gzip"


def test_pages_about_somebody_are_compressed_only_where_nothing_is_repeated(people: Cast) -> None:
    client = Client()
    people.login(client, "hoa")
    assert client.get("/ho-so/", headers=ASKS).headers["Content-Encoding"] == "gzip"
    for path in ("/ho-so/?loc=xong", "/tim/?q=khai+sinh", "/tra-cuu/?ma=0990", "/099195000417/"):
        assert "Content-Encoding" not in client.get(path, headers=ASKS).headers, path


def test_answers_to_forms_are_not_compressed(people: Cast) -> None:
    client = Client()
    people.login(client, "hoa")
    sent = client.post("/cach-nhan-thong-bao/", {"phone": "không phải số"}, headers=ASKS)
    assert "Content-Encoding" not in sent.headers
    log_in = Client().post("/dang-nhap/", {"username": "hoa", "password": "sai"}, headers=ASKS)
    assert "Content-Encoding" not in log_in.headers


def test_the_same_page_has_another_length_each_time(people: Cast) -> None:
    """Random bytes blur what the token against cross-site requests, masked anew each time, has not blurred already."""
    lengths = {len(Client().get("/dang-nhap/", headers=ASKS).content) for _ in range(12)}
    assert len(lengths) > 1
