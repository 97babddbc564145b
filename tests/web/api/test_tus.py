"""Uploads of programs by the tus protocol, with a client of it that is not ours."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.cast import Cast, present_cast
from tests.factories.signing import plain_pdf
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from motcua.directory import services as directory

PDF = plain_pdf()


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


def asked(method: str, address: str, headers: dict[str, str]) -> Any:
    given = {**headers, "Tus-Resumable": "1.0.0"}
    return urlopen(Request(address, method=method, headers=given))  # noqa: S310 - the server of this test


def key_of(people: Cast, name: str) -> str:
    _, secret = directory.issue_api_token(
        actor=people.system,
        account_id=people.account(name),
        name="kiểm thử",
        life=timedelta(days=1),
        permissions=(),
    )
    return secret


def test_an_unmodified_client_sends_breaks_off_and_goes_on(people: Cast, live_server: Any) -> None:
    headers = {"Authorization": f"Bearer {key_of(people, 'hoa')}"}
    client = TusClient(f"{live_server}/api/v1/tus", headers=headers)
    first: Any = client.uploader(
        file_stream=BytesIO(PDF), chunk_size=300, metadata={"filename": "giấy.pdf"}, upload_checksum=True
    )
    first.upload_chunk()
    assert 0 < first.offset < len(PDF)
    later: Any = client.uploader(
        file_stream=BytesIO(PDF), chunk_size=400, url=first.url, upload_checksum=True
    )
    assert later.offset == first.offset
    later.upload()
    told = json.loads(asked("POST", first.url, headers).read())
    assert (told["filename"], told["sha256"]) == ("giấy.pdf", hashlib.sha256(PDF).hexdigest())
    assert asked("GET", f"{live_server}/api/v1/files/{told['id']}", headers).read() == PDF
    assert asked("OPTIONS", first.url, headers).headers["Tus-Version"] == "1.0.0"
    with pytest.raises(HTTPError) as hidden:
        asked("HEAD", first.url, {"Authorization": f"Bearer {key_of(people, 'an_phat')}"})
    assert hidden.value.code == 404


def test_without_a_key_nothing_is_opened(people: Cast, live_server: Any) -> None:
    client = TusClient(f"{live_server}/api/v1/tus")
    with pytest.raises(TusCommunicationError) as refused:
        client.uploader(file_stream=BytesIO(PDF), metadata={"filename": "a.pdf"}, retries=0).upload()
    assert refused.value.status_code == 401
