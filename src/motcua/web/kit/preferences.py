"""Two switches and a language, remembered in cookies of this browser. They change how pages look, nothing else."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LARGE = "large_type"
CONTRAST = "high_contrast"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What this reader has chosen."""

    is_large: bool
    is_contrast: bool

    @property
    def css_classes(self) -> str:
        chosen = [("is-large", self.is_large), ("is-contrast", self.is_contrast)]
        return " ".join(name for name, on in chosen if on)


def preferences_of(request: HttpRequest) -> Preferences:
    """The switches of this browser."""
    return Preferences(request.COOKIES.get(LARGE) == "1", request.COOKIES.get(CONTRAST) == "1")


# No token: the answer only sets display cookies, and pages without a form stay free of a session.
@csrf_exempt
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Set one of `language`, `large_type`, `high_contrast` and go back to the page (`next`)."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    for switch in (LARGE, CONTRAST):
        if switch in request.POST:
            value = "1" if request.POST[switch] == "1" else "0"
            response.set_cookie(switch, value, max_age=YEAR, samesite="Lax")
    return response
