"""Addresses retyped, forms filled by machines: never a failure of ours (500), on any face."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import in_work

ODD = (
    "x",
    "~",
    "0",
    "-1",
    "²",
    "9" * 5000,
    "%",
    "' or 1=1 --",
    "2026-13-40",
    "0001-01-01",
    "9999-12-31",
    "2026-01-01T00:00:00~" + "0" * 32,
    "00000000-0000-0000-0000-000000000007",
    "a\x00b",
    "<script>alert(1)</script>",
    "🦆" * 300,
    "a/b",
    "../..",
    "00300000000000000000",
)
PAGES = {
    "hoa": ("/ho-so/", "/kho-giay-to/", "/tim/", "/linh-vuc/", "/tra-cuu/", "/kiem-tra/"),
    "binh": ("/quay/", "/quay/truc-tuyen/", "/quay/so-ngay/", "/quay/tra-ket-qua/", "/quay/quet/"),
    "lan": ("/quay/thu-phi/",),
    "chau": ("/co-quan/", "/co-quan/y-kien/", "/co-quan/so-hoa/"),
    "dung": ("/co-quan/trinh-ky/", "/co-quan/uy-quyen/"),
    "nobody": ("/so-lieu/", "/so-lieu/chi-so/", "/so-lieu/bang.csv", "/dang-nhap/"),
}
PARAMETERS = (
    "sau",
    "q",
    "ma",
    "ngay",
    "hop",
    "nhom",
    "muc",
    "xem",
    "don-vi",
    "ky",
    "kenh",
    "thu-tuc",
    "tinh",
    "chi-tieu",
    "lop",
    "rieng",
    "can-bo",
    "buoc",
    "gop",
    "next",
)


@pytest.fixture(autouse=True)
def unhurried(settings: object) -> None:
    setattr(settings, "MOTCUA_LOOKUPS_PER_MINUTE", 10**6)  # noqa: B010 - the fixture is untyped


@pytest.mark.slow
@pytest.mark.parametrize("who", PAGES)
def test_no_address_breaks_a_page(cast: Cast, who: str) -> None:
    client = Client(raise_request_exception=False)
    if who != "nobody":
        cast.login(client, who)
    broken = []
    for path in PAGES[who]:
        for value in ODD:
            # All at once first: only where that fails is it worth knowing which parameter did it.
            answer = client.get(f"{path}?{urlencode(dict.fromkeys(PARAMETERS, value))}")
            if answer.status_code < 500 and b"<script>alert" not in answer.content:
                continue
            broken += [
                (path, name, value[:40])
                for name in PARAMETERS
                if client.get(f"{path}?{urlencode({name: value})}").status_code >= 500
            ] or [(path, "all", value[:40])]
    assert broken == []


@pytest.mark.parametrize("value", ODD)
def test_no_posted_text_breaks_an_act(cast: Cast, value: str) -> None:
    dossier_id = in_work(cast)
    posts = {
        "chau": ("ask-supplement", "consult", "extend", "forward", "submit-to-leader", "require-payment"),
        "hanh": ("assign",),
    }
    fields = ["seen", "reason", "items", "note", "question", "agency", "days", "assignee", "outcome", "draft"]
    fields += ["due.d", "due.m", "due.y"]
    for who, keys in posts.items():
        client = Client(raise_request_exception=False)
        cast.login(client, who)
        for key in keys:
            address = f"/co-quan/ho-so/{dossier_id}/viec/{key}/"
            answer = client.post(address, dict.fromkeys(fields, value))
            assert answer.status_code < 500, (key, value[:40])


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil"]
)
def test_nobody_is_led_elsewhere(cast: Cast, address: str) -> None:
    client = Client()
    for answer in (
        client.post("/kit/tuy-chon/", {"language": "vi", "next": address}),
        client.get("/dang-nhap/", {"next": address}),
    ):
        assert "evil" not in answer.headers.get("Location", "")
        assert "alert" not in answer.headers.get("Location", "")
    cast.login(client, "hoa")
    assert client.get("/dang-nhap/", {"next": address}).headers["Location"] == "/bat-dau/"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "a..b", "a b", "[::1", "x" * 300, "localhost:x", "\xff", "%00"],
)
@pytest.mark.parametrize("path", ["/", "/so-lieu/", "/kiem-tra/", "/api/v1/procedures", "/khong-co/"])
def test_an_unknown_host_is_a_bad_request(cast: Cast, host: str, path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, headers={"host": host})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "query", ["tinh=a/b", "tinh=..", "tinh=99&don-vi=a/b", "tinh=%2F", "chi-tieu=a/b", "ky=a/b"]
)
@pytest.mark.parametrize("path", ["/so-lieu/", "/so-lieu/chi-so/", "/so-lieu/bang.csv"])
def test_a_place_that_is_none_is_not_found(cast: Cast, path: str, query: str) -> None:
    assert Client(raise_request_exception=False).get(f"{path}?{query}").status_code in (200, 404, 422)
