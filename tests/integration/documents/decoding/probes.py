"""What a decoder that was taken over would try. Run in a decoding process."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from motcua.documents.errors import FileDamaged


def echo(*streams: IO[bytes], word: str) -> list[str]:
    return [word, *(stream.read().decode() for stream in streams)]


def refuse(filename: str) -> None:
    raise FileDamaged(filename=filename)


def spin() -> None:
    while True:
        pass


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def eat(mebibytes: int) -> int:
    return len(bytes(mebibytes << 20))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def write(folder: str, mebibytes: int) -> None:
    with (Path(folder) / "written").open("wb") as file:
        for _ in range(mebibytes):
            file.write(bytes(1 << 20))


def open_many(count: int) -> int:
    return len([open(os.devnull, "rb") for _ in range(count)])


def call_out(port: int) -> str:
    """By each kind of socket; the names of the refusals."""
    said = []
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family).close()
            said.append("opened")
        except OSError as error:
            said.append(type(error).__name__)
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        said.append("connected")
    except OSError as error:
        said.append(type(error).__name__)
    return " ".join(said)


def run_program() -> str:
    try:
        return subprocess.run(
            [sys.executable, "-c", "print(1)"], capture_output=True, check=True
        ).stdout.decode()
    except OSError as error:
        return type(error).__name__


def leave_group(note: str) -> str:
    """A child that tries to outlive its parent; its number goes into `note`."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
        except OSError:
            Path(note).write_text(str(os.getpid()))
        time.sleep(600)
    while not Path(note).exists():
        time.sleep(0.01)
    return "left"


def environment() -> list[str]:
    return sorted(os.environ)


def too_long(size: int) -> str:
    return "x" * size


def another_type() -> int:
    return 7
