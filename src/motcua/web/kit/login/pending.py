"""Between the password and the session: who has given the right password, and which device has shown the right code, kept in
the session for a few minutes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from motcua.kernel import clock

_KEY = "log_in_pending"
_LASTS = timedelta(minutes=10)


def remember(request: HttpRequest, account_id: UUID, next_url: str) -> None:
    """The password was right; a code is still to come."""
    request.session[_KEY] = {"account": str(account_id), "at": clock.now().isoformat(), "next": next_url}


def pending(request: HttpRequest) -> tuple[UUID, str] | None:
    """The account waiting for its code and where it was going; None when nobody waits or it took too long."""
    kept = request.session.get(_KEY)
    if not isinstance(kept, dict) or clock.now() - datetime.fromisoformat(kept["at"]) > _LASTS:
        return None
    return UUID(kept["account"]), kept["next"]


def confirmed(request: HttpRequest, device: str) -> None:
    """The code was right too; a new password is still to come. `device` is the persistent id of the library."""
    request.session[_KEY] = {**request.session[_KEY], "device": device}


def device_of(request: HttpRequest) -> str:
    """The device that confirmed this log-in, or an empty string."""
    kept = request.session.get(_KEY)
    return str(kept.get("device", "")) if isinstance(kept, dict) else ""


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
