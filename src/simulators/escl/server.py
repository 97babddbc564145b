"""The scanner: capabilities, jobs, sheets from a stack laid into its feeder."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

_CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Simulated Scanner 3000</pwg:MakeAndModel>
<scan:Adf><scan:AdfSimplexInputCaps><scan:SettingProfiles><scan:SettingProfile><scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>600</scan:XResolution><scan:YResolution>600</scan:YResolution></scan:DiscreteResolution>
</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles></scan:AdfSimplexInputCaps>
<scan:AdfDuplexInputCaps/></scan:Adf></scan:ScannerCapabilities>"""


class ScannerSimulator:
    """`with ScannerSimulator() as scanner: scanner.load([...]); scanner.url`.

    `fault`: empty, `busy` (503 to every job), `busy:N` (N times, then ready), `jam:N` (500 after N sheets), `cut:N` (the line
    drops within sheet N), `slow` (each sheet is 503 once before it comes), `rubbish` (capabilities are no XML).
    """

    def __init__(self, port: int = 0) -> None:
        self.feeder: list[bytes] = []
        self.fault = ""
        self.jobs: dict[str, int] = {}
        self.cancelled: list[str] = []
        self.asked: list[bytes] = []
        self.refused = 0
        self.made_wait: set[tuple[str, int]] = set()
        simulator = self

        class Handler(_Handler):
            scanner = simulator

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/eSCL"

    def load(self, sheets: list[bytes]) -> None:
        """Lay sheets (JPEG) into the feeder."""
        self.feeder = list(sheets)

    def __enter__(self) -> "ScannerSimulator":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    scanner: ScannerSimulator
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        if self.path == "/eSCL/ScannerCapabilities":
            body = b"<html>not xml" if self.scanner.fault == "rubbish" else _CAPABILITIES.encode()
            self._answer(200, body, "text/xml")
        elif self.path.endswith("/NextDocument"):
            self._next(self.path.split("/")[-2])
        else:
            self._answer(404)

    def do_POST(self) -> None:
        scanner = self.scanner
        scanner.asked.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        times = int(scanner.fault[5:]) if scanner.fault.startswith("busy:") else None
        if scanner.fault == "busy" or (times is not None and scanner.refused < times):
            scanner.refused += 1
            self._answer(503)
        elif not scanner.feeder:
            self._answer(409)
        else:
            job = uuid4().hex
            scanner.jobs[job] = 0
            self._answer(201, location=f"{scanner.url}/ScanJobs/{job}")

    def do_DELETE(self) -> None:
        self.scanner.cancelled.append(self.path.rsplit("/", 1)[-1])
        self._answer(200)

    def _next(self, job: str) -> None:
        scanner = self.scanner
        given = scanner.jobs.get(job)
        name, _, number = scanner.fault.partition(":")
        if given is None or not scanner.feeder:
            self._answer(404)
        elif name == "slow" and (job, given) not in scanner.made_wait:
            scanner.made_wait.add((job, given))
            self._answer(503)
        elif name == "jam" and given == int(number):
            self._answer(500)
        else:
            sheet = scanner.feeder[0]
            if name == "cut" and given == int(number):
                self._answer(200, sheet[: len(sheet) // 2], "image/jpeg", length=len(sheet))
                self.close_connection = True
                return
            scanner.feeder.pop(0)
            scanner.jobs[job] = given + 1
            self._answer(200, sheet, "image/jpeg")

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "", *, location: str = "", length: int | None = None
    ) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
