"""The e-mail way against a real SMTP server: what arrives, and what every refusal means."""

import email
import email.policy
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import BadHeaderError
from pytest_django import Settings

from motcua.channels.ways.email.smtp import classify, send
from motcua.channels.ways.way import Letter
from motcua.kernel.outbox import Failure
from simulators.mail.server import MailServer

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = SMTP
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def letter(to: str = "hoa@example.vn", subject: str = "Hồ sơ H99.11-261123-0001 đã được tiếp nhận") -> Letter:
    return Letter("a1b2", to, subject, "Kính gửi Nguyễn Thị Hoa,\n\nđã nhận.")


def failure(one: Letter) -> Failure:
    with pytest.raises(Exception) as caught:
        send(one)
    known = classify(caught.value)
    assert known is not None, caught.value
    return known


def test_what_arrives_is_what_was_written(server: MailServer) -> None:
    send(letter())
    (raw,) = server.letters()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert (
        str(message["Subject"]).strip() == letter().subject
    )  # folding leaves a space before an encoded word
    assert message["Message-ID"] == "<a1b2@motcua>"
    body = message.get_body()
    assert body is not None
    assert "Nguyễn Thị Hoa" in body.get_content()


@pytest.mark.parametrize(
    ("to", "code", "is_permanent"),
    [
        ("refuse@example.vn", "smtp_550", True),
        ("later@example.vn", "smtp_451", False),
        ("hoa@@example..vn\u00a0x", None, True),
    ],
)
def test_a_refusal_says_whether_it_is_for_good(
    server: MailServer, to: str, code: str | None, *, is_permanent: bool
) -> None:
    found = failure(letter(to))
    assert found.is_permanent is is_permanent
    assert code is None or found.code == code
    assert server.letters() == []


def test_a_subject_of_two_lines_is_refused_for_good(server: MailServer) -> None:
    assert failure(letter(subject="Chào\nBcc: ai@example.vn")).is_permanent
    assert server.letters() == []


def test_no_server_is_for_now(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    assert not failure(letter()).is_permanent


@pytest.mark.parametrize(
    ("error", "is_permanent"),
    [
        (smtplib.SMTPDataError(552, b"too much mail data"), True),
        (smtplib.SMTPDataError(452, b"insufficient storage"), False),
        (smtplib.SMTPAuthenticationError(535, b"bad credentials"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (smtplib.SMTPSenderRefused(553, b"who are you", "motcua@localhost"), True),
        (TimeoutError(), False),
        (BadHeaderError("line"), True),
        (UnicodeEncodeError("ascii", "đ", 0, 1, "no"), True),
    ],
)
def test_every_kind_of_failure_is_classified(error: Exception, *, is_permanent: bool) -> None:
    known = classify(error)
    assert known is not None
    assert known.is_permanent is is_permanent


def test_a_fault_of_ours_is_no_answer_of_the_server() -> None:
    assert classify(KeyError("body")) is None
