"""Following a dossier by its code, without logging in: its status, nothing about people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope
from motcua.web.kit.visitors import bounded
from motcua.web.portal import places
from motcua.web.portal.story import public_tone


@bounded(when=lambda request: bool(request.GET.get("ma")))
def track(request: HttpRequest) -> HttpResponse:
    """`?ma=` is the dossier's code, the number given on sending, or that of a slip given at the door; typed with or without
    care."""
    code = request.GET.get("ma", "").strip()[:60]
    found, error = None, False
    slip = dossiers.track_slip(code) if code else None
    if code and slip is None:
        try:
            found = dossiers.track(code)
        except OutOfScope:
            error = True
    agency = found.agency if found else slip.agency if slip else None
    context = {
        "code": code,
        "found": found,
        "slip": slip,
        "error": error,
        "tone": public_tone(found.national_status) if found else "",
        "desk": places.desk_of(agency) if agency else places.chosen_desk(request),
        "example": example_code(),
    }
    return render(request, "portal/track.html", context, status=404 if error else 200)


def example_code() -> str:
    """A code as one of today would look, in the form in force, of a desk of this province; "" where there is none yet."""
    desks = directory.find_agencies(is_one_stop=True, limit=1)
    return (
        dossiers.code_like(desks[0].code_qcvn or desks[0].code, desks[0].code, clock.today()) if desks else ""
    )
