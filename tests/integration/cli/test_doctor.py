"""`motcua doctor` says what works, and ends with 1 where somebody has to act."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from motcua.channels.ways.email import WAY
from motcua.channels.ways.way import Recipient
from motcua.cli import doctor, main
from motcua.kernel.ids import new_id
from simulators.clamd.server import ClamdSimulator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command makes Django ready for a database of its own; here it is ready, with that of the tests."""
    monkeypatch.setattr(doctor, "django_ready", lambda: "")


@pytest.fixture
def daemon(settings: Any) -> Iterator[ClamdSimulator]:
    with ClamdSimulator() as scanner:
        settings.MOTCUA_CLAMD, settings.MOTCUA_CLAMD_TIMEOUT = scanner.address, 1
        settings.MOTCUA_SCANNER_POLICY = "hold"
        yield scanner


def told() -> tuple[int, dict[str, tuple[str, str]]]:
    done = CliRunner().invoke(main, ["doctor", "--json"])
    lines = [json.loads(line) for line in done.output.splitlines()]
    return done.exit_code, {line["what"]: (line["state"], line["words"]) for line in lines}


def test_without_a_scanner_it_says_what_becomes_of_files() -> None:
    code, found = told()
    assert code == 0
    assert found["database"][0] == found["content store"][0] == "ok"
    assert found["malware scanner"] == (
        "warning",
        "none is set (MOTCUA_CLAMD); files are taken meanwhile and marked as not checked",
    )


def test_a_scanner_that_is_set_must_answer_with_signatures_of_this_week(daemon: ClamdSimulator) -> None:
    code, found = told()
    assert (code, found["malware scanner"][0]) == (0, "ok")
    daemon.signed_at = datetime(2020, 1, 1, tzinfo=UTC)
    code, found = told()
    assert (code, found["malware scanner"][0]) == (1, "fault")
    assert "opened to nobody" in found["malware scanner"][1]
    daemon.fault = "mute"
    code, found = told()
    assert code == 1
    assert "no answer" in found["malware scanner"][1]


def test_a_store_that_takes_nothing_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.kernel import storage

    class Full:
        def put(self, _stream: object) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "store", Full)
    code, found = told()
    assert (code, found["content store"][0]) == (1, "fault")


def test_without_a_mail_server_nobody_is_reached_by_mail(settings: Any) -> None:
    recipient = Recipient(new_id(), "Lò Thị Hạnh", email="hanh@example.vn")
    assert WAY.address_of(recipient) == "hanh@example.vn"
    assert told()[1]["mail server"][0] == "ok"
    settings.EMAIL_HOST = ""
    assert WAY.address_of(recipient) == ""
    code, found = told()
    assert (code, found["mail server"][0]) == (0, "warning")
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    code, found = told()
    assert (code, found["mail server"][0]) == (1, "fault")
    assert "127.0.0.1:1" in found["mail server"][1]
