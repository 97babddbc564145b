"""People of an agency: log-ins, roles, second factor; and which roles ask for a second factor at all."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import TwoPeopleNeeded
from motcua.directory.queries import AccessAct, AgencyView, Role, StaffView
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.agencies import known_agency
from motcua.web.office.administration.typed import day_of, text_of, typed_day
from motcua.web.office.words import ROLES, role_words

_FIELD_OF = {
    "directory.role_already_held": "role",
    "directory.staff_number_taken": "number",
    "directory.username_taken": "username",
    "directory.username_invalid": "username",
    "directory.email_invalid": "email",
}
Faults = dict[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """What to say after an act; a `password` is shown with the answer itself and kept nowhere."""

    said: str
    username: str = ""
    password: str = ""


Act = Callable[[HttpRequest, Actor, AgencyView, Faults], Done]


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Who serves here and as what. `act`: `give`, `end`, `new`, `close`, `reopen`, `password`, `device`,
    `unlock`.
    """
    actor, agency = actor_of(request), known_agency(agency_id)
    faults: Faults = {}
    if request.method == "POST":
        act, done = in_scope(_ACTS.get(request.POST.get("act", ""))), Done("")
        try:
            done = act(request, actor, agency, faults)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_FIELD_OF.get(refusal.code, "full_name" if "username" in request.POST else "role")] = (
                sentence_of(refusal)
            )
        if not faults:
            back = reverse("office:people", args=[agency_id])
            if done.password:
                return password_page(request, done, back)
            messages.success(request, done.said)
            return HttpResponseRedirect(back)
    text = request.GET.get("q", "").strip()
    here = directory.people_of(actor=actor, agency_id=agency_id)
    context = {
        "agency": agency,
        "tabs": words.agency_tabs(agency, "people"),
        "people": [(one, _roles(one)) for one in here],
        "text": text,
        "candidates": _candidates(here, directory.find_people(actor=actor, text=text)),
        "roles": [Option(role.value, str(name)) for role, name in ROLES.items()],
        "posts": [
            Option(str(post.id), post.title) for post in directory.posts_of(actor=actor, agency_id=agency_id)
        ],
        "typed": request.POST,
        "typed_day": typed_day(request.POST, "begins"),
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
        "wrong": faults,
    }
    return render(request, "office/administration/people.html", context, status=422 if faults else 200)


def password_page(request: HttpRequest, done: Done, back: str) -> HttpResponse:
    """A new password, once: in the answer to the request that made it, which nobody keeps."""
    answer = render(request, "office/administration/password_once.html", {"done": done, "back": back})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def second_factors(request: HttpRequest) -> HttpResponse:
    """The switch of each role. One's own role may be switched too; it asks at the next log-in."""
    actor, switches = actor_of(request), directory.second_factor_switches()
    if request.method == "POST":
        wanted = set(request.POST.getlist("role"))
        changed = [role for role, is_on in switches.items() if (role.value in wanted) != is_on]
        for role in changed:
            services.require_second_factor(actor=actor, role=role, is_required=role.value in wanted)
        messages.success(request, gettext("Đã ghi. Thay đổi có hiệu lực từ lần đăng nhập sau."))
        return HttpResponseRedirect(reverse("office:second_factors"))
    context = {
        "rooms": words.rooms("second_factors"),
        "roles": [Option(role.value, str(name)) for role, name in ROLES.items()],
        "on": [role.value for role, is_on in switches.items() if is_on],
    }
    return render(request, "office/administration/second_factors.html", context)


def _give(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    post = request.POST
    staff_id, role = uuid_or_none(post.get("staff")), text_of(post, "role")
    begins_on = day_of(post, "begins", faults, optional=True)
    if staff_id is None:
        faults["staff"] = gettext("Chọn cán bộ; tìm theo tên nếu chưa thấy trong danh sách.")
    if role not in set(Role):
        faults["role"] = gettext("Chọn vai trò.")
    post_id = uuid_or_none(post.get("post"))
    if faults or staff_id is None:
        return Done("")
    try:
        services.assign_role(
            actor=actor,
            staff_id=staff_id,
            agency_id=agency.id,
            role=Role(role),
            begins_on=begins_on,
            post_id=post_id,
            decision=text_of(post, "decision"),
        )
    except TwoPeopleNeeded:
        services.ask_role(
            actor=actor,
            staff_id=staff_id,
            agency_id=agency.id,
            role=Role(role),
            begins_on=begins_on,
            post_id=post_id,
            decision=text_of(post, "decision"),
        )
        return asked()
    return Done(gettext("Đã giao vai trò."))


def asked() -> Done:
    """Said after an act that another administrator has to confirm."""
    return Done(
        gettext("Việc này cần hai người: đã gửi đề nghị, chờ một người quản trị khác xác nhận trong ba ngày.")
    )


def _end(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    services.end_role(actor=actor, assignment_id=in_scope(uuid_or_none(request.POST.get("assignment"))))
    return Done(gettext("Đã kết thúc vai trò từ hôm nay."))


def _new(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    """Somebody new in service gets a log-in with a password that is shown once and serves once."""
    post = request.POST
    role = text_of(post, "first_role")
    if role not in set(Role):
        faults["first_role"] = gettext("Chọn vai trò.")
    if not text_of(post, "number"):
        faults["number"] = gettext("Ghi số hiệu cán bộ.")
    if faults:
        return Done("")
    password = secrets.token_urlsafe(12)
    engaged = services.engage_staff(
        actor=actor,
        number=text_of(post, "number"),
        full_name=text_of(post, "full_name"),
        email=text_of(post, "email"),
        username=text_of(post, "username"),
        password=password,
        agency_id=agency.id,
        role=Role(role),
    )
    said = gettext("Đã mở tài khoản.") if engaged.request_id is None else asked().said
    return Done(said, text_of(post, "username"), password)


def _close(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    account_id = _account(request, actor, agency).account_id
    reason = text_of(request.POST, "reason")
    if not reason:
        faults[f"reason-{account_id}"] = gettext("Ghi lý do khóa tài khoản.")
        return Done("")
    services.close_account(actor=actor, account_id=in_scope(account_id), reason=reason)
    return Done(gettext("Đã khóa tài khoản; phiên làm việc và khóa truy cập hết hiệu lực ngay."))


def _reopen(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    services.reopen_account(actor=actor, account_id=in_scope(_account(request, actor, agency).account_id))
    return Done(gettext("Đã mở lại tài khoản, với mật khẩu cũ. Khóa truy cập đã thu hồi thì cấp mới."))


def _reset(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    one, reason = _account(request, actor, agency), text_of(request.POST, "reason")
    account_id = in_scope(one.account_id)
    try:
        password = services.reset_password(actor=actor, account_id=account_id, reason=reason)
    except TwoPeopleNeeded:
        services.ask_reset(actor=actor, act=AccessAct.RESET_PASSWORD, account_id=account_id, reason=reason)
        return asked()
    return Done(gettext("Đã cấp mật khẩu mới."), one.username, password)


def _forget_device(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    one, reason = _account(request, actor, agency), text_of(request.POST, "reason")
    account_id = in_scope(one.account_id)
    try:
        services.remove_second_factor(actor=actor, account_id=account_id, reason=reason)
    except TwoPeopleNeeded:
        act = AccessAct.REMOVE_SECOND_FACTOR
        services.ask_reset(actor=actor, act=act, account_id=account_id, reason=reason)
        return asked()
    return Done(gettext("Đã gỡ thiết bị xác thực; lần đăng nhập sau phải cài lại nếu vai trò yêu cầu."))


def _unlock(request: HttpRequest, actor: Actor, agency: AgencyView, faults: Faults) -> Done:
    one = _account(request, actor, agency)
    services.unlock_log_in(actor=actor, username=one.username)
    return Done(gettext("Đã mở lại đăng nhập; số lần nhập sai được tính lại từ đầu."))


_ACTS: dict[str, Act] = {
    "give": _give,
    "end": _end,
    "new": _new,
    "close": _close,
    "reopen": _reopen,
    "password": _reset,
    "device": _forget_device,
    "unlock": _unlock,
}


def _account(request: HttpRequest, actor: Actor, agency: AgencyView) -> StaffView:
    """Somebody with a log-in who serves in this agency; no other is reached from its page."""
    wanted = uuid_or_none(request.POST.get("account"))
    here = {one.account_id: one for one in directory.people_of(actor=actor, agency_id=agency.id)}
    return in_scope(here.get(wanted) if wanted else None)


def _candidates(here: tuple[StaffView, ...], found: tuple[StaffView, ...]) -> list[Option]:
    """Those found, then those already here, each once."""
    every = {one.id: one for one in (*found, *here)}
    return [Option(str(one.id), f"{one.full_name} · {one.number}") for one in every.values()]


def _roles(one: StaffView) -> list[tuple[str, str, UUID]]:
    """Role and post, since when and until when, and what ends it."""
    return [
        (
            " · ".join(part for part in (role_words(held.role), held.post_title) if part),
            words.validity_words(held.begins_on, held.ends_on),
            held.assignment_id,
        )
        for held in one.roles
    ]
