"""Delegations of signing: who signs for whom, for what, until when."""

import re
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.queries import AgencyView, DelegationView, Role, ScopeKind, SigningScope
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.office import words


@officers_only()
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Those of one agency, and a form for a new one where the reader may decide."""
    actor = actor_of(request)
    choices = _agencies(actor)
    wanted = uuid_or_none(request.GET.get("don-vi") or request.POST.get("agency"))
    agency = next((one for one in choices if one.id == wanted), choices[0] if choices else None)
    faults: dict[str, str] = {}
    if request.method == "POST":
        if agency is None or not actor.may("delegation.manage", agency.id):
            raise PermissionRefused
        said = _delegate(request, actor, agency, faults)
        if said:
            messages.success(request, said)
            return HttpResponseRedirect(f"{reverse('office:delegations')}?don-vi={agency.id}")
    return _page(request, actor, agency, choices, faults)


@officers_only("delegation.manage")
@require_POST
def revoke(request: HttpRequest, delegation_id: UUID) -> HttpResponse:
    """End one today, with a reason."""
    actor = actor_of(request)
    try:
        services.revoke_delegation(
            actor=actor, delegation_id=delegation_id, reason=request.POST.get("reason", "").strip()
        )
    except PermissionRefused:
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, gettext("Đã chấm dứt ủy quyền từ hôm nay."))
    view = directory.delegation(delegation_id)
    return HttpResponseRedirect(f"{reverse('office:delegations')}?don-vi={view.agency_id if view else ''}")


def _page(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView | None,
    choices: list[AgencyView],
    faults: dict[str, str],
) -> HttpResponse:
    may_manage = agency is not None and actor.may("delegation.manage", agency.id)
    listed = directory.delegations(actor=actor, agency_id=agency.id, with_past=True) if agency else ()
    context = {
        "agency": agency,
        "agencies": [Option(str(one.id), words.agency_name(one)) for one in choices],
        "delegations": [(one, words.scope_words(one), _last_day(one)) for one in listed],
        "to_me": [words.in_place_of(one) for one in directory.delegations_to(actor.account_id)]
        if actor.account_id
        else [],
        "may_manage": may_manage,
        "faults": [Fault(f"f-{name}" if name else "", message) for name, message in faults.items()],
        "wrong": faults,
        "typed": request.POST,
        "begins": {part: request.POST.get(f"begins.{part}", "") for part in "dmy"},
        "ends": {part: request.POST.get(f"ends.{part}", "") for part in "dmy"},
        "kinds": [
            Option("all", gettext("Mọi thủ tục của cơ quan")),
            Option("field", gettext("Một số lĩnh vực"), gettext("Ghi mã lĩnh vực ở ô dưới.")),
            Option("procedure", gettext("Một số thủ tục"), gettext("Ghi mã thủ tục ở ô dưới.")),
        ],
        **(_people(actor, agency) if may_manage and agency else {}),
    }
    return render(request, "office/delegations.html", context, status=422 if faults else 200)


def _agencies(actor: Actor) -> list[AgencyView]:
    """Agencies the reader belongs to or may decide for."""
    managed = actor.agencies_with("delegation.manage")
    if EVERYWHERE in managed:
        return list(directory.find_agencies())
    found = directory.agencies((actor.agency_ids | managed) - {EVERYWHERE})
    return sorted(found.values(), key=lambda one: one.code)


def _people(actor: Actor, agency: AgencyView) -> dict[str, object]:
    leaders = directory.holders_of(Role.LEADER, agency.id)
    staff = {
        str(one.account_id): one
        for one in directory.staff_of(actor=actor, agency_id=agency.id)
        if one.account_id
    }
    return {
        "leaders": [
            Option(str(one.account_id), one.staff_name, one.post_title) for one in leaders if one.account_id
        ],
        "staff": [
            Option(key, f"{one.staff_name} · {one.post_title}" if one.post_title else one.staff_name)
            for key, one in staff.items()
        ],
    }


def _delegate(request: HttpRequest, actor: Actor, agency: AgencyView, faults: dict[str, str]) -> str:
    """What to say where it was written or asked for; nothing where something is wrong."""
    post = request.POST
    delegator, delegate = uuid_or_none(post.get("delegator")), uuid_or_none(post.get("delegate"))
    begins_on, last_on = _day(post, "begins", faults), _day(post, "ends", faults, optional=True)
    if delegator is None:
        faults["delegator"] = gettext("Chọn người ủy quyền.")
    if delegate is None:
        faults["delegate"] = gettext("Chọn người được ủy quyền.")
    if delegator is None or delegate is None or begins_on is None or faults:
        return ""
    mandate = services.Mandate(
        delegator_account_id=delegator,
        delegate_account_id=delegate,
        agency_id=agency.id,
        scopes=tuple(_scopes(post.get("kind", ""), post.get("codes", ""))),
        begins_on=begins_on,
        ends_on=last_on + timedelta(days=1) if last_on else None,
        decision_number=post.get("decision", "").strip(),
    )
    try:
        if delegator == actor.account_id:
            services.delegate_signing(
                actor=actor,
                delegator_account_id=mandate.delegator_account_id,
                delegate_account_id=mandate.delegate_account_id,
                agency_id=mandate.agency_id,
                scopes=mandate.scopes,
                begins_on=mandate.begins_on,
                ends_on=mandate.ends_on,
                decision_number=mandate.decision_number,
            )
            return gettext("Đã ghi văn bản ủy quyền ký.")
        services.ask_delegation(actor=actor, mandate=mandate)
    except PermissionRefused:
        raise
    except DomainError as refusal:
        faults[_FIELD_OF.get(refusal.code, "")] = sentence_of(refusal)
        return ""
    return gettext(
        "Văn bản ghi thay cho lãnh đạo cần hai người: đã gửi đề nghị, chờ người quản trị xác nhận."
    )


_FIELD_OF = {
    "directory.delegation_to_self": "delegate",
    "directory.delegation_empty": "codes",
    "directory.delegation_period_invalid": "ends",
    "directory.delegation_overlaps": "codes",
    "directory.name_missing": "decision",
}


def _scopes(kind: str, codes: str) -> list[SigningScope]:
    if kind == ScopeKind.ALL:
        return [SigningScope(ScopeKind.ALL)]
    scope = ScopeKind.FIELD if kind == ScopeKind.FIELD else ScopeKind.PROCEDURE
    return [SigningScope(scope, code) for code in re.split(r"[\s,;]+", codes) if code]


def _day(post: dict[str, str], name: str, faults: dict[str, str], *, optional: bool = False) -> date | None:
    typed = [str(post.get(f"{name}.{part}") or "").strip() for part in "ymd"]
    if optional and not any(typed):
        return None
    try:
        return date(*map(int, typed))
    except ValueError:
        faults[name] = gettext("Nhập ngày, tháng và năm đủ bốn chữ số.")
        return None


def _last_day(view: DelegationView) -> date | None:
    return view.ends_on - timedelta(days=1) if view.ends_on else None
