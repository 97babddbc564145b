"""The environment that the settings need, completed with what an installation did not decide.

Nothing that is already set is ever changed. Generated secrets are kept in the data folder, for their owner's eyes only.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from click import ClickException


class InstallationRefused(ClickException):
    """A start that would make an identity anew, or put halves together that are not of one installation."""


_SECRETS = {"MOTCUA_SECRET_KEY": "secret_key", "MOTCUA_QR_KEY": "qr_key"}


def project_dir() -> Path:
    """The folder of the project (the one with pyproject.toml), or the working folder of an installed package."""
    folder = Path(__file__).resolve().parents[4]
    return folder if (folder / "pyproject.toml").exists() else Path.cwd()


def data_dir() -> Path:
    """Where this installation keeps its state: `MOTCUA_DATA_DIR`, else `var/` in the project."""
    return Path(os.environ.get("MOTCUA_DATA_DIR") or project_dir() / "var").absolute()


def complete() -> None:
    """Set the settings module, the data folder and the generated secrets where they are not set.

    Raises `InstallationRefused` where a secret is gone and data that depend on it are there: it is made for a new
    installation only.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.base")
    os.environ.setdefault("MOTCUA_DATA_DIR", str(data_dir()))
    for variable, name in _SECRETS.items():
        if not os.environ.get(variable):
            kept = data_dir() / "secrets" / name
            if not kept.exists() and (beside := _depends_on_secrets()):
                raise InstallationRefused(
                    f"{kept} is missing and {beside} was used with it: printed codes, sessions and stored second factors "
                    f"depend on it. None was made anew. Put it back from a back-up, or set {variable}."
                )
            os.environ[variable] = kept_secret(kept)


def plain_address(url: str) -> str:
    """The address as PostgreSQL's own programs read it: without what is ours only (`prepared`)."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "prepared"]
    return parts._replace(query=urlencode(kept)).geturl()


def _depends_on_secrets() -> str:
    """What is there that was made with secrets; empty for a new installation."""
    given = os.environ.get("DATABASE_URL")
    files = Path(os.environ.get("MOTCUA_FILES") or data_dir() / "files")
    if (data_dir() / "installation").exists():
        return str(data_dir())
    if any(len(place.name) == 2 for place in files.glob("*")):
        return str(files)
    if not given and (data_dir() / "postgres" / "cluster.json").exists():
        return str(data_dir() / "postgres")
    return "the database" if given and _was_used(given) else ""


def _was_used(url: str) -> bool:
    """Does the database hold an installation? One that does not answer is told of by whoever needs it."""
    import psycopg

    try:
        with psycopg.connect(plain_address(url), connect_timeout=5) as database:
            found = database.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    except psycopg.Error:
        return False
    return found == (True,)


def without_bounds() -> None:
    """Let statements, locks and transactions of this process last as long as they need: an operator watches it."""
    for name in ("MOTCUA_STATEMENT_SECONDS", "MOTCUA_LOCK_SECONDS", "MOTCUA_IDLE_TRANSACTION_SECONDS"):
        os.environ[name] = "0"


def become_owner() -> str:
    """Let this process and its children use the database as its owner; gives the name of the role that serves.

    With `DATABASE_URL` alone one role does both.
    """
    serving = urlsplit(os.environ["DATABASE_URL"]).username or ""
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    return unquote(serving)


def kept_secret(path: Path) -> str:
    """Read a secret of this installation, making it at the first call. Two processes at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # atomic, and refuses to replace what another process made first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
