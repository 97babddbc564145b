"""What people wait for a page while others send files made to hurt.

usage: beside.py [--seconds 20] [--strangers 6] [--citizens 6] [--port 8911]

A real server (granian, one process of four threads, as installed) and a database of its own. One reader asks for pages, five a
second, first alone, then while strangers send files to the verification page and citizens upload office files of 1 MB that hold
1 GiB. Told: median, 95th percentile and longest wait of the reader, and what became of the files.
"""

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT), str(ROOT / "src")]

import dossiers_database as database  # noqa: E402 - after the path is set
from dossiers_server import site  # noqa: E402 - after the path is set

PAGES = ("/", "/tra-cuu/", "/kiem-tra/", "/thu-tuc/1.001193/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--strangers", type=int, default=6)
    parser.add_argument("--citizens", type=int, default=6)
    parser.add_argument("--port", type=int, default=8911)
    asked = parser.parse_args()
    os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-benchmarks")
    os.environ.setdefault("MOTCUA_QR_KEY", "only-for-benchmarks")
    os.environ["MOTCUA_LOOKUPS_PER_MINUTE"] = "1000000"
    with database.server() as server, tempfile.TemporaryDirectory(prefix="motcua-beside-") as folder:
        # Files, transfers and collected assets of this run only; the cluster stays where it is.
        os.environ["MOTCUA_DATA_DIR"] = folder
        # A number no other benchmark has: the name of its database ends in it.
        target = database.of_size(server, 1)
        database.make(server, target)
        try:
            key = _filled(target)
            with site(target, asked.port, 1, 4):
                _measure(asked, key)
        finally:
            database.drop(server, target)


def _filled(target: str) -> str:
    """The cast in the database; a key of a citizen."""
    os.environ["DATABASE_URL"] = target
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings.base"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from tests.cast import present_cast, settle_cast

    from motcua.directory import services as directory

    settle_cast()
    cast = present_cast()
    _, secret = directory.issue_api_token(
        actor=cast.quang, account_id=cast.account("hoa"), name="beside", life=timedelta(days=1)
    )
    connections.close_all()
    return secret


def _measure(asked: argparse.Namespace, key: str) -> None:
    from tests.factories import hostile_files as made

    files = {
        "anh.png": made.postscript(),
        "quet.tif": made.directories(40_000),
        "lon.jpg": made.jpeg(20_000, 20_000),
        "vong.pdf": made.pdf_of_pages_in_a_circle(),
        "sau.pdf": made.pdf_of_nested_arrays(200_000),
    }
    bomb = made.docx(1.0)
    _reader(asked.port, 3)  # statements and templates are compiled once
    _tell("alone", _reader(asked.port, asked.seconds))
    until = time.monotonic() + asked.seconds
    met: Counter[str] = Counter()
    slowest: list[float] = [0.0]

    def stranger(number: int) -> None:
        name, content = list(files.items())[number % len(files)]
        status, seconds = _post_file(asked.port, name, content)
        met[f"verification {name}: {status}"] += 1
        slowest[0] = max(slowest[0], seconds)

    def citizen(_number: int) -> None:
        status, seconds = _upload(asked.port, key, bomb)
        met[f"upload of a bomb: {status}"] += 1
        slowest[0] = max(slowest[0], seconds)

    threads = [_again(stranger, number, until) for number in range(asked.strangers)]
    threads += [_again(citizen, number, until) for number in range(asked.citizens)]
    _tell("beside", _reader(asked.port, asked.seconds))
    for thread in threads:
        thread.join(60)
    for what, count in sorted(met.items()):
        print(f"  {count:5} × {what}")
    print(f"  longest answer to one of these: {slowest[0]:.2f} s")


def _again(what: Callable[[int], None], number: int, until: float) -> threading.Thread:
    def run() -> None:
        while time.monotonic() < until:
            what(number)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def _reader(port: int, seconds: float) -> list[float]:
    """Waits in seconds, five requests a second, each on a connection of its own."""
    waits = []
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        began = time.monotonic()
        status, _ = _ask(port, "GET", PAGES[number % len(PAGES)])
        if status != 200:
            raise SystemExit(f"{PAGES[number % len(PAGES)]}: {status}")
        waits.append(time.monotonic() - began)
        number += 1
        time.sleep(max(0.0, 0.2 - waits[-1]))
    return waits


def _ask(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        line.request(method, path, body or None, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def _post_file(port: int, name: str, content: bytes) -> tuple[int, float]:
    """As a browser without a script posts it, with the token of the form."""
    token = "x" * 32
    boundary = uuid4().hex
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += content + f"\r\n--{boundary}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"csrftoken={token}; __Host-csrftoken={token}",
        "Origin": f"http://127.0.0.1:{port}",
    }
    began = time.monotonic()
    status, _ = _ask(port, "POST", "/kiem-tra/", body, headers)
    return status, time.monotonic() - began


def _upload(port: int, key: str, content: bytes) -> tuple[int, float]:
    """Begin, one piece, finish; the answer to the last."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    began = time.monotonic()
    status, said = _ask(
        port,
        "POST",
        "/api/v1/uploads",
        json.dumps({"filename": "don.docx", "size": len(content)}).encode(),
        headers,
    )
    if status != 201:
        return status, time.monotonic() - began
    upload = json.loads(said)["id"]
    headers["Content-Type"] = "application/octet-stream"
    _ask(port, "PATCH", f"/api/v1/uploads/{upload}?offset=0", content, headers)
    status, _ = _ask(port, "POST", f"/api/v1/uploads/{upload}/finish", b"{}", headers)
    return status, time.monotonic() - began


def _tell(what: str, waits: Sequence[float]) -> None:
    ordered = sorted(waits)
    middle, late = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    load = os.getloadavg()[0]
    print(
        f"{what:8} {len(waits)} pages at load {load:.1f}: median {middle * 1000:.0f} ms, "
        f"95 % {late * 1000:.0f} ms, longest {ordered[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
