"""A small client of the API, as a program of another office would write one."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, Any

_PIECE = 64 << 10


@dataclass(frozen=True, slots=True)
class Client:
    """Calls with one key; a refusal is told in its own words."""

    base_url: str
    key: str

    def get(self, path: str) -> Any:
        return json.loads(self.fetch(path) or b"null")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return json.loads(self._call("POST", path, json.dumps(body).encode(), "application/json"))

    def fetch(self, path: str) -> bytes:
        return self._call("GET", path)

    def upload(self, filename: str, content: IO[bytes]) -> Any:
        """Send a file in pieces, as over a bad line."""
        data = content.read()
        upload = self.post("/api/v1/uploads", {"filename": filename, "size": len(data)})
        offset = 0
        while offset < len(data):
            piece = data[offset : offset + _PIECE]
            path = f"/api/v1/uploads/{upload['id']}?offset={offset}"
            offset = json.loads(self._call("PATCH", path, piece, "application/octet-stream"))["offset"]
        return self.post(f"/api/v1/uploads/{upload['id']}/finish", {})

    def _call(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        headers = {"Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if kind:
            headers["Content-Type"] = kind
        request = urllib.request.Request(  # noqa: S310 - the address of our own site
            self.base_url.rstrip("/") + path, data=body, headers=headers, method=method
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as refusal:
            told = refusal.read().decode(errors="replace")[:600]
            raise RuntimeError(f"{method} {path} → {refusal.code}: {told}") from None
