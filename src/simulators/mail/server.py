"""The server: SMTP in, one `.eml` file per letter out."""

import asyncio
import os
import socket
from collections import Counter
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def _for_owner(path: str, flags: int) -> int:
    """Letters are between the sender and the person: nobody else on the machine reads them."""
    return os.open(path, flags, 0o600)


class Keeper:
    """Handler of aiosmtpd: keeps letters, and misbehaves where the address asks for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.turned_away: Counter[str] = Counter()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address.startswith("refuse"):
            return "550 no such mailbox"
        if address.startswith("later") and self.turned_away[address] < 2:
            self.turned_away[address] += 1
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if any(address.startswith("slow") for address in envelope.rcpt_tos):
            await asyncio.sleep(2)
        content = envelope.original_content or b""
        number = len(list(self.folder.glob("*.eml"))) + 1
        with open(self.folder / f"{number:06d}.eml", "wb", opener=_for_owner) as letter:
            letter.write(content)
        return "250 kept"


class MailServer(Controller):
    """`with MailServer(folder) as server: …`; with port 0 a free one is taken, told by `server.port`."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.keeper = Keeper(folder)
        super().__init__(self.keeper, hostname="127.0.0.1", port=port or _free_port())

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def letters(self) -> list[bytes]:
        """Every letter kept, in the order they came."""
        return [file.read_bytes() for file in sorted(self.keeper.folder.glob("*.eml"))]


def _free_port() -> int:
    """aiosmtpd connects to itself to see whether it runs, so the port must be known before."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
