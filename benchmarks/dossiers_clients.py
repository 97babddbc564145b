"""Eight clients in a process of their own, as lean as Python allows: keep-alive sockets, no library, no parsing.

usage: dossiers_clients.py WORK.json SECONDS     prints what was measured as JSON; only correct answers count

WORK: {"port", "scripts": [[[method, path, key, body, status, needle], ...] per client]}; a client repeats its script
when it has come to the end, unless "once" is true.
"""

import json
import resource
import socket
import sys
import threading
import time
from typing import Any


class Wire:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.kept = b""

    def ask(self, request: bytes) -> tuple[int, bytes]:
        self.socket.sendall(request)
        head, _, rest = self._until_head().partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(rest) < length:
            rest += self._more()
        self.kept = rest[length:]
        return int(head[9:12]), rest[:length]

    def _until_head(self) -> bytes:
        found = self.kept
        while b"\r\n\r\n" not in found:
            found += self._more()
        return found

    def _more(self) -> bytes:
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the server hung up")
        return piece


def compiled(call: list[Any]) -> tuple[bytes, int, bytes]:
    """The bytes of a request, the status and the piece of text the answer must have."""
    method, path, key, body, status, needle = call
    sent = json.dumps(body).encode() if body is not None else b""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {key}",
        "Content-Type: application/json",
        f"Content-Length: {len(sent)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + sent, status, needle.encode()


def run(work: dict[str, Any], seconds: float) -> dict[str, Any]:
    scripts = [[compiled(call) for call in script] for script in work["scripts"]]
    took: list[list[float]] = [[] for _ in scripts]
    wrong: list[str] = []
    used = [0] * len(scripts)
    ready = threading.Barrier(len(scripts) + 1)
    before = time.process_time()

    def client(number: int) -> None:
        wire, script, mine, turn = Wire(work["port"]), scripts[number], took[number], 0
        ready.wait()
        end = time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            if turn == len(script) and work.get("once"):
                break
            request, status, needle = script[turn % len(script)]
            turn += 1
            got, body = wire.ask(request)
            if got == status and needle in body:
                mine.append(time.perf_counter() - began)
            else:
                wrong.append(f"{got} {body[:300]!r}")
        used[number] = turn

    threads = [threading.Thread(target=client, args=(number,)) for number in range(len(scripts))]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    every = sorted(moment for mine in took for moment in mine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": lasted,
        "times": every,
        "wrong": len(wrong),
        "complaint": wrong[:1],
        "used": used,
        "cpu": time.process_time() - before,
        "memory": peak,
    }


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    print(json.dumps(run(given, float(sys.argv[2]))))
