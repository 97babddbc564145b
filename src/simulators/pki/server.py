"""HTTP face of the authority: OCSP, CRL and time stamps as in the standards, plus enrolment and injected faults."""

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from simulators.pki.authority import ARCHITECTURE, Authority


class PkiApplication:
    """WSGI application. ``faults`` maps a service (``tsa``, ``ocsp``, ``crls``) to ``hang:SECONDS``, ``down``, ``garbage``."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.faults: dict[str, str] = {}
        self.requests: list[str] = []
        self._lock = threading.Lock()
        self.refresh()

    def refresh(self) -> None:
        """Serve what the authority holds now."""
        store = AnimatorArchStore({ArchLabel(ARCHITECTURE): self.authority.architecture})
        self._animator = Animator(store, with_web_ui=False)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        response = self._answer(request)
        if response is None:
            return self._animator(environ, start_response)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response | None:
        self.requests.append(request.path)
        if request.path == "/health":
            return Response("ok")
        if request.path == "/trust.pem":
            parts = sorted(self.authority.trust_path.iterdir())
            return Response(b"".join(part.read_bytes() for part in parts), mimetype="application/x-pem-file")
        if request.path == "/control/enrol" and request.method == "POST":
            return self._enrol(json.loads(request.get_data()))
        if request.path == "/control/revoke" and request.method == "POST":
            return self._revoke(json.loads(request.get_data()))
        if request.path == "/control/faults" and request.method == "POST":
            self.faults = json.loads(request.get_data())
            return Response(status=204)
        return self._fault(request.path)

    def _enrol(self, order: dict[str, Any]) -> Response:
        with self._lock:
            der = self.authority.enrol(
                order["label"], subject=order["subject"], public_key_pem=order["public_key_pem"].encode()
            )
            self.refresh()
        return Response(der, mimetype="application/pkix-cert")

    def _revoke(self, order: dict[str, Any]) -> Response:
        with self._lock:
            self.authority.revoke(order["label"], datetime.now(UTC))
            self.refresh()
        return Response(status=204)

    def _fault(self, path: str) -> Response | None:
        service = next((name for name in self.faults if f"/{name}/" in path), None)
        if service is None:
            return None
        fault, _, seconds = self.faults[service].partition(":")
        if fault == "hang":
            time.sleep(float(seconds))
            return Response(status=504)
        return Response(
            b"not what was asked for" if fault == "garbage" else b"",
            status=200 if fault == "garbage" else 503,
        )


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are kept in ``PkiApplication.requests``; the console stays readable."""


class PkiServer:
    """The authority on a loopback port, for as long as the ``with`` block lasts."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", port, _not_yet, threaded=True, request_handler=_Quiet
        )
        self.authority = Authority(folder, f"http://127.0.0.1:{self._server.server_port}")
        self.application = PkiApplication(self.authority)
        self._server.app = self.application
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def serve_forever(self) -> None:
        self._server.serve_forever()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _not_yet(environ: dict[str, Any], start_response: Any) -> Any:
    return Response("starting", status=503)(environ, start_response)
