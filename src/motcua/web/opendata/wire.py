"""How public pages travel: compressed, and not at all where the reader already has them.

The length of what is compressed and then encrypted tells about its content, and from many lengths a secret in it can be
guessed (BREACH). So only pages without one are compressed, those for nobody in particular: whoever is logged in gets a
page with a token of theirs, as it is.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import compress_sequence

_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
#: Nearly as small as the highest level, in a third of the time.
_LEVEL = 4
_TOO_SHORT = 500
#: Pages as packed, by their tag: a page that many read is packed once in each process.
_packed: dict[str, bytes] = {}
_MOST_PACKED = 200

Answer = HttpResponse | StreamingHttpResponse


def public(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """A view whose answer is the same for everybody who is not logged in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Accept-Encoding",))
        if response.status_code != 200 or request.user.is_authenticated:
            return response
        is_packed = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
        if isinstance(response, StreamingHttpResponse):
            return _packed_stream(response) if is_packed else response
        tag = _tag_of(response.content)
        response.headers["ETag"] = tag
        known = get_conditional_response(request, etag=tag, response=response)
        if known is not None and known is not response:
            return known
        return _packed_page(response, tag) if is_packed else response

    return answer


def _tag_of(content: bytes) -> str:
    """Weak: equal to the letter before it is packed, whatever the packing."""
    return f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'


def _packed_page(response: HttpResponse, tag: str) -> HttpResponse:
    if len(response.content) < _TOO_SHORT:
        return response
    if tag not in _packed:
        if len(_packed) >= _MOST_PACKED:
            _packed.clear()
        _packed[tag] = gzip.compress(response.content, _LEVEL, mtime=0)
    response.content = _packed[tag]
    response.headers["Content-Encoding"] = "gzip"
    return response


def _packed_stream(response: StreamingHttpResponse) -> StreamingHttpResponse:
    response.streaming_content = compress_sequence(iter(response))
    response.headers["Content-Encoding"] = "gzip"
    return response
