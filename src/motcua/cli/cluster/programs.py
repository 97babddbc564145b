"""PostgreSQL's programs on this machine, and the unprivileged user they run as when we are root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.cli.cluster.errors import ClusterError

_DEBIAN = Path("/usr/lib/postgresql")
_OLDEST = 15


@dataclass(frozen=True, slots=True)
class Runner:
    """Who runs the server: ourselves, or (when we are root, whom PostgreSQL refuses) another user."""

    uid: int
    gid: int
    is_other: bool

    def owns(self, path: Path) -> None:
        """Give a file or folder to that user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def may_reach(self, folder: Path) -> bool:
        """Can that user go into the folder? No, for instance, under a home folder that is closed to others."""
        if not self.is_other:
            return True
        return self.run(["test", "-x", str(folder)]).returncode == 0

    def options(self) -> dict[str, Any]:
        """Arguments of `subprocess.Popen` that make a program run as this user, in an environment of its own."""
        who: dict[str, Any] = (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}
        )
        kept = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return {**who, "env": kept, "cwd": "/", "stdin": subprocess.DEVNULL}

    def run(self, argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a short program to its end as this user, and give back what it said."""
        return subprocess.run(argv, **self.options(), capture_output=True, text=True, check=False)


def runner() -> Runner:
    """Ourselves, or when we are root: `MOTCUA_POSTGRES_USER`, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid(), is_other=False)
    for name in (os.environ.get("MOTCUA_POSTGRES_USER"), "postgres", "nobody"):
        try:
            found = pwd.getpwnam(name) if name else None
        except KeyError:
            continue
        if found:
            return Runner(found.pw_uid, found.pw_gid, is_other=True)
    raise ClusterError("PostgreSQL does not run as root and this machine has no user `postgres` or `nobody`.")


def bin_dir(major: int | None = None) -> Path:
    """Where `initdb` and `postgres` are: `MOTCUA_POSTGRES_BIN`, else Debian's packages, else on the path.

    `major` is the version that an existing data folder was made with: only that one can open it.
    """
    given = os.environ.get("MOTCUA_POSTGRES_BIN")
    candidates = [Path(given)] if given else [*_debian(major), *_on_path()]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ClusterError(
        "PostgreSQL 15 or newer is not installed. Run script/setup, or set DATABASE_URL to use a server of your own."
    )


def dying_with_us(argv: Sequence[str], signal: str) -> list[str]:
    """The same command, ended by the kernel should we die without being able to end it (kill -9)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", signal, "--", *argv] if setpriv else list(argv)


def _debian(major: int | None) -> list[Path]:
    """Versions installed from Debian's packages: the one asked for, else the project's own first, then newer ones."""
    if not _DEBIAN.is_dir():
        return []
    versions = sorted(int(entry.name) for entry in _DEBIAN.iterdir() if entry.name.isdigit())
    return [
        _DEBIAN / str(version) / "bin" for version in versions if version == (major or max(version, _OLDEST))
    ]


def _on_path() -> list[Path]:
    found = shutil.which("postgres")
    return [Path(found).resolve().parent] if found else []
