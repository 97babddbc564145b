"""Logging in with an electronic identity: away to the provider and back, and its word that somebody logged out there."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.directory import queries, services
from motcua.directory.errors import (
    AccountShut,
    IdentityDiffers,
    IdentityLevelLow,
    IdentityRefused,
    IdentityUnreachable,
    IdentityUntrue,
)
from motcua.kernel.errors import DomainError
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.login import pending, provider
from motcua.web.kit.login.session import begin_session
from motcua.web.kit.login.views import safe_next
from motcua.web.kit.visitors import address_of

_REFUSALS = (
    AccountShut,
    IdentityDiffers,
    IdentityLevelLow,
    IdentityRefused,
    IdentityUnreachable,
    IdentityUntrue,
)
_LONGEST = 20_000


@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """To the provider; `next` is where the person goes on afterwards. A link: our policy of content binds forms to this site."""
    _offered()
    next_url = safe_next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_url)
    try:
        asked = services.begin_identity()
    except (IdentityUnreachable, IdentityUntrue) as refusal:
        return _refused(request, refusal, next_url)
    provider.remember_asked(request, asked.kept, next_url)
    return HttpResponseRedirect(asked.address)


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """From the provider, with its answer in the address."""
    _offered()
    asked = provider.take_asked(request)
    if asked is None:
        return _refused(
            request,
            IdentityUntrue(why="phiên đăng nhập đã hết hoặc của máy khác"),
            settings.LOGIN_REDIRECT_URL,
        )
    kept, next_url = asked
    answer = {
        name: value for name, value in request.GET.items() if isinstance(value, str) and len(value) < _LONGEST
    }
    try:
        proved = services.finish_identity(answer=answer, kept=kept, address=address_of(request))
    except _REFUSALS as refusal:
        return _refused(request, refusal, next_url)
    provider.remember_proved(request, proved)
    if queries.has_second_factor(proved.account.pk):
        pending.remember(request, proved.account.pk, next_url)
        return redirect("login:second_factor")
    begin_session(request, get_user_model().objects.get(pk=proved.account.pk))
    return HttpResponseRedirect(next_url)


@never_cache
@csrf_exempt
@require_POST
def ended_there(request: HttpRequest) -> HttpResponse:
    """Back-channel log-out: the provider proves itself by its signature, not by a cookie."""
    _offered()
    try:
        services.end_provider_sessions(token=request.POST.get("logout_token", "")[:_LONGEST])
    except IdentityUntrue:
        return HttpResponse(status=400)
    except IdentityUnreachable:
        return HttpResponse(status=503)
    return HttpResponse(status=204)


def _offered() -> None:
    if not queries.offers_identity():
        raise Http404


def _refused(request: HttpRequest, refusal: DomainError, next_url: str) -> HttpResponse:
    context = {
        "refusal": sentence_of(refusal),
        "advice": refusal.sentence(gettext(refusal.advice)) if refusal.advice else "",
        "next": next_url,
        "ground": refusal.ground,
    }
    return render(request, "login/identity_refused.html", context, status=refusal.kind.value)
