"""Who comes from where, and how often: look-ups anybody may make are bounded per network, in the database that all share."""

from collections.abc import Callable
from functools import lru_cache, wraps
from ipaddress import ip_address, ip_network
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from motcua.kernel import throttling
from motcua.web.kit.errors import too_many

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

#: What proxies add; believed from those in `MOTCUA_PROXIES` only.
_SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class ProxyMiddleware:
    """Makes of the peer's address the visitor's, where the peer is a proxy of ours, and takes away what anybody else says of
    themselves in the headers of proxies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        if is_proxy(meta.get("REMOTE_ADDR", "")):
            meta["REMOTE_ADDR"] = _visitor(meta.get("HTTP_X_FORWARDED_FOR", ""), meta["REMOTE_ADDR"])
        else:
            for name in _SAID_BY_PROXIES:
                meta.pop(name, None)
        return self.get_response(request)


def is_proxy(address: str) -> bool:
    """Whether an address is one of `MOTCUA_PROXIES`."""
    return _is_among(address, tuple(settings.MOTCUA_PROXIES))


@lru_cache(maxsize=4096)
def _is_among(address: str, networks: tuple[str, ...]) -> bool:
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in ip_network(network, strict=False) for network in networks)


def _visitor(forwarded: str, peer: str) -> str:
    """The last address that no proxy of ours has: what stands before it was written by somebody else."""
    for said in reversed([one.strip() for one in forwarded.split(",") if one.strip()]):
        if not is_proxy(said):
            return said
    return peer


def address_of(request: HttpRequest) -> str:
    """The visitor's address (`ProxyMiddleware` has seen to proxies)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def wait_for_look_up(request: HttpRequest) -> int:
    """Count a look-up of the visitor's network; seconds to wait when it is one too many, else 0."""
    return throttling.wait_for_turn(
        "look_up", address=address_of(request), most=settings.MOTCUA_LOOKUPS_PER_MINUTE
    )


def wait_for_report(request: HttpRequest) -> int:
    """The same for reports of forged papers, which people read one by one."""
    return throttling.wait_for_turn(
        "forgery_report", address=address_of(request), most=settings.MOTCUA_FORGERY_REPORTS_PER_MINUTE
    )


def bounded(*, when: Callable[[HttpRequest], bool]) -> Callable[[View[P]], View[P]]:
    """Answer 429 to a network that looks up more often per minute than `MOTCUA_LOOKUPS_PER_MINUTE`; `when` tells a
    look-up from an empty page.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if when(request):
                seconds = wait_for_look_up(request)
                if seconds:
                    return too_many(request, seconds)
            return view(request, *args, **kwargs)

        bounded_view: View[P] = guarded
        return bounded_view

    return guard
