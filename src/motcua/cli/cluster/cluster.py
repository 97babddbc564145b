"""One private PostgreSQL cluster: made, started, lent, stopped."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from motcua.cli.cluster import identity, postmaster, programs, tuning
from motcua.cli.cluster.errors import ClusterError

DATABASE = "motcua"
SERVING = "motcua_serving"
PREPARED = 2  # what `_prepare` makes; a cluster that knows less is prepared again
_FIRST_PORT = 25432
_PASSING = ("postmaster.pid", "could not bind")  # what PostgreSQL's log says of an obstacle that passes
_START_WITHIN = 60.0
_STOP_WITHIN = 60.0
_LOG_LIMIT = 20 << 20
_SOCKET_PATH_LIMIT = 90


class Cluster:
    """A cluster whose home is one folder. Safe to use from several processes: one lock guards every transition."""

    def __init__(self, home: Path, *, is_durable: bool = True) -> None:
        self.home = home
        self.is_durable = is_durable
        self._runner = programs.runner()
        self._process: subprocess.Popen[bytes] | None = None

    # -- asking

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def is_made(self) -> bool:
        return self.is_known and (self._data / "PG_VERSION").exists()

    @property
    def is_known(self) -> bool:
        """Is there a memory of this cluster, whether or not its data are still there?"""
        return identity.load(self._identity_file) is not None

    @property
    def is_running(self) -> bool:
        """Is a server of this cluster alive and accepting connections?"""
        if self._process is not None and self._process.poll() is not None:
            self._process = None
        found = postmaster.read(self._data) if self.is_known else None
        return found is not None and found.is_ready and found.is_alive

    @property
    def url(self) -> str:
        """The address for `DATABASE_OWNER_URL`: the role that owns the database."""
        return self._url(DATABASE, self._known().password)

    @property
    def serving_url(self) -> str:
        """The address for `DATABASE_URL`: the role that serves and owns nothing."""
        return self._url(SERVING, self._known().serving_password)

    def _url(self, role: str, password: str) -> str:
        return f"postgres://{role}:{quote(password, safe='')}@127.0.0.1:{self._known().port}/{DATABASE}"

    # -- using

    @contextmanager
    def used(self) -> Iterator[str]:
        """Run the server while anybody is inside such a block; the last one out stops it, unless it is kept."""
        with self._transition():
            guests = (self.home / "guests").open("a")
            fcntl.flock(guests, fcntl.LOCK_SH)
            self._start()
        try:
            yield self.url
        finally:
            guests.close()
            with self._transition():
                if not self._known().is_kept and not self.has_guests():
                    self._stop()

    def has_guests(self) -> bool:
        """Does any process use the cluster at this moment?"""
        with (self.home / "guests").open("a") as guests:
            try:
                fcntl.flock(guests, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def keep(self) -> None:
        """Start the server and let it run until `release()`."""
        with self._transition():
            self._start()
            self._known().save(self._identity_file, is_kept=True)

    def release(self) -> None:
        """Stop the server; whoever uses it loses the connection."""
        with self._transition():
            self._known().save(self._identity_file, is_kept=False)
            self._stop()

    def revive(self) -> bool:
        """Start a server that died under its users. True when it had to be started."""
        if self.is_running:
            return False
        with self._transition():
            return self._start()

    # -- transitions (the lock is held)

    def _start(self) -> bool:
        if self.is_running:
            return False
        self._make()
        self._refuse_foreign_data()
        known = self._launch_until_ready()
        if known.prepared < PREPARED:
            known = known.save(
                self._identity_file
            )  # a password made just now is written down before it is given
            self._prepare(known)
            known.save(self._identity_file, is_prepared=True, prepared=PREPARED)
        return True

    def _launch_until_ready(self) -> identity.Identity:
        """Launch, again and again while something that will pass is in the way.

        That is the lock file of a server that was killed, or a stranger who took the port after it was seen free.
        """
        deadline = time.monotonic() + _START_WITHIN
        while time.monotonic() < deadline:
            postmaster.clear_stale(self._data)
            known = self._known()
            known = known.save(self._identity_file, port=postmaster.free_port(known.port))
            said_before = self.log.stat().st_size if self.log.exists() else 0
            process = self._launch(known)
            if self._is_ready_before(deadline, process):
                self._process = process
                return known
            said = self.log.read_bytes()[said_before:].decode(errors="replace")
            if not any(passing in said for passing in _PASSING):
                process.kill()
                raise ClusterError(
                    f"PostgreSQL does not start. Its log, {self.log}, ends with:\n{_last(said)}"
                )
            time.sleep(0.2)
        raise ClusterError(f"PostgreSQL did not become ready in {_START_WITHIN:.0f} s. See {self.log}.")

    def _is_ready_before(self, deadline: float, process: subprocess.Popen[bytes]) -> bool:
        while process.poll() is None and time.monotonic() < deadline:
            found = postmaster.read(self._data)
            if found is not None and found.pid == process.pid and found.is_ready:
                return True
            time.sleep(0.02)
        return False

    def _launch(self, known: identity.Identity) -> subprocess.Popen[bytes]:
        version = int((self._data / "PG_VERSION").read_text())
        argv = [str(programs.bin_dir(version) / "postgres"), "-D", str(self._data), "-p", str(known.port)]
        argv += ["-c", f"unix_socket_directories={self._socket_dir(known)}"]
        for name, value in tuning.settings(is_durable=self.is_durable).items():
            argv += ["-c", f"{name}={value}"]
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_name("log.1"))
        with self.log.open("ab") as log:
            os.fchmod(log.fileno(), 0o600)
            return subprocess.Popen(
                argv, **self._runner.options(), stdout=log, stderr=log, start_new_session=True
            )

    def _stop(self) -> None:
        found = postmaster.read(self._data)
        if found is None or not found.is_alive:
            return
        for how, within in ((signal.SIGINT, _STOP_WITHIN), (signal.SIGQUIT, 10.0)):
            try:
                os.kill(found.pid, how)
            except ProcessLookupError:
                return
            except PermissionError as refused:
                raise ClusterError("The server was started by another user of this machine.") from refused
            if self._gone(found, within):
                return
        raise ClusterError(f"PostgreSQL (process {found.pid}) does not stop. See {self.log}.")

    def _gone(self, found: postmaster.Postmaster, within: float) -> bool:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self._process is not None:
                self._process.poll()  # takes note of our own child's end, so that it does not stay a zombie
            if not found.is_alive:
                return True
            time.sleep(0.02)
        return False

    # -- making (the lock is held)

    def _make(self) -> None:
        if self.is_made:
            return
        if self.is_known and (self._known().prepared or self._known().is_prepared):
            raise ClusterError(
                f"{self._identity_file} knows a database, but its data in {self._data} are gone. "
                "Nothing was made in their place: restore a back-up (`motcua restore`) into an empty data folder."
            )
        storage = self._storage()
        data, draft = storage / "data", storage / "data.new"
        if data.exists():
            raise ClusterError(
                f"{data} holds a database, but {self._identity_file}, which knows its passwords, is gone."
            )
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._runner.owns(draft)
        (storage / "run").mkdir(mode=0o755, exist_ok=True)
        self._runner.owns(storage / "run")
        where = "." if storage == self.home else str(storage)
        known = identity.load(self._identity_file) or identity.Identity(where, _FIRST_PORT)
        known = known.save(self._identity_file, storage=where, is_prepared=False, prepared=0)
        self._initialise(draft, known)
        draft.rename(data)

    def _initialise(self, draft: Path, known: identity.Identity) -> None:
        """initdb: UTF-8, and Vietnamese order by ICU (the C library's Vietnamese order is wrong)."""
        with tempfile.NamedTemporaryFile("w", dir=self._place(known) / "run") as password:
            password.write(known.admin_password)
            password.flush()
            self._runner.owns(Path(password.name))
            argv = [str(programs.bin_dir() / "initdb"), "-D", str(draft), "-U", "postgres", "-E", "UTF8"]
            argv += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi"]
            argv += ["--auth=scram-sha-256", f"--pwfile={password.name}"]
            argv += [] if self.is_durable else ["--no-sync"]
            said = self._runner.run(argv)
        if said.returncode != 0:
            raise ClusterError(f"initdb failed: {_last(said.stdout + said.stderr)}")

    def _prepare(self, known: identity.Identity) -> None:
        """Make the roles and the database: one role owns it (no superuser, may make test databases), one serves and owns
        nothing. The owner may take the part of the serving role, never the other way round.
        """
        import psycopg
        from psycopg import sql

        admin = psycopg.connect(
            host="127.0.0.1", port=known.port, user="postgres", password=known.admin_password, autocommit=True
        )
        role, serving = sql.Identifier(DATABASE), sql.Identifier(SERVING)
        with admin:
            if not admin.execute("select 1 from pg_roles where rolname = %s", [DATABASE]).fetchone():
                admin.execute(sql.SQL("create role {} login createdb").format(role))
            admin.execute(sql.SQL("alter role {} password {}").format(role, sql.Literal(known.password)))
            if not admin.execute("select 1 from pg_roles where rolname = %s", [SERVING]).fetchone():
                admin.execute(sql.SQL("create role {} login").format(serving))
            admin.execute(
                sql.SQL("alter role {} password {}").format(serving, sql.Literal(known.serving_password))
            )
            admin.execute(sql.SQL("grant {} to {}").format(serving, role))
            if not admin.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                admin.execute(sql.SQL("create database {} owner {}").format(role, role))

    def _storage(self) -> Path:
        """The home itself, or a place under /var/lib where the server's user may go and the home is closed to it."""
        if self._runner.may_reach(self.home):
            return self.home
        elsewhere = self._elsewhere()
        elsewhere.mkdir(mode=0o755, exist_ok=True)
        return elsewhere

    def _elsewhere(self) -> Path:
        mark = hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:12]
        return Path(f"/var/lib/motcua-{mark}")

    def _refuse_foreign_data(self) -> None:
        owner = self._data.stat().st_uid
        if owner != self._runner.uid:
            raise ClusterError(f"{self._data} belongs to user {owner}: run this as the user who made it.")

    # -- places

    @property
    def _identity_file(self) -> Path:
        return self.home / "cluster.json"

    @property
    def _data(self) -> Path:
        return self._place(self._known()) / "data"

    def _place(self, known: identity.Identity) -> Path:
        """Where the data are. Never those of another folder that this one was copied from."""
        stored = Path(known.storage)
        if not stored.is_absolute() or stored == self.home or (self.home / "data").exists():
            return self.home
        if stored == self._elsewhere():
            return stored
        raise ClusterError(
            f"{self.home} was copied or moved from another place: the database it names, {stored}, is not its own and "
            "is not opened. Move the folder back, or restore a back-up (`motcua restore`) into an empty data folder."
        )

    def _known(self) -> identity.Identity:
        known = identity.load(self._identity_file)
        if known is None:
            raise ClusterError("The embedded database was never started. `motcua database start` makes it.")
        return known

    def _socket_dir(self, known: identity.Identity) -> str:
        """The cluster's own folder; none when its path is longer than the system allows for a socket."""
        folder = str(self._place(known) / "run")
        return folder if len(folder) < _SOCKET_PATH_LIMIT else ""

    @contextmanager
    def _transition(self) -> Iterator[IO[str]]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o755)
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock


def _last(said: str, lines: int = 12) -> str:
    return "\n".join(said.strip().splitlines()[-lines:])
