"""The same suite for the SMTP client against a real server and for the in-memory box; and deliveries through both."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.channels.adapters.mail import BoxPost, Letter, Post, SmtpPost
from simulators.mail.server import MailServer


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture(params=["smtp", "box"])
def post(request: pytest.FixtureRequest) -> Post:
    if request.param == "box":
        return BoxPost()
    request.getfixturevalue("server")
    return SmtpPost()


def letter(to: str = "hoa@example.vn") -> Letter:
    return Letter(
        "a1b2", to, "Hồ sơ H99.11-261123-0001 đã được tiếp nhận", "Kính gửi Nguyễn Thị Hoa,\n\nđã nhận."
    )


def test_a_letter_is_sent(post: Post) -> None:
    post.send(letter())


def test_what_arrives_is_what_was_written(server: MailServer) -> None:
    SmtpPost().send(letter())
    (raw,) = server.letters()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert (
        str(message["Subject"]).strip() == letter().subject
    )  # folding leaves a space before an encoded word
    assert message["Message-ID"] == "<a1b2@motcua>"
    body = message.get_body()
    assert body is not None
    assert "Nguyễn Thị Hoa" in body.get_content()


@pytest.mark.parametrize("to", ["refuse@example.vn", "later@example.vn"])
def test_a_refusal_is_an_os_error(server: MailServer, to: str) -> None:
    with pytest.raises(OSError):
        SmtpPost().send(letter(to))
    assert server.letters() == []


def test_no_server_is_an_os_error(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        SmtpPost().send(letter())
    box = BoxPost(breaks=1)
    with pytest.raises(OSError):
        box.send(letter())
