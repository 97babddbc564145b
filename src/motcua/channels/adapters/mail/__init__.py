"""E-mail: one protocol, the SMTP client, and an in-memory box for tests of services."""

from dataclasses import dataclass, field
from typing import Protocol

from django.core.mail import EmailMessage


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` is stable per delivery: a repeated sending carries the same Message-ID, so receivers fold it into one."""

    key: str
    to: str
    subject: str
    body: str
    enclosures: tuple[Enclosure, ...] = ()


class Post(Protocol):
    """Sends a letter or raises `OSError` (the network, the server's refusal)."""

    def send(self, letter: Letter) -> None: ...


class SmtpPost:
    """By the SMTP server of the settings."""

    def send(self, letter: Letter) -> None:
        message = EmailMessage(
            letter.subject,
            letter.body,
            to=[letter.to],
            headers={"Message-ID": f"<{letter.key}@motcua>", "Auto-Submitted": "auto-generated"},
        )
        for one in letter.enclosures:
            message.attach(one.filename, one.content, one.media_type)
        message.send()


@dataclass(slots=True)
class BoxPost:
    """Keeps letters; `breaks` makes the next sendings fail."""

    letters: list[Letter] = field(default_factory=list)
    breaks: int = 0

    def send(self, letter: Letter) -> None:
        if self.breaks:
            self.breaks -= 1
            raise ConnectionRefusedError("the mail server refused")
        self.letters.append(letter)
