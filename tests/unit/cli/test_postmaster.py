"""What a data folder tells about the server in it, and when a left-over lock file may go."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.cli.cluster import postmaster


def write_pid_file(data: Path, pid: int, *, status: str = "ready") -> Path:
    file = data / "postmaster.pid"
    file.write_text(f"{pid}\n{data}\n1700000000\n54320\n{data}\n127.0.0.1\n 1234 5\n{status}   \n")
    return file


def test_a_ready_server_is_read(tmp_path: Path) -> None:
    write_pid_file(tmp_path, 4242)
    found = postmaster.read(tmp_path)
    assert found is not None
    assert (found.pid, found.port, found.is_ready) == (4242, 54320, True)


@pytest.mark.parametrize("content", ["", "12\n", "12\n/data\n", "not a number\n/data\n1\n5432\n"])
def test_a_half_written_file_tells_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "postmaster.pid").write_text(content)
    assert postmaster.read(tmp_path) is None


def test_a_server_that_is_starting_is_not_ready(tmp_path: Path) -> None:
    write_pid_file(tmp_path, 4242, status="starting")
    found = postmaster.read(tmp_path)
    assert found is not None
    assert not found.is_ready


def test_a_stranger_with_the_number_is_no_server_and_the_file_goes(tmp_path: Path) -> None:
    file = write_pid_file(tmp_path, os.getpid())
    found = postmaster.read(tmp_path)
    assert found is not None
    assert not found.is_alive
    assert postmaster.clear_stale(tmp_path)
    assert not file.exists()


def test_the_file_stays_while_anybody_works_in_the_folder(tmp_path: Path) -> None:
    file = write_pid_file(tmp_path, os.getpid())
    backend = subprocess.Popen([sys.executable, "-c", "input()"], cwd=tmp_path, stdin=subprocess.PIPE)
    try:
        assert not postmaster.clear_stale(tmp_path)
        assert file.exists()
    finally:
        backend.communicate(b"\n")


def test_the_file_of_a_dead_process_is_left_to_postgresql(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    file = write_pid_file(tmp_path, gone.pid)
    assert not postmaster.clear_stale(tmp_path)
    assert file.exists()


def test_the_preferred_port_is_taken_when_free_and_left_when_not() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        chosen = postmaster.free_port(taken)
        assert chosen != taken
    assert postmaster.free_port(chosen) == chosen
