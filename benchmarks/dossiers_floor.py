"""The floor: the very SQL statements of an operation, replayed by pgbench with new identifiers and random rows."""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from benchmarks.dossiers_work import CLIENTS, Call

_PASSAGE = re.compile(r"""(INSERT INTO "dossiers_passage" \([^)]*\) VALUES \('[^']*', '[^']*', )'\d+'""")
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_UUIDS = re.compile(r"'\{([0-9a-f,-]{32,})\}'::uuid\[\]")
_began = int(time.time() * 1000)
#: A new identifier in the order of time for each run of the script; `n` tells the script's identifiers apart.
_FRESH = "encode(int8send((extract(epoch from now()) * 1000000)::bigint) || int4send(:r) || int4send({n}), 'hex')::uuid"


@dataclass(frozen=True, slots=True)
class Captured:
    """The statements of one call as they reached the database."""

    statements: tuple[str, ...]


def capture(call: Call, *, warm: Call | None = None) -> Captured:
    """Send a request inside this process and note its SQL. Needs Django."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost", raise_request_exception=True)
    send(client, warm or call)
    with CaptureQueriesContext(connection) as queries:
        answer = send(client, call)
    if answer.status_code != call[4]:
        raise SystemExit(f"{call[0]} {call[1]}: {answer.status_code} {answer.content[:300]!r}")
    return Captured(tuple(query["sql"] for query in queries))


def send(client: Any, call: Call) -> Any:
    method, path, key, body, _, _ = call
    headers = {"authorization": f"Bearer {key}"}
    if method == "GET":
        return client.get(path, headers=headers)
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def replayed(target: str, scripts: Sequence[tuple[str, ...]], seconds: int) -> float | None:
    """Transactions a second of pgbench with as many clients as the load; one script is picked at random each time."""
    url = urlsplit(target)
    with tempfile.TemporaryDirectory() as folder:
        argv = ["pgbench", "-n", "-c", str(CLIENTS), "-j", "1", "-T", str(seconds), "-M", "simple"]
        for number, statements in enumerate(scripts):
            path = Path(folder) / f"{number}.sql"
            path.write_text(_script(statements), encoding="utf-8")
            argv += ["-f", str(path)]
        argv += ["-h", str(url.hostname), "-p", str(url.port), "-U", str(url.username), url.path[1:]]
        environment = {"PGPASSWORD": url.password or "", "PATH": "/usr/bin:/bin:/usr/lib/postgresql/15/bin"}
        said = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", said.stdout)
    if found is None or "failed" in said.stderr or "aborted" in said.stderr:
        print(f"pgbench: {said.stderr[-600:]}", file=sys.stderr)
        return None
    return float(found[1])


def _script(statements: Sequence[str]) -> str:
    """Statements as a pgbench script: every identifier that the operation itself made is made anew."""
    text = "\n".join(statement.strip() + ";" for statement in statements)
    text = re.sub(_PASSAGE, r"\g<1>:r", text)
    text = _UUIDS.sub(lambda found: f"ARRAY[{_quoted(found[1])}]::uuid[]", text)
    for number, key in enumerate(sorted({key.replace("-", "") for key in _made(statements)})):
        fresh = _FRESH.format(n=number)
        for shape in (key, str(UUID(key))):
            text = text.replace(f"'{shape}'::uuid", f"({fresh})").replace(f"'{shape}'", f"({fresh})")
    # Codes, request keys and numbers of passages are unique: each run takes its own.
    text = re.sub(r"'(H99\.\d\d-\d{6}-)\d+'", r"('\g<1>' || 100000 + :r)", text)
    text = re.sub(r"'bench-[0-9a-f-]+'", "'bench-' || :r", text)
    text = re.sub(r'SAVEPOINT "[^"]+"', "SAVEPOINT mine", text)
    return f"\\set r random(1, 2000000000)\n{text}\n"


def _made(statements: Sequence[str]) -> set[str]:
    """Identifiers that the operation made itself: those whose time (UUID version 7) is not before the capture."""
    text = "\n".join(statements)
    return {found[0] for found in _UUID.finditer(text) if int(found[0].replace("-", "")[:12], 16) >= _began}


def _quoted(keys: str) -> str:
    return ", ".join(f"'{key}'" for key in keys.split(","))
