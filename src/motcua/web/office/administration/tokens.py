"""Keys with which programs of other systems work in somebody's name: issue, see the last use, revoke."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
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
from motcua.directory.queries import AgencyView, ApiTokenView, StaffView
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option, Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.agencies import known_agency
from motcua.web.office.administration.typed import text_of

_LIVES = (30, 90, 180, 365)
_FIELD_OF = {"directory.api_token_period_invalid": "life"}


@officers_only("api.token")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The keys of everybody who serves here. Posting issues one (`issue`: shown once) or revokes one (`revoke`)."""
    actor, agency = actor_of(request), known_agency(agency_id)
    here = tuple(one for one in directory.people_of(actor=actor, agency_id=agency_id) if one.account_id)
    faults: dict[str, str] = {}
    if request.method == "POST":
        match request.POST.get("act"):
            case "issue":
                answer = _issue(request, actor, agency, here, faults)
                if answer is not None:
                    return answer
            case "revoke":
                return _revoke(request, actor, agency, here)
            case _:
                raise OutOfScope
    keys = _keys(actor, here)
    context = {
        "agency": agency,
        "tabs": words.agency_tabs(agency, "tokens"),
        "tokens": [
            (token, one.full_name, *_standing(token))
            for one in here
            for token in keys.get(one.account_id, ())
        ],
        "people": [
            Option(str(one.account_id), f"{one.full_name} · {one.username}") for one in here if one.is_active
        ],
        "lives": [Option(str(days), gettext("%(n)s ngày") % {"n": days}) for days in _LIVES],
        "permissions": [Option(name, str(said)) for name, said in words.PERMISSIONS.items()],
        "chosen": request.POST.getlist("permissions"),
        "typed": request.POST,
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/tokens.html", context, status=422 if faults else 200)


def _issue(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView,
    here: tuple[StaffView, ...],
    faults: dict[str, str],
) -> HttpResponse | None:
    post = request.POST
    account, life = uuid_or_none(post.get("account")), text_of(post, "life")
    if account is None or account not in {one.account_id for one in here}:
        faults["account"] = gettext("Chọn người mà chương trình làm thay.")
    if not text_of(post, "label"):
        faults["label"] = gettext("Ghi tên chương trình dùng khóa.")
    if life not in {str(days) for days in _LIVES}:
        faults["life"] = gettext("Chọn thời hạn.")
    chosen = [name for name in post.getlist("permissions") if name in words.PERMISSIONS]
    if not chosen:
        faults["permissions"] = gettext("Chọn ít nhất một việc chương trình được làm.")
    if faults or account is None:
        return None
    try:
        view, secret = services.issue_api_token(
            actor=actor,
            account_id=account,
            name=text_of(post, "label"),
            life=timedelta(days=int(life)),
            permissions=chosen,
        )
    except TwoPeopleNeeded:
        faults["account"] = gettext(
            "Người này ký, đóng dấu, kiểm tra hoặc quản trị: không ai cấp khóa làm thay họ. Chọn người khác."
        )
        return None
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        faults[_FIELD_OF.get(refusal.code, "label")] = sentence_of(refusal)
        return None
    context = {
        "agency": agency,
        "token": view,
        "secret": secret,
        "back": reverse("office:tokens", args=[agency.id]),
    }
    answer = render(request, "office/administration/token_once.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _revoke(
    request: HttpRequest, actor: Actor, agency: AgencyView, here: tuple[StaffView, ...]
) -> HttpResponse:
    """Only keys of this page are revoked on it."""
    wanted = uuid_or_none(request.POST.get("token"))
    every = [token for tokens in _keys(actor, here).values() for token in tokens]
    token = in_scope(next((one for one in every if one.id == wanted), None))
    services.revoke_api_token(actor=actor, token_id=token.id)
    messages.success(
        request,
        gettext("Đã thu hồi khóa %(name)s; chương trình dùng nó bị từ chối ngay.") % {"name": token.name},
    )
    return HttpResponseRedirect(reverse("office:tokens", args=[agency.id]))


def _keys(actor: Actor, here: tuple[StaffView, ...]) -> Mapping[UUID | None, Sequence[ApiTokenView]]:
    accounts = [one.account_id for one in here if one.account_id]
    found = directory.api_tokens_of(actor=actor, account_ids=accounts)
    return {account: found.get(account, ()) for account in accounts}


def _standing(token: ApiTokenView) -> tuple[bool, str, Tone]:
    """Whether it works, and why not where it does not."""
    if token.revoked_at is not None:
        return False, gettext("đã thu hồi"), Tone.QUIET
    if token.expires_at <= clock.now():
        return False, gettext("hết hạn"), Tone.QUIET
    if token.expires_at - clock.now() < timedelta(days=14):
        return True, gettext("sắp hết hạn"), Tone.SOON
    return True, gettext("đang dùng được"), Tone.DONE
