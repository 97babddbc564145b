"""Pages travel compressed where nothing can be guessed from how short they became."""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict

#: What shrinks. Papers and pictures are compressed already; files are sent in pieces and keep their length.
_TEXTS = frozenset(
    {
        "text/html",
        "text/plain",
        "text/csv",
        "text/xml",
        "application/xml",
        "application/json",
        "image/svg+xml",
    }
)

#: RFC 9110 §12.5.3: a weight of nothing says "not acceptable".
_REFUSES = re.compile(r"\bgzip\s*;\s*q=0(?:\.0{1,3})?(?![.\d])", re.IGNORECASE)


class CompressionMiddleware(GZipMiddleware):
    """Compresses texts, except where the length of the answer could tell a stranger something (the BREACH attack).

    The attack needs, in one compressed body, a secret and a text of the attacker's choice. So an answer about somebody (a
    session, a key of a program) is compressed only where the request brought nothing of anybody's choice: a `GET` without a
    query, answered well. What a form sent or a search repeats goes out as it is. To a stranger nothing on a page is
    secret but the token against cross-site requests, which Django masks anew in each answer. Django also adds a random number of
    bytes to every compressed answer.

    See docs/adr/0021.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not _is_text(response) or not is_safe(request, response):
            return response
        if _REFUSES.search(
            request.headers.get("Accept-Encoding", "")
        ):  # which the middleware takes for asking
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def is_safe(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the length of the answer tells nobody anything."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    if not is_known:
        return request.method == "GET"
    chosen: MultiValueDict[str, str] = request.GET
    return request.method == "GET" and not chosen and response.status_code == 200


def _is_text(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind in _TEXTS and not response.streaming
