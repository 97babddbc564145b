"""What every answer of the site carries: an occurrence id, strict security headers, refusals said to people."""

import logging
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from motcua.kernel.errors import DomainError
from motcua.kernel.ids import new_id
from motcua.web.kit import errors

_log = logging.getLogger("motcua.web")
_Response = TypeVar("_Response", bound=HttpResponseBase)
_Answer = Callable[[HttpRequest], HttpResponseBase]

#: Nothing from elsewhere, nothing inline: what a page needs is a file of ours. `data:` pictures are our own small QR codes.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "object-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
#: How the database words its refusal of a NUL character in a text and in JSON.
_NUL = ("NUL (0x00)", "\\u0000")
#: Names under which an address carries a code that somebody looks up.
_BY_CODE = frozenset({"ma", "so"})

#: What is read into memory and understood as a whole, at a second of the processor a megabyte, and how large it may be: the
#: longest form has 60 kB.
_READ_WHOLE, _WHOLE = frozenset({"application/json", "application/x-www-form-urlencoded"}), 1 << 20
#: Bytes of a request of somebody unknown; what forms put around a file.
_FROM_STRANGERS, _AROUND = 64 << 20, 1 << 20
_FEATURES = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


@cache
def content_security_policy(*, framable: bool = False) -> str:
    """The policy of a page; `framable` lets our own pages show it in a frame (the preview of a PDF)."""
    policy = _POLICY | ({"frame-ancestors": "'self'"} if framable else {})
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


def framable(response: _Response) -> _Response:
    """Mark a response that our own pages may show in a frame."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


class OccurrenceMiddleware:
    """Gives each request a short id, shown on error pages and written in the log, so that a caller can name it."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        errors.name_occurrence(request, new_id())
        response = self.get_response(request)
        response.headers["X-Occurrence"] = errors.occurrence_of(request)
        return response


class SecurityHeadersMiddleware:
    """Adds the strict headers to every answer, static files and errors included."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        may_frame = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
        response.headers.setdefault("Content-Security-Policy", content_security_policy(framable=may_frame))
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Permissions-Policy", _FEATURES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.path.startswith("/static/"):
            return response
        kept = "private, no-store" if _is_personal(request) else "private, no-cache"
        response.headers.setdefault("Cache-Control", kept)
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Whether the answer is about somebody: they are logged in, sent something, or asked by a code. Shared computers at
    the counter must not keep it, nor show it again when the next person goes back.
    """
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return is_known or request.method not in ("GET", "HEAD") or bool(_BY_CODE & request.GET.keys())


class KnownHostMiddleware:
    """A request for a host that is not ours is refused before anything is made for it: no page, no session, no log-in.

    In plain text, for every page names its own host.
    """

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            said = gettext("Máy chủ này không phục vụ tên miền đã yêu cầu.")
            return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _is_too_large(request: HttpRequest) -> bool:
    """Before a byte of it is read. Only who is logged in sends more than the picture or PDF that a stranger has checked."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    if request.content_type in _READ_WHOLE:
        return size > _WHOLE
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return size > (settings.MOTCUA_UPLOAD_MAX_BYTES + _AROUND if is_known else _FROM_STRANGERS)


class RefusalMiddleware:
    """Turns a `DomainError` that reached the top into its page (or problem document) with the right status.

    Text the database cannot hold (NUL characters, which no keyboard types) is a bad request, not a failure of ours.
    """

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        if _is_too_large(request):
            return errors.too_large(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError) and any(sign in str(exception) for sign in _NUL):
            return errors.bad_request(request)
        if not isinstance(exception, DomainError):
            return None
        _log.info("refused %s %s", exception.code, errors.occurrence_of(request))
        return errors.refusal(request, exception)
