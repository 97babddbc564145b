"""Pages of logging in and out. They parse, call the directory and show; nothing is decided here."""

import segno
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as confirm_session

from motcua.directory import queries, services
from motcua.directory.errors import LogInFailed, LogInLocked, SecondFactorAlreadySet, SecondFactorWrong
from motcua.kernel.errors import DomainError
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.login import pending
from motcua.web.kit.login.session import begin_session
from motcua.web.kit.visitors import address_of

_REFUSED = 422


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password. A refusal keeps the name, never the password."""
    next_url = _safe_next(request)
    if request.method == "GET":
        if request.user.is_authenticated:
            return HttpResponseRedirect(next_url)
        return _log_in_page(request, next_url)
    username = request.POST.get("username", "")
    try:
        account = services.log_in_attempt(
            username=username, password=request.POST.get("password", ""), address=address_of(request)
        )
    except (LogInFailed, LogInLocked) as refusal:
        return _log_in_page(request, next_url, username=username, refusal=refusal)
    if queries.needs_second_factor(account) or queries.has_second_factor(account.pk):
        pending.remember(request, account.pk, next_url)
        has_device = queries.has_second_factor(account.pk)
        return redirect("login:second_factor" if has_device else "login:set_up_second_factor")
    begin_session(request, account)
    return HttpResponseRedirect(next_url)


def _log_in_page(
    request: HttpRequest, next_url: str, *, username: str = "", refusal: DomainError | None = None
) -> HttpResponse:
    context = {
        "next": next_url,
        "username": username,
        "faults": {"username": sentence_of(refusal)} if refusal else None,
        "advice": _(refusal.advice) if refusal and refusal.advice else "",
        "demo_accounts": queries.accounts_for_demo() if settings.MOTCUA_DEMO else (),
        "demo_password": settings.MOTCUA_DEMO_PASSWORD if settings.MOTCUA_DEMO else "",
    }
    return render(request, "login/log_in.html", context, status=_REFUSED if refusal else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of an authenticator already in use."""
    waiting = pending.pending(request)
    if waiting is None:
        return _start_again(request)
    account_id, next_url = waiting
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            device = services.verify_second_factor(account_id=account_id, token=request.POST.get("token", ""))
        except (SecondFactorWrong, LogInLocked) as refused:
            refusal = refused
        else:
            return _confirmed(request, device, next_url)
    return _code_page(request, "login/second_factor.html", refusal)


@never_cache
@require_http_methods(["GET", "POST"])
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """The first time: scan the code with a phone, then prove that it works."""
    waiting = pending.pending(request)
    if waiting is None:
        return _start_again(request)
    account_id, next_url = waiting
    refusal: DomainError | None = None
    if request.method == "POST" and _is_number(request.POST.get("device", "")):
        try:
            device = services.confirm_totp_device(
                account_id=account_id,
                device_id=int(request.POST["device"]),
                token=request.POST.get("token", ""),
            )
        except SecondFactorWrong as refused:
            refusal = refused
        else:
            return _confirmed(request, device, next_url)
    try:
        device_id, address = services.begin_totp_device(account_id=account_id)
    except SecondFactorAlreadySet:
        return redirect("login:second_factor")
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    more = {"device": device_id, "picture": picture, "secret": _secret_of(address)}
    return _code_page(request, "login/set_up.html", refusal, more)


def _secret_of(address: str) -> str:
    """The secret in groups of four, for people who cannot scan."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _code_page(
    request: HttpRequest, template: str, refusal: DomainError | None, more: dict[str, object] | None = None
) -> HttpResponse:
    context: dict[str, object] = {
        "faults": {"token": sentence_of(refusal)} if refusal else None,
        "advice": _(refusal.advice) if refusal and refusal.advice else "",
    }
    return render(request, template, context | (more or {}), status=_REFUSED if refusal else 200)


def _confirmed(request: HttpRequest, device: object, next_url: str) -> HttpResponse:
    pending.forget(request)
    begin_session(request, getattr(device, "user"))  # noqa: B009 - the device model of the library is untyped
    confirm_session(request, device)
    return HttpResponseRedirect(next_url)


def _start_again(request: HttpRequest) -> HttpResponse:
    pending.forget(request)
    messages.info(request, _("Đã quá thời gian nhập mã xác thực. Vui lòng đăng nhập lại."))
    return redirect("login:log_in")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else str(settings.LOGIN_REDIRECT_URL)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
