"""One's own account: change the password, add a second factor, see what was changed of one's access."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as confirm_session

from motcua.directory import queries, services
from motcua.directory.errors import (
    CurrentPasswordWrong,
    PasswordTooWeak,
    PasswordUnchanged,
    SecondFactorAlreadySet,
)
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, TooManyTries
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.login.views import enrolled, enrolment_page, frame_of, refused_page
from motcua.web.kit.preferences import YEAR
from motcua.web.kit.visitors import address_of

_FIELDS = {CurrentPasswordWrong.code: "current", TooManyTries.code: "current"}


@login_required
@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account; posting changes the password, or (`act`: `language`) in which language letters come."""
    actor = actor_of(request)
    account_id = in_scope(actor.account_id)
    if request.method == "POST" and request.POST.get("act") == "language":
        return _language(request, actor)
    faults: dict[str, str] = {}
    refusal: DomainError | None = None
    if request.method == "POST":
        if request.POST.get("password", "") != request.POST.get("again", ""):
            faults = {"again": gettext("Hai lần nhập không giống nhau.")}
        else:
            try:
                services.change_password(
                    actor=actor,
                    current=request.POST.get("current", ""),
                    password=request.POST.get("password", ""),
                    address=address_of(request),
                )
            except (CurrentPasswordWrong, PasswordTooWeak, PasswordUnchanged, TooManyTries) as refused:
                refusal = refused
                faults = {_FIELDS.get(refused.code, "password"): sentence_of(refused)}
            else:
                update_session_auth_hash(request, get_user_model().objects.get(pk=account_id))
                messages.success(request, gettext("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))
                return redirect("login:account")
    has_device = queries.has_second_factor(account_id)
    context = {
        "frame": frame_of(actor),
        "faults": faults or None,
        "has_device": has_device,
        "language": (one.language if (one := queries.account(account_id)) else "vi"),
        "languages": [Option("vi", "Tiếng Việt", language="vi"), Option("en", "English", language="en")],
        "has_password": queries.has_password(account_id),
        "identities": queries.own_identities(actor=actor),
        "shortest": services.shortest_password(has_second_factor=has_device),
        "records": [
            (one, gettext(queries.CHANGE_NAMES[one.change]))
            for one in queries.own_access_records(actor=actor)
        ],
    }
    if faults and refusal is None:
        return render(request, "login/account.html", context, status=422)
    return refused_page(request, "login/account.html", context, refusal)


def _language(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Letters and, in this browser, pages."""
    chosen = "en" if request.POST.get("language") == "en" else "vi"
    services.choose_language(actor=actor, language=chosen)
    with override(chosen):
        messages.success(request, gettext("Đã ghi. Thư và trang đều bằng tiếng Việt."))
    answer = redirect("login:account")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax")
    return answer


@login_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def own_device(request: HttpRequest) -> HttpResponse:
    """Add a second factor of one's own accord; every session without it ends but this one, which it confirms."""
    account_id = in_scope(actor_of(request).account_id)
    device, refusal = enrolled(request, account_id)
    if device is not None:
        confirm_session(request, device)
        messages.success(request, gettext("Đã cài. Các phiên đăng nhập không có mã xác thực đã kết thúc."))
        return redirect("login:account")
    try:
        return enrolment_page(request, account_id, refusal)
    except SecondFactorAlreadySet:
        return redirect("login:account")
