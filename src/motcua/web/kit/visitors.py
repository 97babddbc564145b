"""Who comes from where, and how often: look-ups anybody may make are bounded per address.

Counted in the memory of each web process: nothing to install, nothing to fill up, no write per read. With several
processes an address may ask that many times more, which still stops somebody who tries all codes of a day.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from motcua.kernel import clock
from motcua.web.kit.errors import too_many

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_WINDOW_SECONDS = 60
_MOST_ADDRESSES = 20_000


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the one our own proxy added last, or the peer's where no proxy is configured."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))


class Counter:
    """Attempts per address in the present minute; memory is bounded, the longest unseen are forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, most: int) -> int:
        """Count one attempt; seconds to wait when it is one too many, else 0."""
        minute, second = divmod(int(clock.now().timestamp()), _WINDOW_SECONDS)
        with self._lock:
            of_minute, made = self._seen.pop(address, (minute, 0))
            made = made + 1 if of_minute == minute else 1
            self._seen[address] = (minute, made)
            if len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return _WINDOW_SECONDS - second if made > most else 0

    def forget(self) -> None:
        self._seen.clear()


LOOKUPS = Counter()


def bounded(*, when: Callable[[HttpRequest], bool]) -> Callable[[View[P]], View[P]]:
    """Answer 429 to an address that looks up more often per minute than `MOTCUA_LOOKUPS_PER_MINUTE`; `when` tells a
    look-up from an empty page.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if when(request):
                seconds = LOOKUPS.wait(address_of(request), settings.MOTCUA_LOOKUPS_PER_MINUTE)
                if seconds:
                    return too_many(request, seconds)
            return view(request, *args, **kwargs)

        bounded_view: View[P] = guarded
        return bounded_view

    return guard
