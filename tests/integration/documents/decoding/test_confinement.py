"""A decoding process can do nothing but answer, and not for long."""

import os
import socket
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.documents.adapters.decoding import Limits, Task, decode
from motcua.documents.adapters.decoding.programs import run_program
from motcua.documents.errors import DecodersBusy, DecodingRefused, FileDamaged
from motcua.kernel.errors import Kind

_HERE = "tests.integration.documents.decoding.probes"


def probe(name: str, returns: object = str, **limits: object) -> Task[object]:
    return Task(f"{_HERE}:{name}", returns, Limits(**{"seconds": 5.0, **limits}))  # type: ignore[arg-type]  # any type may be asked for


def test_the_answer_comes_back_whole(tmp_path: Path) -> None:
    on_disk = tmp_path / "given"
    on_disk.write_text("ba")
    with on_disk.open("rb") as file:
        said = decode(probe("echo", list[str]), b"m\xe1\xbb\x99t", BytesIO(b"hai"), file, word="không")
    assert said == ["không", "một", "hai", "ba"]


def test_a_refusal_is_the_same_refusal() -> None:
    with pytest.raises(FileDamaged) as caught:
        decode(probe("refuse"), filename="a.pdf")
    assert caught.value.params == {"filename": "a.pdf"}


@pytest.mark.parametrize(
    ("name", "arguments", "limits", "why"),
    [
        ("spin", {}, {"seconds": 1.0}, "time"),
        ("sleep", {"seconds": 60}, {"seconds": 1.0}, "time"),
        ("eat", {"mebibytes": 600}, {"memory": 200 << 20}, "memory"),
        ("crash", {}, {}, "crash"),
        ("open_many", {"count": 100}, {"open_files": 40}, "crash"),
        ("too_long", {"size": 100_000}, {"answer": 10_000}, "answer"),
        ("another_type", {}, {}, "answer"),
    ],
)
def test_who_takes_too_much_is_ended(
    name: str, arguments: dict[str, object], limits: dict[str, object], why: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(DecodingRefused) as caught:
        decode(probe(name, **limits), **arguments)
    assert caught.value.params["why"] == why
    assert time.monotonic() - begun < 5.0
    assert decode(probe("echo", list[str]), word="sau đó") == ["sau đó"]


def test_no_file_grows_beyond_its_limit(tmp_path: Path) -> None:
    with pytest.raises(DecodingRefused) as caught:
        decode(probe("write", written=3 << 20), folder=str(tmp_path), mebibytes=20)
    assert caught.value.params["why"] == "written"
    assert (tmp_path / "written").stat().st_size <= 3 << 20


def test_no_network_and_no_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert decode(probe("call_out"), port=port) == " ".join(["PermissionError"] * 3)
        assert decode(probe("call_out", may_ask_network=True), port=port) == "opened opened connected"
    assert decode(probe("run_program")) == "PermissionError"
    assert decode(probe("run_program", may_run_programs=True, memory=2 << 30)) == "1\n"


def test_nobody_stays_behind(tmp_path: Path) -> None:
    note = tmp_path / "number"
    assert decode(probe("leave_group"), note=str(note)) == "left"
    left = int(note.read_text())
    assert _is_gone(left)


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_no_secret_is_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told = decode(probe("environment", list[str]))
    assert isinstance(told, list)
    assert "MOTCUA_SECRET_KEY" in os.environ
    assert not [name for name in told if name.startswith(("MOTCUA_", "DATABASE", "AWS_", "DJANGO"))]


def test_more_than_there_are_places_for_are_sent_away(settings: Settings) -> None:
    """Half of the places are the strangers': the desks' remain."""
    strangers = probe("sleep", is_stranger=True, seconds=10.0)
    refused: list[DecodersBusy] = []

    def ask() -> None:
        try:
            decode(strangers, seconds=2.0)
        except DecodersBusy as busy:
            refused.append(busy)

    threads = [threading.Thread(target=ask) for _ in range(settings.MOTCUA_DECODERS)]
    for thread in threads:
        thread.start()
    assert decode(probe("echo", list[str]), word="bàn tiếp nhận") == ["bàn tiếp nhận"]
    for thread in threads:
        thread.join()
    assert len(refused) == settings.MOTCUA_DECODERS // 2
    assert {busy.kind for busy in refused} == {Kind.BUSY}


def test_whoever_waits_for_a_place_leaves_a_thread_for_pages() -> None:
    """Of four threads of a web process three may be with files, waiting or not; the fourth is told at once."""
    from motcua.documents.adapters.decoding.pool import _Pool

    pool = _Pool(most=2, inside=3)
    slow = probe("sleep", seconds=20.0)
    refused: list[float] = []
    done: list[object] = []

    def ask() -> None:
        begun = time.monotonic()
        try:
            done.append(pool.decode(slow, (), {"seconds": 1.5}))
        except DecodersBusy:
            refused.append(time.monotonic() - begun)

    pool.warm_up()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 3
    assert len(refused) == 1
    assert refused[0] < 0.5


def test_a_dead_parent_is_replaced() -> None:
    from motcua.documents.adapters.decoding import pool

    decode(probe("echo", list[str]), word="một")
    parent = pool._pool()._parent
    assert parent is not None
    parent.kill()
    parent.wait()
    assert decode(probe("echo", list[str]), word="hai") == ["hai"]


def test_a_converter_ends_with_everything_it_started(tmp_path: Path) -> None:
    note = tmp_path / "number"
    shell = f"sleep 600 & echo $! > {note}; sleep 600"
    with pytest.raises(subprocess.TimeoutExpired):
        run_program(["sh", "-c", shell], Limits(seconds=1.0, memory=1 << 30))
    assert _is_gone(int(note.read_text()))
    with pytest.raises(subprocess.CalledProcessError):
        run_program([sys.executable, "-c", "bytes(1 << 30)"], Limits(seconds=20.0, memory=512 << 20))


def test_a_converter_asks_no_network(tmp_path: Path) -> None:
    """Nor does what it starts; sockets of the file system stay, libraries talk to themselves through them."""
    code = (
        "import socket, subprocess, sys\n"
        "said = []\n"
        "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        "    try:\n"
        "        socket.socket(family).close(); said.append('open')\n"
        "    except PermissionError:\n"
        "        said.append('shut')\n"
        "open(sys.argv[1], 'w').write(' '.join(said))\n"
    )
    told, told_by_child = tmp_path / "told", tmp_path / "child"
    run_program([sys.executable, "-c", code, str(told)], Limits(seconds=20.0, memory=1 << 30))
    script = f'{sys.executable} -c "$0" {told_by_child}'
    run_program(["sh", "-c", script, code], Limits(seconds=20.0, memory=1 << 30))
    assert told.read_text() == told_by_child.read_text() == "shut shut open"
