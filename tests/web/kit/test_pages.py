"""Headers, refusals and switches of every page."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from tests.cast import Cast

from motcua.kernel.errors import DomainError, MovedOn, OutOfScope, PermissionRefused
from motcua.web.kit.middleware import framable

pytestmark = pytest.mark.django_db


class PaperMissing(DomainError):
    """A refusal with everything a page can say."""

    code = "kit.sample"
    message = "Thiếu {paper}."
    advice = "Bổ sung rồi gửi lại."
    ground = "Điều 17 Nghị định 118/2025/NĐ-CP"


_REFUSALS = {
    "404": OutOfScope(),
    "403": PermissionRefused(),
    "409": MovedOn(),
    "422": PaperMissing(paper="giấy chứng sinh"),
}


def _refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise _REFUSALS[kind]


def _fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def _frame(request: HttpRequest) -> HttpResponse:
    return framable(HttpResponse(b"%PDF"))


urlpatterns = [
    path("refuse/<str:kind>/", _refuse),
    path("fail/", _fail),
    path("frame/", _frame),
    path("", include("motcua.urls")),  # a refusal's page leads to the pages of the site
]
handler404 = "motcua.web.kit.errors.not_found"
handler500 = "motcua.web.kit.errors.server_error"


@pytest.fixture
def pages() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def test_policy_allows_nothing_from_elsewhere_and_nothing_inline(pages: Client) -> None:
    response = pages.get("/kit/gallery/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    page = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_framable_answers_may_be_shown_by_our_own_pages_only(pages: Client) -> None:
    assert "frame-ancestors 'self'" in pages.get("/frame/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["404", "403", "409", "422"])
def test_refusals_become_pages_with_their_status_and_an_occurrence(pages: Client, kind: str) -> None:
    response = pages.get(f"/refuse/{kind}/")
    assert response.status_code == int(kind)
    assert response.headers["X-Occurrence"] in response.content.decode()


def test_refusal_teaches(pages: Client) -> None:
    page = pages.get("/refuse/422/").content.decode()
    assert "Thiếu giấy chứng sinh." in page
    assert "Bổ sung rồi gửi lại." in page
    assert "Điều 17 Nghị định 118/2025/NĐ-CP" in page


def test_programs_get_problem_documents(pages: Client) -> None:
    response = pages.get("/refuse/422/", headers={"Accept": "application/json"})
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "kit.sample"
    assert response.json()["status"] == 422
    assert response.json()["occurrence"] == response.headers["X-Occurrence"]


def test_bug_is_a_500_with_the_same_occurrence(pages: Client) -> None:
    response = pages.get("/fail/")
    assert response.status_code == 500
    assert response.headers["X-Occurrence"] in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def test_unknown_address_has_a_kind_page(pages: Client) -> None:
    response = pages.get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.content.decode()


def test_form_left_open_too_long_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/kit/gallery/form/", {})
    assert response.status_code == 403
    assert "Phiên làm việc đã hết hạn" in response.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_too_large_post_says_so() -> None:
    response = Client().post("/kit/gallery/form/", {"remark": "x" * 1000})
    assert response.status_code == 413
    assert "quá lớn" in response.content.decode()


def test_switches_are_remembered(pages: Client) -> None:
    response = pages.post("/kit/tuy-chon/", {"large_type": "1", "next": "/kit/gallery/form/"})
    assert response.headers["Location"] == "/kit/gallery/form/"
    assert 'class="govuk-template is-large"' in pages.get("/kit/gallery/").content.decode()
    pages.post("/kit/tuy-chon/", {"large_type": "0"})
    assert "is-large" not in pages.get("/kit/gallery/").content.decode()


def test_language_is_remembered_and_never_leads_elsewhere(pages: Client) -> None:
    response = pages.post("/kit/tuy-chon/", {"language": "en", "next": "https://example.com/"})
    assert response.headers["Location"] == "/"
    page = pages.get("/kit/gallery/").content.decode()
    assert '<html lang="en"' in page
    assert "High contrast" in page


@override_settings(MOTCUA_DEMO=False)
def test_gallery_is_not_for_production(pages: Client) -> None:
    assert pages.get("/kit/gallery/").status_code == 404


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("hoa", "/ho-so/"),
        ("binh", "/quay/"),
        ("chau", "/co-quan/"),
        ("quang", "/co-quan/quan-tri/"),
        ("lan", "/quay/thu-phi/"),
        ("nga", "/co-quan/danh-muc/thu-tuc/"),
        ("nobody", "/"),
    ],
)
def test_everybody_starts_where_their_work_is(cast: Cast, name: str, place: str) -> None:
    client = Client()
    if name != "nobody":
        cast.login(client, name)
    assert client.get("/bat-dau/").headers["Location"] == place
