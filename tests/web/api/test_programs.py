"""Programs come with a key and leave no session; people keep all that protects them."""

import logging
from io import BytesIO

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.signing import plain_pdf
from tests.web.api.conftest import ProgramOf
from tests.web.api.test_life import application

from motcua.cli.running.programs import web
from motcua.documents import services
from motcua.kernel.masking import MaskingFormatter

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


@pytest.mark.parametrize("box", ["all", "nowhere"])
def test_a_number_looked_for_stands_in_no_log(
    cast: Cast, program: ProgramOf, caplog: pytest.LogCaptureFixture, box: str
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = program("binh").get(f"/dossiers?box={box}&q=040195000123")
    assert answer.status == (200 if box == "all" else 422)
    ours = [handler.formatter for handler in logging.getLogger().handlers]
    (line,) = [one for one in ours if isinstance(one, MaskingFormatter)]
    assert "040195000123" not in "\n".join(line.format(record) for record in caplog.records)


def test_the_web_server_itself_writes_no_addresses() -> None:
    argv = web(host="127.0.0.1", port=8000, workers=1, threads=1).argv
    assert not [word for word in argv if "access-log" in word]


def test_people_are_still_asked_for_the_token_of_their_form(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/dang-nhap/", {"username": "binh", "password": "x"}).status_code == 403


def test_a_program_gets_files_only_for_saving(cast: Cast, program: ProgramOf) -> None:
    kept = services.keep_file(actor=cast.hoa, stream=BytesIO(plain_pdf()), filename="đơn.pdf")
    assert "no-store" in program("hoa").get("/dossiers/mine").headers["Cache-Control"]
    answer = program("hoa").get(f"/files/{kept.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
