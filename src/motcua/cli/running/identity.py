"""Which installation this is: database, files and keys belong together, and none of them is made anew beside the others.

The database keeps an id and a mark of the QR key (`kernel_installation`), the data folder the same id in a file. What does not
fit together is refused with the half that is missing, before anything is written.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from motcua.cli.environment import InstallationRefused, data_dir, plain_address
from motcua.cli.running.named_files import names_any

_SALT = b"motcua installation"
_RESTORE = "Nothing was touched. Restore a back-up (`motcua restore`) into an empty data folder and an empty database."


@dataclass(frozen=True, slots=True)
class Found:
    """What is there: `known` is the id the database keeps, `marked` the one of the folder."""

    known: UUID | None
    qr_mark: str
    marked: UUID | None
    was_used: bool
    names_files: bool
    has_files: bool | None  # None: kept in an object store


def check(url: str) -> Found:
    """Look at both halves. Raises `InstallationRefused` when they do not belong together."""
    found = look(url)
    if found.known and found.qr_mark != qr_mark():
        raise InstallationRefused(
            "The QR key is not the one this database was used with: printed codes would be judged false. "
            "Set MOTCUA_QR_KEY, or put secrets/qr_key of this installation back. Nothing was touched."
        )
    if found.known and found.marked and found.known != found.marked:
        raise InstallationRefused(
            f"{data_dir()} belongs to another installation ({found.marked}) than the database ({found.known}). {_RESTORE}"
        )
    if found.names_files and found.has_files is False:
        raise InstallationRefused(
            f"Half of the installation is missing: the database knows files, and {_files()} holds none. {_RESTORE}"
        )
    if not found.known and (found.marked or (found.has_files and not found.was_used)):
        raise InstallationRefused(
            f"Half of the installation is missing: {data_dir()} was used before, and this database never was. {_RESTORE}"
        )
    return found


def settle(url: str) -> None:
    """Write the id where it is not written yet. As the owner, after the migrations."""
    with psycopg.connect(plain_address(url)) as database:
        database.execute(
            "INSERT INTO kernel_installation (id, qr_mark) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [_marked() or uuid4(), qr_mark()],
        )
        (known,) = database.execute("SELECT id FROM kernel_installation").fetchone() or (None,)
    if known is not None and _marked() is None:
        _mark_file().write_text(f"{known}\n")


def look(url: str) -> Found:
    """What is there, without judging it. Changes nothing."""
    with psycopg.connect(plain_address(url)) as database:

        def ask(table: str, question: str) -> tuple[object, ...] | None:
            there = database.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
            if there != (True,):
                return None
            found: tuple[object, ...] | None = database.execute(question.encode()).fetchone()
            return found

        row = ask("kernel_installation", "SELECT id, qr_mark FROM kernel_installation")
        used = ask("django_migrations", "SELECT 1 FROM django_migrations LIMIT 1")
        names_files = names_any(database)
    known, mark = (UUID(str(row[0])), str(row[1])) if row else (None, "")
    return Found(known, mark, _marked(), used is not None, names_files, _has_files())


def qr_mark() -> str:
    """What the database remembers of the QR key: enough to know it again, too costly to guess it from."""
    key = os.environ["MOTCUA_QR_KEY"].encode()
    return hashlib.scrypt(key, salt=_SALT, n=2**14, r=8, p=1, dklen=32).hex()


def _files() -> Path:
    return Path(os.environ.get("MOTCUA_FILES") or data_dir() / "files")


def _has_files() -> bool | None:
    if os.environ.get("MOTCUA_S3_BUCKET"):
        return None
    return any(place.is_dir() and len(place.name) == 2 for place in _files().glob("*"))


def _mark_file() -> Path:
    return data_dir() / "installation"


def _marked() -> UUID | None:
    try:
        return UUID(_mark_file().read_text().strip())
    except FileNotFoundError:
        return None
    except ValueError as damaged:
        raise InstallationRefused(f"{_mark_file()} is damaged: it holds no id. {_RESTORE}") from damaged
