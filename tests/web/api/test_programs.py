"""Programs come with a key and leave no session; people keep all that protects them."""

import pytest
from django.test import Client
from tests.cast import Cast
from tests.web.api.conftest import ProgramOf
from tests.web.api.test_life import application

pytestmark = pytest.mark.django_db


def test_a_program_gets_no_cookie_and_every_header(cast: Cast, program: ProgramOf) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.get("/api/v1/procedures?q=khai+sinh")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Occurrence"]
    assert program("binh").post("/dossiers", application(cast, channel="counter")).status == 201


def test_a_session_opens_nothing_in_the_api(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    cast.login(client, "binh")
    assert client.get("/api/v1/dossiers").status_code == 401
    answer = client.post("/api/v1/dossiers", data=b"{}", content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_an_unknown_address_of_the_api_is_a_problem_document(client: Client) -> None:
    for answer in (client.get("/api/v1/nothing"), client.post("/api/v1/nothing")):
        assert (answer.status_code, answer.json()["code"]) == (404, "kit.not_found")


def test_people_are_still_asked_for_the_token_of_their_form(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/dang-nhap/", {"username": "binh", "password": "x"}).status_code == 403
