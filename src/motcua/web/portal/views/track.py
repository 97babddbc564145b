"""Following a dossier by its code, without logging in: its status, nothing about people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.dossiers import queries as dossiers
from motcua.kernel.errors import OutOfScope
from motcua.web.kit.visitors import bounded


@bounded(when=lambda request: bool(request.GET.get("ma")))
def track(request: HttpRequest) -> HttpResponse:
    """`?ma=` is the code, typed with or without care."""
    code = request.GET.get("ma", "").strip()[:60]
    found, error = None, False
    if code:
        try:
            found = dossiers.track(code)
        except OutOfScope:
            error = True
    context = {"code": code, "found": found, "error": error}
    return render(request, "portal/track.html", context, status=404 if error else 200)
