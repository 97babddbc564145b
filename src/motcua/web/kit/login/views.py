"""Pages of logging in and out. They parse, call the directory and show; nothing is decided here."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as confirm_session
from django_otp.models import Device

from motcua.directory import queries, services
from motcua.directory.errors import (
    CurrentPasswordWrong,
    IdentityUnreachable,
    IdentityUntrue,
    LogInFailed,
    LogInLocked,
    PasswordTooWeak,
    PasswordUnchanged,
    SecondFactorAlreadySet,
    SecondFactorWrong,
)
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, Kind, TooManyTries
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of, wait_of
from motcua.web.kit.login import pending, provider
from motcua.web.kit.login.session import begin_session
from motcua.web.kit.visitors import address_of

_REFUSED = 422


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password. A refusal keeps the name, never the password."""
    next_url = safe_next(request)
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
    provider.forget(request)
    pending.remember(request, account.pk, next_url)
    if queries.has_second_factor(account.pk):
        return redirect("login:second_factor")
    return _go_on(request, account)


def _go_on(request: HttpRequest, account: Any, device: object = None) -> HttpResponse:
    """The next step of who has proved what could be asked of them so far: a password of their own, a device, the session."""
    if account.must_change_password:
        if device is not None:
            pending.confirmed(request, str(getattr(device, "persistent_id")))  # noqa: B009 - the library is untyped
        return redirect("login:new_password")
    if device is None and queries.needs_second_factor(account):
        return redirect("login:set_up_second_factor")
    waiting = pending.pending(request)
    pending.forget(request)
    begin_session(request, account)
    if device is not None:
        confirm_session(request, device)
    return HttpResponseRedirect(waiting[1] if waiting else str(settings.LOGIN_REDIRECT_URL))


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Somebody else knows the password: it opened this page, and only one's own opens the next."""
    waiting = pending.pending(request)
    if waiting is None:
        return _start_again(request)
    account_id, _next = waiting
    device_id = pending.device_of(request)
    if queries.has_second_factor(account_id) and not device_id:
        return redirect("login:second_factor")
    faults: dict[str, str] = {}
    if request.method == "POST":
        faults = chosen_password(request, account_id)
        if not faults:
            account = get_user_model().objects.get(pk=account_id)
            return _go_on(request, account, Device.from_persistent_id(device_id) if device_id else None)
    context = {
        "faults": faults or None,
        "shortest": services.shortest_password(has_second_factor=queries.has_second_factor(account_id)),
    }
    return render(request, "login/new_password.html", context, status=_REFUSED if faults else 200)


def chosen_password(request: HttpRequest, account_id: UUID) -> dict[str, str]:
    """Write the new password that was typed twice; what is wrong with it by field, nothing where it was written."""
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        return {"again": _("Hai lần nhập không giống nhau.")}
    try:
        services.choose_password(account_id=account_id, password=password)
    except (PasswordTooWeak, PasswordUnchanged) as refusal:
        return {"password": sentence_of(refusal)}
    return {}


def _log_in_page(
    request: HttpRequest, next_url: str, *, username: str = "", refusal: DomainError | None = None
) -> HttpResponse:
    context = {
        "next": next_url,
        "username": username,
        "faults": {"username": sentence_of(refusal)} if refusal else None,
        "advice": _(refusal.advice) if refusal and refusal.advice else "",
        "offers_identity": queries.offers_identity(),
        "demo_accounts": queries.accounts_for_demo() if settings.MOTCUA_DEMO else (),
        "demo_password": settings.MOTCUA_DEMO_PASSWORD if settings.MOTCUA_DEMO else "",
    }
    return refused_page(request, "login/log_in.html", context, refusal)


def refused_page(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: DomainError | None
) -> HttpResponse:
    """The page with its refusal: 429 and `Retry-After` where somebody has to wait, else 422."""
    if refusal is None:
        return render(request, template, context)
    if refusal.kind is not Kind.TOO_MANY:
        return render(request, template, context, status=_REFUSED)
    answer = render(request, template, context, status=refusal.kind.value)
    answer.headers["Retry-After"] = wait_of(refusal)
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of an authenticator already in use."""
    waiting = pending.pending(request)
    if waiting is None:
        return _start_again(request)
    account_id, _next = waiting
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            device = services.verify_second_factor(
                account_id=account_id, token=request.POST.get("token", ""), address=address_of(request)
            )
        except (SecondFactorWrong, LogInLocked) as refused:
            refusal = refused
        else:
            return _go_on(request, _holder(device), device)
    return _code_page(request, "login/second_factor.html", refusal)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """The first time: scan the code with a phone, then prove that it works."""
    waiting = pending.pending(request)
    if waiting is None:
        return _start_again(request)
    account_id, _next = waiting
    device, refusal = enrolled(request, account_id)
    if device is not None:
        return _go_on(request, _holder(device), device)
    try:
        return enrolment_page(request, account_id, refusal)
    except SecondFactorAlreadySet:
        return redirect("login:second_factor")


def enrolled(request: HttpRequest, account_id: UUID) -> tuple[object | None, DomainError | None]:
    """The device that was proved with this request, or why it was not; nothing of both where nothing was sent."""
    if request.method != "POST" or not _is_number(request.POST.get("device", "")):
        return None, None
    try:
        device = services.confirm_totp_device(
            account_id=account_id,
            device_id=int(request.POST["device"]),
            token=request.POST.get("token", ""),
            password=request.POST.get("password", ""),
            address=address_of(request),
        )
    except (SecondFactorWrong, CurrentPasswordWrong, TooManyTries) as refusal:
        return None, refusal
    return device, None


def enrolment_page(request: HttpRequest, account_id: UUID, refusal: DomainError | None) -> HttpResponse:
    """The code to scan. Refuses: `SecondFactorAlreadySet`."""
    device_id, address = services.begin_totp_device(account_id=account_id)
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    more: dict[str, object] = {
        "frame": frame_of(actor_of(request)),
        "device": device_id,
        "picture": picture,
        "secret": _secret_of(address),
    }
    return _code_page(request, "login/set_up.html", refusal, more)


def frame_of(actor: Actor) -> str:
    """The frame of a page about oneself: the officers' for officers, the portal's for everybody else."""
    return "kit/base.html" if actor.is_officer else "kit/public.html"


def _holder(device: object) -> object:
    return getattr(device, "user")  # noqa: B009 - the device model of the library is untyped


def _secret_of(address: str) -> str:
    """The secret in groups of four, for people who cannot scan."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _code_page(
    request: HttpRequest, template: str, refusal: DomainError | None, more: dict[str, object] | None = None
) -> HttpResponse:
    field = "password" if isinstance(refusal, CurrentPasswordWrong) else "token"
    context: dict[str, object] = {
        "faults": {field: sentence_of(refusal)} if refusal else None,
        "advice": _(refusal.advice) if refusal and refusal.advice else "",
    }
    return refused_page(request, template, context | (more or {}), refusal)


def _start_again(request: HttpRequest) -> HttpResponse:
    pending.forget(request)
    messages.info(request, _("Đã quá thời gian nhập mã xác thực. Vui lòng đăng nhập lại."))
    return redirect("login:log_in")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session. Whoever came from a provider of identities is still logged in there, and told how to end that, too."""
    proof = provider.proof_of(request)
    auth.logout(request)
    if proof and (address := _end_there(proof)):
        return render(request, "login/logged_out.html", {"address": address})
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _end_there(proof: str) -> str:
    try:
        return services.identity_provider().log_out_address(proof, back_to=f"{settings.BASE_URL}/")
    except (IdentityUnreachable, IdentityUntrue):
        return ""


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else str(settings.LOGIN_REDIRECT_URL)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
