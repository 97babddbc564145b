"""The server: one address, numbers kept in a file so that a repeated request gets the same one."""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from simulators.loopback import Loopback

TOKEN = "simulated"
_DAY = re.compile(r"(?P<century>\d\d)(?P<year>\d\d)-\d\d-\d\d")


class Register:
    """What was given to whom."""

    def __init__(self, folder: Path, province: str = "040") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file, self._province, self._lock = folder / "numbers.json", province, threading.Lock()

    def answer(self, asked: dict[str, Any]) -> tuple[int, dict[str, str]]:
        """Status and body, as the protocol has them."""
        wanted = ("request_id", "full_name", "birth_on", "sex", "place_of_registration")
        if not all(isinstance(asked.get(name), str) and asked[name] for name in wanted):
            return 422, {"code": "incomplete", "detail": "thiếu thông tin bắt buộc"}
        day = _DAY.fullmatch(asked["birth_on"])
        if day is None or asked["sex"] not in ("male", "female"):
            return 422, {"code": "unreadable", "detail": "ngày sinh hoặc giới tính không đúng"}
        if asked["full_name"].startswith("Từ Chối"):
            return 409, {"code": "duplicate", "detail": "trẻ đã có số định danh"}
        if asked["full_name"].startswith("Chậm"):
            time.sleep(3)
        sex = asked["sex"] == "female"
        if asked["full_name"].startswith("Sai Số"):
            sex = not sex
        number = self._number(asked["request_id"], 2 * (int(day["century"]) - 19) + sex, day["year"])
        return 201, {"request_id": asked["request_id"], "personal_number": number}

    def _number(self, request_id: str, century: int, year: str) -> str:
        with self._lock:
            given: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
            if request_id not in given:
                given[request_id] = f"{self._province}{century}{year}{len(given) + 1:06d}"
                self._file.write_text(json.dumps(given))
            return given[request_id]


class PopulationServer(Loopback):
    """`with PopulationServer(folder) as server: …`; with port 0 a free one is taken, told by `server.url`."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        register = Register(folder)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                if self.path != "/v1/personal-numbers":
                    return self._say(404, {"code": "unknown", "detail": "không có dịch vụ này"})
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    return self._say(403, {"code": "forbidden", "detail": "không có quyền hỏi"})
                try:
                    asked = json.loads(
                        self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 65536))
                    )
                except ValueError:
                    asked = None
                if not isinstance(asked, dict):
                    return self._say(422, {"code": "unreadable", "detail": "không phải JSON"})
                if str(asked.get("full_name", "")).startswith("Sập"):
                    self.close_connection = True
                    return None
                return self._say(*register.answer(asked))

            def _say(self, status: int, body: dict[str, str]) -> None:
                content = json.dumps(body, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Names of children are nothing for a log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
