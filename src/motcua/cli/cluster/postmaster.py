"""What the files of a data folder tell about the server that works (or worked) in it."""

import os
import random
import socket
from dataclasses import dataclass
from pathlib import Path

# Below the range from which the system takes ports for outgoing connections (32768 and up on Linux).
_PORTS = range(20_000, 32_000)


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The first process of a server, as its `postmaster.pid` describes it."""

    pid: int
    port: int
    is_ready: bool

    @property
    def is_alive(self) -> bool:
        """Is the process really a living PostgreSQL, and not a zombie or a stranger with a recycled number?"""
        return _state_of(self.pid) not in {"", "Z", "X"} and _name_of(self.pid).startswith("postgres")


def read(data: Path) -> Postmaster | None:
    """The server that works in this data folder; None when there is none or what names it is half-written.

    A copied folder may hold the `postmaster.pid` of the original: the file says in which folder its server works.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        if Path(lines[1]).resolve() != data.resolve():
            return None
        return Postmaster(
            int(lines[0]), int(lines[3]), is_ready=len(lines) > 7 and lines[7].strip() == "ready"
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def clear_stale(data: Path) -> bool:
    """Remove a `postmaster.pid` whose number now belongs to a stranger, as after a restarted container.

    PostgreSQL clears the other cases by itself. Nothing is removed while any process works in the data folder.
    """
    found = read(data)
    is_of_another_folder = found is None and (data / "postmaster.pid").exists()
    if not is_of_another_folder and (
        found is None or _state_of(found.pid) in {"", "Z", "X"} or _name_of(found.pid).startswith("postgres")
    ):
        return False
    if _anybody_works_in(data):
        return False
    (data / "postmaster.pid").unlink(missing_ok=True)
    return True


def free_port(preferred: int) -> int:
    """The preferred loopback port when nobody holds it, else a free one that no outgoing connection will take."""
    for port in (preferred, *random.sample(_PORTS, 50)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port on the loopback address")


def _state_of(pid: int) -> str:
    """The kernel's letter for the state of a process; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _anybody_works_in(data: Path) -> bool:
    """Every process of a PostgreSQL server has the data folder as its working folder."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "cwd") == str(data.resolve()):
                    return True
            except OSError:
                continue
    return False
