"""The provider on HTTP: its log-in page for people, its endpoints for programs, and `/control?mode=` for tests."""

import html
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from simulators.identity.people import PEOPLE
from simulators.identity.provider import Provider, Refused, Registered
from simulators.identity.tokens import FAULTS
from simulators.loopback import Loopback

_MODES = ("", "slow", "down", "mixed_up", *FAULTS)
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Định danh điện tử (giả lập)</title><body><h1>Định danh điện tử (giả lập)</h1>
<p>Không ai trong số này có thật. Chọn người đăng nhập:</p><form method="post">{fields}{people}
<p><button name="person" value="">Huỷ</button></p></form></body></html>"""


class IdentityServer(Loopback):
    """`with IdentityServer(...) as server: …`; with port 0 a free one is taken, told by `server.url`."""

    def __init__(
        self,
        *,
        port: int = 0,
        client_id: str = "motcua",
        client_secret: str = "simulated-secret-of-the-demo-client",  # noqa: S107 - of a simulator
        redirect_uris: tuple[str, ...] = (),
        log_out_uris: tuple[str, ...] = (),
    ) -> None:
        self._server = _Server(("127.0.0.1", port), _Handler)
        client = Registered(client_id, client_secret, redirect_uris, log_out_uris=log_out_uris)
        self.provider = self._server.provider = Provider(self.url, client)


class _Server(ThreadingHTTPServer):
    provider: Provider


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), 65536)
        self._serve(
            dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True))
        )

    def _serve(self, posted: dict[str, str]) -> None:
        place, provider = urlsplit(self.path), self.server.provider
        asked = dict(parse_qsl(place.query, keep_blank_values=True))
        if place.path == "/control":
            provider.mode = asked.get("mode", "")
            return self._json({"mode": provider.mode}, 200 if provider.mode in _MODES else 400)
        if provider.mode == "down":
            self.close_connection = True
            return None
        if provider.mode == "slow":
            time.sleep(3)
        try:
            return self._answer(provider, place.path, asked, posted)
        except Refused as refused:
            status = 401 if refused.code in ("invalid_client", "invalid_token") else 400
            return self._json({"error": refused.code, "error_description": refused.description}, status)

    def _answer(self, provider: Provider, path: str, asked: dict[str, str], posted: dict[str, str]) -> None:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        match (self.command, path):
            case ("GET", "/.well-known/openid-configuration"):
                self._json(provider.metadata)
            case ("GET", "/oauth2/jwks"):
                self._json(provider.signer.published)
            case ("GET", "/oauth2/authorize"):
                provider.check_request(asked)
                self._page(_PAGE.format(fields=_hidden(asked), people=_people()))
            case ("POST", "/oauth2/authorize"):
                self._redirect(provider.answer(posted, posted.get("person", "")))
            case ("POST", "/oauth2/token"):
                self._json(provider.exchange(posted))
            case ("GET" | "POST", "/oauth2/userinfo"):
                self._json(provider.user_info(bearer))
            case ("POST", "/oauth2/introspect"):
                self._json(provider.introspect(posted))
            case ("GET", "/oidc/logout"):
                back = asked.get("post_logout_redirect_uri", "")
                if back not in provider.client.log_out_uris:
                    raise Refused("invalid_request", "địa chỉ trở về không đăng ký")
                self._redirect(back)
            case ("GET", "/health"):
                self._json({"ok": True})
            case _:
                self._json({"error": "not_found"}, 404)

    def _json(self, body: dict[str, Any], status: int = 200) -> None:
        self._say(status, "application/json; charset=utf-8", json.dumps(body, ensure_ascii=False).encode())

    def _page(self, text: str) -> None:
        self._say(200, "text/html; charset=utf-8", text.encode())

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Who logs in is nothing for a log."""


def _hidden(asked: dict[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in asked.items()
    )


def _people() -> str:
    names = {
        one.key: str(one.claims.get("TenDoanhNghiep") or one.claims["HoVaTen"]) for one in PEOPLE.values()
    }
    return "".join(
        f'<p><button name="person" value="{key}">{html.escape(name)} · mức {PEOPLE[key].level}</button></p>'
        for key, name in names.items()
    )
