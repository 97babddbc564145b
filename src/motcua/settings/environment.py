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

    Several servers stand behind one another (`host1:5432,host2:5432`, with `?target_session_attrs=read-write`).
    `?prepared=0` does without prepared statements and without time-outs of the session, for a pooler between that keeps
    neither; there both belong to its own configuration.
    """
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise SettingMissing(f"{name} must be a postgres:// address")
    query = dict(parse_qsl(url.query))
    # Only statements that ask for it are prepared (motcua.kernel.statements); None forbids it.
    is_pooled = query.pop("prepared", "1") == "0"
    options: dict[str, Any] = {"prepare_threshold": None if is_pooled else _NEVER_BY_COUNT}
    if bounds := "" if is_pooled else _bounds():
        options["options"] = f"{query.pop('options', '')} {bounds}".strip()
    hosts, ports = _servers(url.netloc.rpartition("@")[2])
    return {
        "ENGINE": "motcua.kernel.database",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", None) or hosts,
        "PORT": ports or query.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | query,
        "TEST": {"NAME": test_name} if test_name else {},
    }


def _bounds() -> str:
    """How long a statement, a lock and a transaction that does nothing may last (seconds, 0: as long as they like).

    A statement that hangs keeps its thread, a transaction that was forgotten keeps its locks: both would stop a desk.
    """
    seconds = {
        "statement_timeout": integer("MOTCUA_STATEMENT_SECONDS", 60),
        "lock_timeout": integer("MOTCUA_LOCK_SECONDS", 20),
        "idle_in_transaction_session_timeout": integer("MOTCUA_IDLE_TRANSACTION_SECONDS", 300),
    }
    return " ".join(f"-c {name}={value}s" for name, value in seconds.items() if value > 0)


def _servers(places: str) -> tuple[str, str]:
    """Hosts and ports as libpq wants them, separated by commas: `a:1,[::1]:2` is `a,::1` and `1,2`."""
    hosts, ports = [], []
    for place in places.split(","):
        if place.startswith("["):
            host, _, rest = place[1:].partition("]")
            port = rest.removeprefix(":")
        else:
            host, _, port = place.partition(":")
        if port and not port.isdigit():
            raise SettingMissing(f"{port!r} is no port of a database server")
        hosts.append(unquote(host))
        ports.append(port)
    return ",".join(hosts), ",".join(ports) if any(ports) else ""
