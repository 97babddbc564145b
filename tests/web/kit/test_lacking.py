"""What the machine lacks for a moment is a 503 with a word and a time, not a fault of ours."""

import errno
import logging
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from django.db import InternalError, OperationalError, connections
from django.test import Client
from psycopg import sql
from pytest_django import Settings

from motcua.kernel.lacking import Lack, healing, lack_of
from motcua.kernel.storage import DiskStore, S3Store, StoreUnavailable


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "word"), [("vi", "tạm thời"), ("en", "unavailable")])
def test_a_database_that_is_gone_is_503_in_the_readers_language(
    visitor: Client, language: str, word: str
) -> None:
    database = connections["default"]
    database.close()
    port = database.settings_dict["PORT"]
    database.settings_dict["PORT"] = "1"
    try:
        page = visitor.get("/linh-vuc/", headers={"accept-language": language})
        told = visitor.get("/api/v1/ho-so/", headers={"accept": "application/json"})
        health = visitor.get("/healthz")
    finally:
        database.settings_dict["PORT"] = port
        database.close()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert word in page.content.decode()
    assert page.headers["X-Occurrence"] in page.content.decode()
    assert health.status_code == 503
    assert told.status_code in (503, 404)
    assert visitor.get("/linh-vuc/").status_code == 200, "it goes on by itself"


@pytest.mark.django_db(transaction=True)
def test_a_server_without_a_free_connection_is_503(visitor: Client) -> None:
    """The server itself refuses one connection more."""
    database = connections["default"]
    name = sql.Identifier(str(database.settings_dict["NAME"]))
    limit = sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}")
    with psycopg.connect(**database.get_connection_params(), autocommit=True) as held:
        database.close()
        held.execute(limit.format(name, 0))
        try:
            with pytest.raises(psycopg.OperationalError, match="too many connections"):
                psycopg.connect(**database.get_connection_params())
            page = visitor.get("/linh-vuc/")
        finally:
            database.close()
            held.execute(limit.format(name, -1))
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "Đợi một phút" in page.content.decode()
    assert visitor.get("/linh-vuc/").status_code == 200


def test_what_is_a_lack_and_what_is_a_bug() -> None:
    read_only = InternalError("read only")
    read_only.__cause__ = psycopg.errors.ReadOnlySqlTransaction("read only")
    assert lack_of(OperationalError("too many clients")) is Lack.DATABASE
    assert lack_of(read_only) is Lack.DATABASE
    assert lack_of(OSError(errno.EROFS, "read-only")) is Lack.ROOM
    assert lack_of(StoreUnavailable()) is Lack.STORE
    assert lack_of(OSError(errno.ENOENT, "no such file")) is None
    assert lack_of(KeyError("x")) is None
    assert lack_of(None) is None


def test_a_folder_that_is_no_folder_is_no_lack(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError) as caught:
        DiskStore(tmp_path / "file").put(BytesIO(b"abc"))
    assert not isinstance(caught.value, StoreUnavailable)


def test_an_object_store_that_is_down_is_a_lack(settings: Settings) -> None:
    import boto3
    from botocore.config import Config

    client = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:1",
        aws_access_key_id="x",
        aws_secret_access_key="y",
        region_name="x",
        config=Config(retries={"max_attempts": 0}, connect_timeout=1),
    )
    store = S3Store(client, "bucket")
    for act in (
        lambda: store.put(BytesIO(b"abc")),
        lambda: store.open("0" * 64),
        lambda: store.size("0" * 64),
    ):
        with pytest.raises(StoreUnavailable):
            act()


@pytest.mark.django_db
def test_work_that_comes_again_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    def turn(*, fails: bool) -> None:
        with healing("tests.turn"):
            if fails:
                raise OSError(errno.ENOSPC, "full")

    with caplog.at_level(logging.INFO, "motcua.kernel.lacking"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.kernel.lacking.connection.close", lambda: None)
        for fails in (True, True, True, False, False):
            turn(fails=fails)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    with pytest.raises(KeyError), healing("tests.turn"):
        raise KeyError
