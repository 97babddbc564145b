"""Reading settings from the environment: typed, with a clear complaint."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_NEVER_BY_COUNT = 1 << 30


class SettingMissing(RuntimeError):
    """A required setting is not given."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise SettingMissing(f"{name} is not set. See docs/settings.md; `motcua server` sets it for you.")
    return value


def boolean(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise SettingMissing(f"{name} must be 1 or 0, not {value!r}")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise SettingMissing(f"{name} must be a whole number, not {value!r}") from None


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        raise SettingMissing(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, *, test_name: str | None = None) -> dict[str, Any]:
    """A Django database from a URL: `postgres://user:password@host:port/name?sslmode=require`.

    `?prepared=0` does without prepared statements, for a pooler between that cannot keep them.
    """
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise SettingMissing(f"{name} must be a postgres:// address")
    query = dict(parse_qsl(url.query))
    # Only statements that ask for it are prepared (motcua.kernel.statements); None forbids it.
    options: dict[str, Any] = {
        "prepare_threshold": None if query.pop("prepared", "1") == "0" else _NEVER_BY_COUNT
    }
    host = query.pop("host", None) or url.hostname or ""
    return {
        "ENGINE": "motcua.kernel.database",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or query.pop("port", "") or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | query,
        "TEST": {"NAME": test_name} if test_name else {},
    }
