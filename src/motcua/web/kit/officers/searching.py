"""Searching without writing a person's number into an address: addresses end in logs, histories and printed pages.

The search form posts; what is no number goes on to `?q=`, so that it can be shared and gone back to. A number, or the text
of a scanned code, stays in the session under a random key, and only the key stands in the address (`?tim=`).
"""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
KEY = "tim"
_KEPT = "searches"
_MOST_KEPT = 20
_NUMBER = re.compile(r"\d{9}")
_OF_FORM = frozenset({"q", KEY, "csrfmiddlewaretoken"})


def private_search(view: View[P]) -> View[P]:
    """For list pages: a posted search goes on to its address; everything else is the view's."""

    @wraps(view)
    def searching(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        chosen = {name: str(value) for name, value in request.POST.items() if name not in _OF_FORM and value}
        text = request.POST.get("q", "").strip()
        if names_somebody(text):
            chosen[KEY] = _keep(request, text)
        elif text:
            chosen["q"] = text
        return HttpResponseRedirect(f"{request.path}?{urlencode(chosen)}" if chosen else request.path)

    return searching


def search_text(request: HttpRequest) -> str:
    """What is searched for on this page."""
    kept = request.session.get(_KEPT, {}).get(request.GET.get(KEY, ""), "")
    return str(kept) or request.GET.get("q", "")


def names_somebody(text: str) -> bool:
    """Whether the text holds a number of a person or organisation, or is the content of a scanned code."""
    return "|" in text or bool(_NUMBER.search(text.replace(" ", "").replace(".", "")))


def _keep(request: HttpRequest, text: str) -> str:
    kept = dict(request.session.get(_KEPT, {}))
    for old in list(kept)[: max(0, len(kept) - _MOST_KEPT + 1)]:
        del kept[old]
    key = secrets.token_urlsafe(6)
    request.session[_KEPT] = {**kept, key: text}
    return key
