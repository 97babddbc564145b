"""Transfers as a client of the tus protocol speaks."""

import base64
from typing import Any

from django.test import Client

OCTETS = "application/offset+octet-stream"


def tus(client: Client, method: str, address: str, content: bytes = b"", /, **headers: str) -> Any:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = OCTETS if method == "PATCH" else "text/plain"
    return client.generic(
        method, address, content, content_type=kind, headers={"Tus-Resumable": "1.0.0", **given}
    )


def opened(client: Client, address: str, size: int, name: str) -> str:
    """Open a transfer; the address of it."""
    named = f"filename {base64.b64encode(name.encode()).decode()},filetype YQ=="
    answer = tus(client, "POST", address, Upload_Length=str(size), Upload_Metadata=named)
    assert answer.status_code == 201, answer.content
    return str(answer.headers["Location"])
