"""Addresses that keep what was chosen: filters stay in the address, so that it can be shared and gone back to."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest


def with_query(request: HttpRequest, changes: Mapping[str, object], *, path: str = "") -> str:
    """This page's address with some parameters changed; None or empty drops one."""
    kept = {name: value for name, value in request.GET.items() if name not in changes and value}
    kept |= {name: str(value) for name, value in changes.items() if value not in (None, "")}
    return f"{path or request.path}?{urlencode(kept)}" if kept else (path or request.path)


def cursor(request: HttpRequest, name: str = "sau") -> str | None:
    """The cursor of a keyset page, or None when it is absent or damaged (then the list starts over)."""
    text = request.GET.get(name, "")
    due, _, key = text.rpartition("~")
    try:
        UUID(key)
        if due:
            datetime.fromisoformat(due)
    except ValueError:
        return None
    return text


def uuid_or_none(text: str | None) -> UUID | None:
    """A UUID as posted, or None when it is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
