"""What `script/setup` does. Needs nothing but Python 3.11; every step looks first and does only what is missing."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
LOG = PROJECT / "var" / "log" / "setup.log"

# Debian's packages, each with the reason it is needed.
RUNTIME = (
    "ca-certificates",
    "postgresql-15",  # the embedded database, with its contrib extensions
    "tesseract-ocr",  # reading scanned papers, with the models for Vietnamese
    "tesseract-ocr-eng",
    "tesseract-ocr-vie",
    "tesseract-ocr-script-viet",
    "poppler-utils",  # pdftoppm, and pdfsig as the second opinion on a signature
    "softhsm2",  # a PKCS#11 token for the demo: the same code path as a real one
    "fonts-croscore",  # Tinos: the metrics of Times New Roman, with Vietnamese
    "libpango-1.0-0",  # typesetting of forms and results
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "gettext",  # msgfmt: message catalogues
)
TESTS = (
    "chromium-headless-shell",  # Chromium without the windows around its pages, which cost as much as the pages
    "libatomic1",  # Playwright's driver does not start without it
    "clamav-daemon",  # a real malware scanner, asked by the contract tests with a database of one signature
    "fonts-noto-core",  # another hand for the papers that the tests print and scan
    "git",
)
BENCH = ("ghostscript", "unpaper", "pngquant", "postgresql-contrib")


class SetupFailed(Exception):
    """Setup cannot go on; the text says what the person at the machine can do."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/setup")
    parser.add_argument(
        "--tests", action="store_true", help="also install what the tests need (Chromium included)"
    )
    parser.add_argument("--bench", action="store_true", help="also install what the benchmarks need")
    wanted = parser.parse_args()
    began = time.monotonic()
    packages = [*RUNTIME, *(TESTS if wanted.tests else ()), *(BENCH if wanted.bench else ())]
    lock = PROJECT / ("requirements-dev.lock" if wanted.tests or wanted.bench else "requirements.lock")
    try:
        changed = install_system_packages(packages)
        changed |= make_environment()
        changed |= install_python_packages(lock)
        changed |= compile_messages()
    except SetupFailed as failure:
        print(f"\n✗ {failure}", file=sys.stderr)
        return 1
    if changed:
        print(f"✓ ready in {time.monotonic() - began:.0f} s")
    return 0


# -- system packages


def install_system_packages(packages: Sequence[str]) -> bool:
    """Install what dpkg does not know as installed. Without the right to, say exactly what to run."""
    if shutil.which("dpkg-query") is None:
        print("! Not a Debian machine: install the equivalents yourself of " + " ".join(packages))
        return False
    missing = missing_packages([*packages, *_venv_package()])
    if not missing:
        return False
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    sudo = _sudo()
    if sudo is None:
        raise SetupFailed(
            "System packages are missing and this user may not install them. Run, then start again:\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n"
        )
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    options = ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confold"]
    run("looking up system packages", [*apt, "apt-get", *options, "update"])
    with NoServicesStarted(sudo):
        run(
            f"installing {len(missing)} system packages: {' '.join(missing)}",
            [*apt, *_with(install, options)],
        )
    still = missing_packages(missing)
    if still:
        raise SetupFailed(f"apt-get said it went well, but these are not installed: {' '.join(still)}")
    return True


def missing_packages(packages: Iterable[str]) -> list[str]:
    wanted = list(packages)
    if not wanted:
        return []
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted]
    said = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    present = {line.split()[0] for line in said.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in present]


def _venv_package() -> list[str]:
    """Debian's own Python cannot make environments without this package; others bring it along."""
    is_debian_python = sys.base_prefix == "/usr"
    return ["python3-venv"] if is_debian_python else []


def _sudo() -> list[str] | None:
    """The words that make a command run as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _with(install: list[str], options: list[str]) -> list[str]:
    return [install[0], *options, *install[1:]]


class NoServicesStarted:
    """While packages install, nothing they bring starts by itself and Debian makes no database cluster of its own.

    The project runs a private one; a second server on the machine would only take memory. Both switches are put
    back as they were.
    """

    POLICY = Path("/usr/sbin/policy-rc.d")
    CREATE = Path("/etc/postgresql-common/createcluster.conf")

    def __init__(self, sudo: list[str]) -> None:
        self._sudo = sudo
        self._has_policy = self.POLICY.exists()
        self._is_first_postgresql = bool(missing_packages(["postgresql-15"]))

    def __enter__(self) -> None:
        if not self._has_policy:
            self._root(f"printf '#!/bin/sh\\nexit 101\\n' > {self.POLICY} && chmod 755 {self.POLICY}")
        if self._is_first_postgresql:
            apt = "DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold"
            run(
                "preparing for PostgreSQL",
                [*self._sudo, "sh", "-c", f"{apt} install -y --no-install-recommends postgresql-common"],
            )
            self._root(
                f"cp -a {self.CREATE} {self.CREATE}.motcua && "
                f"sed -i -E '/^ *create_main_cluster/d; $ a create_main_cluster = false' {self.CREATE}"
            )

    def __exit__(self, *_: object) -> None:
        if not self._has_policy:
            self._root(f"rm -f {self.POLICY}")
        if self._is_first_postgresql:
            self._root(f"test ! -e {self.CREATE}.motcua || mv {self.CREATE}.motcua {self.CREATE}")

    def _root(self, command: str) -> None:
        subprocess.run([*self._sudo, "sh", "-c", command], check=True)


# -- the Python environment


def make_environment() -> bool:
    """Make .venv with the pinned installer. A half-made or foreign one is made anew."""
    stamp = Stamp("bootstrap", [PROJECT / "script" / "lib" / "bootstrap.lock"])
    python = VENV / "bin" / "python"
    check = "import sys; sys.exit(sys.version_info[:2] != (3, 11))"
    is_sound = python.exists() and subprocess.run([str(python), "-c", check], check=False).returncode == 0
    if is_sound and stamp.is_fresh:
        return False
    if not is_sound:
        base = os.path.realpath(sys.executable) if sys.prefix == sys.base_prefix else sys._base_executable
        run("making .venv", [base, "-m", "venv", "--clear", str(VENV)])
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]
    run("installing the installer", [*pip, "--require-hashes", "--no-deps", "-r", str(stamp.sources[0])])
    stamp.write()
    return True


def install_python_packages(lock: Path) -> bool:
    """Install the locked packages, each checked against its hash, and the project itself in editable form."""
    stamp = Stamp(lock.stem, [lock, PROJECT / "pyproject.toml"])
    everything = Stamp("requirements-dev", [PROJECT / "requirements-dev.lock", PROJECT / "pyproject.toml"])
    if (stamp.is_fresh or everything.is_fresh) and (VENV / "bin" / "motcua").exists():
        return False
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(VENV / "bin" / "python")]
    number = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    run(
        f"installing {number} Python packages",
        [*uv, "--require-hashes", "--no-build", "--no-deps", "-r", str(lock)],
    )
    run("installing motcua", [*uv, "--no-deps", "--no-build-isolation", "--editable", str(PROJECT)])
    stamp.write()
    return True


class Stamp:
    """A note in .venv that a step was done with exactly these files."""

    def __init__(self, name: str, sources: Sequence[Path]) -> None:
        self.sources = list(sources)
        self._file = VENV / f".{name}.stamp"

    @property
    def is_fresh(self) -> bool:
        return self._file.exists() and self._file.read_text() == self._digest()

    def write(self) -> None:
        self._file.write_text(self._digest())

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for source in [*self.sources, Path(__file__)]:
            digest.update(source.read_bytes())
        return digest.hexdigest()


# -- message catalogues


def compile_messages() -> bool:
    """Compile each message catalogue that is newer than its compiled form."""
    changed = False
    for source in sorted((PROJECT / "src").rglob("LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        done = subprocess.run(
            ["msgfmt", "--check-format", "-o", str(compiled), str(source)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetupFailed(f"a message catalogue is damaged:\n{done.stderr.strip()}")
        changed = True
    return changed


# -- running a step


def run(title: str, argv: Sequence[str]) -> None:
    """Run a step quietly, showing that it is alive; what it printed goes to the log, and to the screen if it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_LINK_MODE": "copy", "UV_NO_PROGRESS": "1"}
    bundle = Path("/etc/ssl/certs/ca-certificates.crt")
    if bundle.exists():  # a province's own certificate authority, where the way out passes through a proxy
        environment.setdefault("PIP_CERT", str(bundle))
        environment.setdefault("SSL_CERT_FILE", str(bundle))
    began = time.monotonic()
    with LOG.open("ab") as log:
        start = log.tell()
        log.write(f"\n$ {' '.join(argv)}\n".encode())
        log.flush()
        with Heartbeat(title):
            code = subprocess.run(
                argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, check=False
            ).returncode
    if code != 0:
        with LOG.open("rb") as log:
            log.seek(start)
            said = log.read().decode(errors="replace").strip().splitlines()[-30:]
        raise SetupFailed(
            f"{title}: failed (exit code {code}). The last lines of {LOG}:\n\n" + "\n".join(said)
        )
    print(f"  {title} · {time.monotonic() - began:.1f} s", flush=True)


class Heartbeat:
    """Shows that a long step is alive: a running clock on a terminal, a line every fifteen seconds elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        if sys.stdout.isatty():
            print("\r\x1b[K", end="", flush=True)

    def _beat(self) -> None:
        began = time.monotonic()
        if self._done.wait(2.0):
            return
        is_terminal = sys.stdout.isatty()
        while True:
            elapsed = time.monotonic() - began
            if is_terminal:
                print(f"\r\x1b[K… {self._title} · {elapsed:.0f} s", end="", flush=True)
            else:
                print(f"… {self._title} · {elapsed:.0f} s", flush=True)
            if self._done.wait(0.5 if is_terminal else 15.0):
                return


if __name__ == "__main__":
    sys.exit(main())
