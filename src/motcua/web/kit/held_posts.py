"""What somebody posted when they were no longer (or not yet) known: kept in the session until they are, then put back
into the form.

Nothing is done with it by itself: the person sees it in the form again and presses the button. It is kept in the session
of this browser only, is bounded, and is gone after an hour or when somebody logs out.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from motcua.kernel import clock

#: The query that names what was kept.
TAKE_UP = "tiep"
_KEY = "held_posts"
_LASTS = timedelta(hours=1)
_MOST, _LARGEST = 3, 128 << 10
_NEVER = frozenset({"csrfmiddlewaretoken", "password", "token"})
_TAKES_BACK = "takes_held_posts"


def hold(request: HttpRequest) -> str:
    """Keep what was posted; the address on which it is taken up again. Too much is not kept: the address then is plain."""
    pairs = [
        (name, value) for name in request.POST for value in request.POST.getlist(name) if name not in _NEVER
    ]
    if sum(len(name) + len(str(value)) for name, value in pairs) > _LARGEST:
        return request.path
    token = secrets.token_urlsafe(12)
    kept = _kept(request)
    kept.append({"token": token, "path": request.path, "pairs": pairs, "at": clock.now().isoformat()})
    request.session[_KEY] = kept[-_MOST:]
    return f"{request.path}?{urlencode({TAKE_UP: token})}"


def held(request: HttpRequest) -> QueryDict | None:
    """What was posted to this page before, if the address names it."""
    token = request.GET.get(TAKE_UP, "")
    for post in _kept(request) if token else ():
        if post["token"] == token and post["path"] == request.path:
            return _post_of(post["pairs"])
    return None


def takes_held_posts(view: object) -> object:
    """Mark a view that shows what was held for it."""
    setattr(view, _TAKES_BACK, True)
    return view


def does_take(request: HttpRequest) -> bool:
    """Whether the page that was posted to shows what is held for it."""
    match = request.resolver_match
    return bool(match and getattr(match.func, _TAKES_BACK, False))


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    oldest = clock.now() - _LASTS
    return [post for post in request.session.get(_KEY, ()) if datetime.fromisoformat(post["at"]) > oldest]


def _post_of(pairs: Iterable[tuple[str, str]]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    return post
