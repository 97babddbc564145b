"""Papers in pieces by the tus protocol 1.0: what every client of it may do, tried as such clients speak."""

import base64
import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.cast import Cast
from tests.factories.dossiers import submitted
from tests.factories.transfers import OCTETS, tus
from tests.factories.transfers import opened as opened_at
from tests.web.portal.conftest import LogIn
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from motcua.documents.models import Upload
from motcua.dossiers import queries, services

BIRTH = "1.001193"
KEY = "birth-notification"


def scan(shade: int = 255) -> bytes:
    """A scanned sheet."""
    content = BytesIO()
    Image.new("L", (80, 100), shade).save(content, "PDF")
    return content.getvalue()


PDF = scan()


def begin(people: Cast) -> UUID:
    return services.begin_draft(actor=people.hoa, procedure_code=BIRTH).id


def names(people: Cast) -> list[str]:
    (draft,) = queries.own_drafts(actor=people.hoa)
    return [str(paper["filename"]) for paper in draft.papers]


def opened(client: Client, draft_id: UUID, size: int = len(PDF), name: str = "giấy chứng sinh.pdf") -> str:
    return opened_at(client, reverse("portal:draft_upload", args=[draft_id, KEY]), size, name)


def test_the_server_says_what_it_can(people: Cast, log_in: LogIn) -> None:
    address = reverse("portal:draft_upload", args=[begin(people), KEY])
    answer = log_in("hoa").options(address)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,checksum"
    assert answer.headers["Tus-Max-Size"] == str(settings.MOTCUA_UPLOAD_MAX_BYTES)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_file_in_pieces_stands_on_its_line_when_the_last_is_there(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    first = tus(client, "PATCH", where, PDF[:100], Upload_Offset="0")
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "100")
    assert names(people) == []
    head = tus(client, "HEAD", where)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("100", str(len(PDF)))
    assert head.headers["Cache-Control"] == "no-store"
    last = tus(client, "PATCH", where, PDF[100:], Upload_Offset="100")
    assert (last.status_code, last.content) == (204, b"")
    assert names(people) == ["giấy chứng sinh.pdf"]
    again = tus(client, "POST", where)
    assert "giấy chứng sinh.pdf" in again.json()["html"]
    assert names(people) == ["giấy chứng sinh.pdf"], "asking what became of it changes nothing"
    end = tus(client, "HEAD", where)
    assert end.headers["Upload-Offset"] == str(len(PDF))


def test_the_last_piece_is_answered_with_the_row_where_the_page_asks_for_it(
    people: Cast, log_in: LogIn
) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    answer = tus(client, "PATCH", where, PDF, Upload_Offset="0", Prefer="return=representation")
    assert answer.status_code == 200
    assert answer.json()["message"].startswith("Đã gửi xong: giấy chứng sinh.pdf")
    assert 'name="_remove"' in answer.json()["html"]


@pytest.mark.parametrize("count", [4])
def test_files_that_arrive_together_are_all_there(people: Cast, log_in: LogIn, count: int) -> None:
    """Case 02, through the pages; that it holds at the same moment is tried on the services with threads."""
    client, draft_id = log_in("hoa"), begin(people)
    content = [scan(n) for n in range(count)]
    places = [opened(client, draft_id, len(one), f"{n}.pdf") for n, one in enumerate(content)]
    for where, one in zip(places, content, strict=True):
        tus(client, "PATCH", where, one, Upload_Offset="0")
    assert sorted(names(people)) == [f"{n}.pdf" for n in range(count)]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("PATCH", {"Upload_Offset": "7"}, 409),
        ("PATCH", {"Upload_Offset": "-1"}, 400),
        ("PATCH", {}, 400),
        ("PATCH", {"Upload_Offset": "0", "Tus_Resumable": "0.2.2"}, 412),
        ("PUT", {}, 405),
        ("POST", {}, 409),
        ("PATCH", {"Upload_Offset": "0", "Upload_Checksum": "crc32 AAAA"}, 400),
        ("PATCH", {"Upload_Offset": "0", "Upload_Checksum": "sha1 AAAA"}, 460),
    ],
)
def test_what_does_not_follow_the_protocol_is_refused(
    people: Cast, log_in: LogIn, method: str, headers: dict[str, str], status: int
) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    answer = tus(client, method, where, PDF, **headers)
    assert answer.status_code == status
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert tus(client, "HEAD", where).headers["Upload-Offset"] == "0"


def test_a_method_may_be_named_in_a_header_where_a_proxy_knows_no_other(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    answer = client.post(
        where,
        PDF,
        content_type=OCTETS,
        headers={"Tus-Resumable": "1.0.0", "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"},
    )
    assert answer.status_code == 204
    assert names(people) == ["giấy chứng sinh.pdf"]


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_is_taken_when_it_is_what_was_announced(people: Cast, log_in: LogIn, algorithm: str) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    digest = base64.b64encode(hashlib.new(algorithm, PDF).digest()).decode()
    answer = tus(client, "PATCH", where, PDF, Upload_Offset="0", Upload_Checksum=f"{algorithm} {digest}")
    assert answer.status_code == 204
    assert len(names(people)) == 1


def test_a_transfer_that_is_ended_is_gone_and_its_room_is_free(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    tus(client, "PATCH", where, PDF[:100], Upload_Offset="0")
    assert tus(client, "DELETE", where).status_code == 204
    assert tus(client, "DELETE", where).status_code == 204
    assert tus(client, "HEAD", where).status_code == 410
    assert tus(client, "PATCH", where, PDF[100:], Upload_Offset="100").status_code == 410
    assert Upload.objects.get().state == "abandoned"
    assert names(people) == []


def test_a_file_that_is_kept_is_not_ended(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    where = opened(client, begin(people))
    tus(client, "PATCH", where, PDF, Upload_Offset="0")
    assert tus(client, "DELETE", where).status_code == 204
    assert names(people) == ["giấy chứng sinh.pdf"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload_Length": "x"}, 400),
        ({"Upload_Length": "0"}, 422),
        ({"Upload_Length": str(1 << 40)}, 413),
        ({"Upload_Length": "5", "Upload_Metadata": "filename %%%"}, 400),
    ],
)
def test_a_transfer_that_cannot_begin(
    people: Cast, log_in: LogIn, headers: dict[str, str], status: int
) -> None:
    address = reverse("portal:draft_upload", args=[begin(people), KEY])
    answer = tus(log_in("hoa"), "POST", address, b"", **headers)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_what_is_no_paper_is_refused_with_its_reason_and_takes_no_room(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    program = b"MZ\x90\x00 this is a program" * 20
    where = opened(client, begin(people), len(program), "virus.exe")
    answer = tus(client, "PATCH", where, program, Upload_Offset="0")
    assert (answer.status_code, answer.json()["code"]) == (422, "documents.file_not_allowed")
    assert tus(client, "HEAD", where).status_code == 410
    assert names(people) == []


def test_a_transfer_of_somebody_else_does_not_exist(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    draft_id = begin(people)
    where = opened(client, draft_id)
    other = log_in("an_phat")
    for method in ("HEAD", "PATCH", "DELETE", "POST"):
        assert tus(other, method, where, PDF, Upload_Offset="0").status_code == 404
    elsewhere = where.replace(KEY, "no-such-line")
    assert tus(client, "PATCH", elsewhere, PDF, Upload_Offset="0").status_code == 404
    assert names(people) == []


def test_a_program_without_a_session_is_told_so_and_not_sent_to_a_page(people: Cast, log_in: LogIn) -> None:
    where = opened(log_in("hoa"), begin(people))
    answer = tus(Client(), "PATCH", where, PDF, Upload_Offset="0")
    assert (answer.status_code, answer.json()["code"]) == (401, "kit.session_expired")


def test_a_sent_draft_takes_no_more_papers(people: Cast, log_in: LogIn) -> None:

    client, draft_id = log_in("hoa"), begin(people)
    where = opened(client, draft_id)
    submitted(people, draft_id=draft_id)
    answer = tus(client, "PATCH", where, PDF, Upload_Offset="0")
    assert answer.status_code == 409


def test_a_paper_is_taken_off_and_what_else_is_ticked_stays(people: Cast, log_in: LogIn) -> None:
    client, draft_id = log_in("hoa"), begin(people)
    services.promise_papers(
        actor=people.hoa, draft_id=draft_id, asked=["marriage-certificate"], promised=["marriage-certificate"]
    )
    tus(client, "PATCH", opened(client, draft_id), PDF, Upload_Offset="0")
    (draft,) = queries.own_drafts(actor=people.hoa)
    file_id = next(paper["file_id"] for paper in draft.papers if paper["file_id"])
    page = reverse("portal:papers", args=[draft_id])
    answer = client.post(page, {"_remove": file_id}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    (draft,) = queries.own_drafts(actor=people.hoa)
    assert [paper["component_key"] for paper in draft.papers] == ["marriage-certificate"]


@pytest.fixture
def tus_client(transactional_db: None, people: Cast, live_server: Any) -> TusClient:
    """An unmodified client of the protocol, with the session of Hoa."""
    client = Client(enforce_csrf_checks=True)
    people.login(client, "hoa")
    client.get("/ho-so/")
    page = client.get(reverse("login:log_in"))
    assert isinstance(page, HttpResponse)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    token = cookies.get(settings.CSRF_COOKIE_NAME, "")
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
    }
    address = reverse("portal:draft_upload", args=[begin(people), KEY])
    return TusClient(f"{live_server}{address}", headers=headers)


def test_an_unmodified_client_sends_breaks_off_and_goes_on(people: Cast, tus_client: TusClient) -> None:
    sent: Any = tus_client.uploader(
        file_stream=BytesIO(PDF),
        chunk_size=300,
        metadata={"filename": "giấy chứng sinh.pdf"},
        upload_checksum=True,
    )
    sent.upload_chunk()
    assert 0 < sent.offset < len(PDF)
    later: Any = tus_client.uploader(
        file_stream=BytesIO(PDF), chunk_size=400, url=sent.url, upload_checksum=True
    )
    assert later.offset == sent.offset, "it asks the server where to go on"
    later.upload()
    assert names(people) == ["giấy chứng sinh.pdf"]


def test_an_unmodified_client_is_told_what_is_refused(people: Cast, tus_client: TusClient) -> None:
    program = tus_client.uploader(
        file_stream=BytesIO(b"MZ\x90\x00" * 50), metadata={"filename": "virus.exe"}, retries=0
    )
    with pytest.raises(TusCommunicationError) as refused:
        program.upload()
    assert refused.value.status_code == 422
    assert names(people) == []
