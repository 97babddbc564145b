"""The server as a context manager: HTTP in, what was taken in a SQLite file that survives it."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from simulators.loopback import Loopback
from simulators.tax.checking import Refusal, Summary, read, roots_in

MODES = frozenset({"normal", "slow", "down", "lying", "deaf"})
_MOST = 20_000_000
_VIETNAM = timezone(timedelta(hours=7))
_TABLE = """
CREATE TABLE IF NOT EXISTS taken (
  key TEXT PRIMARY KEY, digest TEXT NOT NULL, code TEXT NOT NULL, agency TEXT NOT NULL, year INTEGER NOT NULL,
  day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, total INTEGER NOT NULL, at TEXT NOT NULL
)
"""


def _today() -> date:
    return datetime.now(UTC).astimezone(_VIETNAM).date()


class TaxAuthority(Loopback):
    """Runs for as long as the ``with`` block lasts. `today` may be replaced to try days gone by."""

    def __init__(self, data: Path, trust: Path, port: int = 0, today: Callable[[], date] = _today) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.file, self.trust, self.today = data / "taken.sqlite3", trust, today
        self.mode, self.refused = "normal", 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        with self._open() as db:
            db.execute(_TABLE)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file)

    def state(self) -> dict[str, Any]:
        """Everything that was taken, and how often something was refused."""
        with self._open() as db:
            rows = db.execute(
                "SELECT agency, year, day, first, last, total, code FROM taken ORDER BY agency, year, first"
            ).fetchall()
        names = ("agency", "year", "day", "first", "last", "total", "code")
        return {
            "mode": self.mode,
            "refused": self.refused,
            "taken": [dict(zip(names, row, strict=True)) for row in rows],
        }

    def take(self, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
        """One summary: the status and the answer."""
        try:
            summary = read(body, roots_in(self.trust))
            with self._lock, self._open() as db:
                code = self._keep(db, summary, key)
        except Refusal as refusal:
            self.refused += 1
            return refusal.status, {"code": refusal.code, "reason": refusal.reason}
        digest = hashlib.sha256(summary.signed).hexdigest()
        return 200, {"code": code, "sha256": digest}

    def _keep(self, db: sqlite3.Connection, summary: Summary, key: str) -> str:
        content = hashlib.sha256(repr((summary.agency, summary.day, summary.numbers, summary.total)).encode())
        before = db.execute("SELECT digest, code FROM taken WHERE key = ?", (key,)).fetchone()
        if before is not None:
            if before[0] != content.hexdigest():
                raise Refusal("key_used", "the key was used for another content", 409)
            return str(before[1])
        (last,) = db.execute(
            "SELECT coalesce(max(last), 0) FROM taken WHERE agency = ? AND year = ?",
            (summary.agency, summary.year),
        ).fetchone()
        # A series begins at 1, or in the year of the change-over at the number declared once and for all.
        last = last or summary.begins_at - 1
        if summary.numbers[0] <= last:
            raise Refusal("double", f"number {summary.numbers[0]} was reported already")
        if summary.numbers[0] != last + 1:
            raise Refusal("gap", f"expected number {last + 1}")
        if summary.day > self.today():
            raise Refusal("early", "the day has not come")
        if summary.day < self.today() and not summary.is_explained:
            raise Refusal("late", "a day gone by without a word on why")
        code = f"CQT-{content.hexdigest()[:12].upper()}"
        db.execute(
            "INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                content.hexdigest(),
                code,
                summary.agency,
                summary.year,
                summary.day.isoformat(),
                summary.numbers[0],
                summary.numbers[-1],
                summary.total,
                datetime.now(UTC).isoformat(),
            ),
        )
        return code

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(200, authority.state() if self.path == "/state" else {"is_up": True})

            def do_POST(self) -> None:
                asked = urlsplit(self.path)
                length = min(int(self.headers.get("Content-Length") or 0), _MOST)
                body = self.rfile.read(length)
                if asked.path == "/control":
                    mode = parse_qs(asked.query).get("mode", [""])[0]
                    authority.mode = mode if mode in MODES else authority.mode
                    self._answer(200, {"mode": authority.mode})
                elif asked.path != "/summaries" or not self.headers.get("Idempotency-Key"):
                    self._answer(400, {"code": "what", "reason": "POST /summaries with an Idempotency-Key"})
                else:
                    self._summary(body)

            def _summary(self, body: bytes) -> None:
                if authority.mode == "down":
                    self._answer(503, {})
                    return
                if authority.mode == "slow":
                    time.sleep(2)
                status, answer = authority.take(body, str(self.headers["Idempotency-Key"]))
                if authority.mode == "deaf":
                    self.close_connection = True
                    return
                if authority.mode == "lying" and status == 200:
                    answer = {**answer, "sha256": "0" * 64}
                self._answer(status, answer)

            def _answer(self, status: int, answer: dict[str, Any]) -> None:
                content = json.dumps(answer, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Silent: what was taken stands in the state."""

        return Handler
