"""What a session remembers of the provider of identities: between going there and coming back, and until it ends."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import HttpRequest

from motcua.directory import services
from motcua.kernel import clock

_ASKED, _PROVED = "identity_asked", "identity_proved"
_LASTS = timedelta(minutes=15)


def remember_asked(request: HttpRequest, kept: Mapping[str, str], next_url: str) -> None:
    """This browser was sent to the provider."""
    request.session[_ASKED] = {"kept": dict(kept), "next": next_url, "at": clock.now().isoformat()}


def take_asked(request: HttpRequest) -> tuple[Mapping[str, str], str] | None:
    """What was asked with this browser, once; None where nothing was or it took too long."""
    asked = request.session.pop(_ASKED, None)
    if not isinstance(asked, dict) or clock.now() - datetime.fromisoformat(asked["at"]) > _LASTS:
        return None
    return asked["kept"], asked["next"]


def remember_proved(request: HttpRequest, proved: services.Proved) -> None:
    """Who came back; the session that is opened next ends with that of the provider."""
    identity = proved.identity
    request.session[_PROVED] = {
        "issuer": identity.issuer,
        "subject": identity.signed_subject,
        "session_id": identity.session_id,
        "level": identity.level,
        "proof": identity.proof,
    }


def forget(request: HttpRequest) -> None:
    """Somebody logs in otherwise with this browser."""
    request.session.pop(_PROVED, None)


def note_session(request: HttpRequest) -> None:
    """Called with a session that has just been opened."""
    proved = request.session.get(_PROVED)
    if proved and request.session.session_key:
        services.note_provider_session(
            session_key=request.session.session_key,
            issuer=proved["issuer"],
            subject=proved["subject"],
            session_id=proved["session_id"],
        )


def proof_of(request: HttpRequest) -> str:
    """The token this session was opened with, or an empty string."""
    proved = request.session.get(_PROVED)
    return str(proved["proof"]) if isinstance(proved, dict) else ""
