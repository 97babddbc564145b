"""The whole installation on an embedded database: ready, hurt, recovered, stopped."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.cli.cluster import Cluster
from motcua.cli.cluster.postmaster import free_port, read

pytestmark = [pytest.mark.machine, pytest.mark.slow, pytest.mark.xdist_group("cluster")]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-server-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def environment(data_dir: Path) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DATABASE_URL"))
    }
    return inherited | {"MOTCUA_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "motcua.settings.base"}


def answer(port: int) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=3) as response:
            return int(response.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def until(question: Callable[[], bool], within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.1)
    return False


def roles_at_work(data_dir: Path) -> set[str]:
    """Who is connected, but for ourselves."""
    with psycopg.connect(Cluster(data_dir / "postgres").url) as database:
        found = database.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'motcua' AND pid <> pg_backend_pid()"
        ).fetchall()
    return {str(name) for (name,) in found}


def test_one_command_serves_recovers_and_leaves_nothing_behind(data_dir: Path) -> None:
    port = free_port(8199)
    log = (data_dir / "server.out").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "motcua", "server", "--port", str(port)],
        env=environment(data_dir),
        stdout=log,
        stderr=log,
    )
    try:
        assert until(lambda: answer(port) == 200 or server.poll() is not None, 120), "never ready"
        assert server.poll() is None, (data_dir / "server.out").read_text()[-3000:]

        second = subprocess.run(
            [sys.executable, "-m", "motcua", "server", "--port", str(free_port(8198))],
            env=environment(data_dir),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert f"process {server.pid}" in second.stderr

        assert roles_at_work(data_dir) == {"motcua_serving"}, "web and workers own nothing"

        database = read(data_dir / "postgres" / "data")
        assert database is not None
        os.kill(database.pid, signal.SIGKILL)
        assert until(lambda: "was started again" in (data_dir / "server.out").read_text(), 30)
        assert until(lambda: answer(port) == 200, 15), "the site did not find its database again"
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(60)
        log.close()
    assert code == 0
    assert answer(port) == 0
    assert not (data_dir / "postgres" / "data" / "postmaster.pid").exists()
