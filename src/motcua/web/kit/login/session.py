"""How long a session lives: idle and overall limits by the directory's rule, checked at each request."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from motcua.directory.queries import session_rule
from motcua.kernel import clock
from motcua.web.kit.login import provider

_BEGAN, _SEEN = "session_began_at", "session_seen_at"
#: Written down at most this often: a session row per request would be a write per read.
_NOTED_EVERY = timedelta(minutes=1)


def begin_session(request: HttpRequest, account: object) -> None:
    """Open a session for an account that has proved itself; the session key changes."""
    auth.login(request, account)  # type: ignore[arg-type]  # the account model is private to the directory
    request.session[_BEGAN] = request.session[_SEEN] = clock.now().isoformat()
    provider.note_session(request)


class SessionRuleMiddleware:
    """Ends sessions that were idle too long or have lasted too long, and says so on the next page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._check(request)
        return self.get_response(request)

    def _check(self, request: HttpRequest) -> None:
        now = clock.now()
        began_at, seen_at = (_moment(request, key) or now for key in (_BEGAN, _SEEN))
        rule = session_rule(is_officer=getattr(request.user, "staff_id", None) is not None)
        if getattr(request.user, "needs_confirmed_sessions", False) and not _is_confirmed(request):
            auth.logout(request)
            messages.warning(request, _("Tài khoản nay cần xác thực hai lớp. Vui lòng đăng nhập lại."))
        elif rule.has_ended(began_at=began_at, last_seen_at=seen_at, now=now):
            auth.logout(request)
            messages.warning(
                request, _("Phiên làm việc đã hết hạn. Vui lòng đăng nhập lại; bản nháp vẫn còn.")
            )
        elif _SEEN not in request.session or now - seen_at >= _NOTED_EVERY:
            request.session[_SEEN] = now.isoformat()
            request.session.setdefault(_BEGAN, now.isoformat())


def _is_confirmed(request: HttpRequest) -> bool:
    """Whether a second factor confirmed this session."""
    return bool(getattr(request.user, "is_verified", lambda: False)())


def _moment(request: HttpRequest, key: str) -> datetime | None:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None
