"""Addresses of the whole site: one line per face."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_FACES = [
    ("", "motcua.web.kit.urls"),
    ("", "motcua.web.kit.login.urls"),
    ("kiem-tra/", "motcua.web.portal.verification.urls"),
    ("quay/", "motcua.web.counter.urls"),
    ("co-quan/", "motcua.web.office.urls"),
    ("so-lieu/", "motcua.web.opendata.urls"),
    ("api/", "motcua.web.api.urls"),
    ("", "motcua.web.portal.urls"),
]


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [path(at, include(urls)) for at, urls in _FACES if _there(urls)]

handler400 = "motcua.web.kit.errors.bad_request"
handler403 = "motcua.web.kit.errors.permission_denied"
handler404 = "motcua.web.kit.errors.not_found"
handler500 = "motcua.web.kit.errors.server_error"
