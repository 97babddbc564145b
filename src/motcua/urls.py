"""Addresses of the whole site: one line per face."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("motcua.web.api.urls")),  # first: looked for most often
    path("", include("motcua.web.kit.urls")),
    path("", include("motcua.web.kit.login.urls")),
    path("kiem-tra/", include("motcua.web.portal.verification.urls")),
    path("quay/", include("motcua.web.counter.urls")),
    path("co-quan/", include("motcua.web.office.urls")),
    path("so-lieu/", include("motcua.web.opendata.urls")),
    path("", include("motcua.web.portal.urls")),
]

handler400 = "motcua.web.kit.errors.bad_request"
handler403 = "motcua.web.kit.errors.permission_denied"
handler404 = "motcua.web.kit.errors.not_found"
handler500 = "motcua.web.kit.errors.server_error"
