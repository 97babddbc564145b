"""The daemon: `zPING`, `zVERSION`, `zINSTREAM`, with the refusals of the real one (clamd(8))."""

import socketserver
import struct
import threading
import time
from datetime import UTC, datetime

#: What it finds, and under which name. Not the test file of EICAR: no scanner on the way shall delete this source.
SIGNATURE, NAME = b"MOTCUA-SIMULATED-MALWARE", "Motcua.Simulated-1"


class ClamdSimulator:
    """`with ClamdSimulator() as scanner: scanner.address`.

    `largest`: bytes of a stream it takes (`StreamMaxLength`). `signed_at`: the day of its signatures, None for a database that
    has none. `fault`: empty, `mute` (takes everything, answers nothing), `cut` (closes the line within the stream), `rubbish`,
    `limits` (did not look at everything and says so).
    """

    def __init__(self, port: int = 0) -> None:
        self.largest = 25 << 20
        self.signed_at: datetime | None = datetime.now(UTC)
        self.fault = ""
        self.asked: list[str] = []
        simulator = self

        class Handler(_Handler):
            scanner = simulator

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def version(self) -> str:
        if self.signed_at is None:
            return "ClamAV 1.4.3"
        return f"ClamAV 1.4.3/27800/{self.signed_at:%a %b %e %H:%M:%S %Y}"

    def __enter__(self) -> "ClamdSimulator":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(socketserver.StreamRequestHandler):
    scanner: ClamdSimulator

    def handle(self) -> None:
        command = self._command()
        self.scanner.asked.append(command)
        if self.scanner.fault == "mute":
            time.sleep(5)
            return
        if self.scanner.fault == "rubbish":
            self.wfile.write(b"220 mail.example.vn ESMTP\r\n")
        elif command == "zPING":
            self._say("PONG")
        elif command == "zVERSION":
            self._say(self.scanner.version())
        elif command == "zINSTREAM":
            self._say(self._judged())
        else:
            self._say("UNKNOWN COMMAND")

    def _say(self, words: str) -> None:
        if words:
            self.wfile.write(words.encode() + b"\0")

    def _command(self) -> str:
        word = b""
        while (byte := self.rfile.read(1)) not in (b"", b"\0"):
            word += byte
        return word.decode("ascii", "replace")

    def _judged(self) -> str:
        content = b""
        while True:
            head = self.rfile.read(4)
            if len(head) < 4:
                return ""
            (size,) = struct.unpack(">L", head)
            if size == 0:
                break
            if self.scanner.fault == "cut":
                return ""
            content += self.rfile.read(size)
            if len(content) > self.scanner.largest:
                return "INSTREAM size limit exceeded. ERROR"
        if self.scanner.fault == "limits":
            return "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
        return f"stream: {NAME} FOUND" if SIGNATURE in content else "stream: OK"
