"""One e-mail address, and nothing else (RFC 5321 without quoted names and literal hosts, which no public service gives)."""

import re

from motcua.kernel.values.unreadable import Unreadable

_LOCAL = re.compile(r"[^\s@,;:<>\"()\[\]\\.\x00-\x1f]+(?:\.[^\s@,;:<>\"()\[\]\\.\x00-\x1f]+)*")
_LABEL = r"[^\W_](?:[\w\-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
_LONGEST, _LONGEST_LOCAL = 254, 64


def read_email(text: str) -> str:
    """The address with its host in small letters. Raises Unreadable for a list, a name with an address, or none."""
    local, at, host = text.strip().rpartition("@")
    is_long = len(text) > _LONGEST or len(local) > _LONGEST_LOCAL
    if not at or is_long or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(host):
        raise Unreadable("email")
    if "_" in host or not text.strip().isprintable() or host.rpartition(".")[2].isdigit():
        raise Unreadable("email")
    return f"{local}@{host.lower()}"
