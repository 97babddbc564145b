"""Reorganisation: which agencies end, which one takes over, by which decree, from when; what it moves is shown first."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.queries import AgencyView
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.typed import day_of, text_of, typed_day

_MOST = 20


@dataclass(frozen=True, slots=True)
class _Plan:
    """A reorganisation as typed and understood."""

    predecessors: tuple[AgencyView, ...]
    successor: AgencyView
    effective_on: date
    decision: str


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def reorganise(request: HttpRequest) -> HttpResponse:
    """Type it, see what it moves (`act=look`), then carry it out (`act=do`)."""
    actor = actor_of(request)
    faults: dict[str, str] = {}
    act = request.POST.get("act", "")
    plan = _plan(request, faults) if act else None
    if plan is not None and act == "do" and _carry_out(actor, plan, faults):
        messages.success(request, _said(plan))
        return HttpResponseRedirect(reverse("office:agency", args=[plan.successor.id]))
    preview = None
    if plan is not None:
        preview = dossiers.hand_over_preview(actor=actor, agency_ids=[one.id for one in plan.predecessors])
    typed = request.POST if act else {"predecessors": request.GET.get("ma", "")}
    context = {
        "rooms": words.rooms("reorganise"),
        "plan": plan,
        "preview": preview,
        "typed": typed,
        "typed_day": typed_day(typed, "effective"),
        "roles": sum(len(_roles(actor, one)) for one in plan.predecessors) if plan else 0,
        "is_future": plan is not None and plan.effective_on > clock.today(),
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/reorganise.html", context, status=422 if faults else 200)


def _plan(request: HttpRequest, faults: dict[str, str]) -> _Plan | None:
    post = request.POST
    predecessors = _agencies(text_of(post, "predecessors"), "predecessors", faults)
    successors = _agencies(text_of(post, "successor"), "successor", faults)
    effective_on, decision = day_of(post, "effective", faults), text_of(post, "decision")
    if not predecessors and "predecessors" not in faults:
        faults["predecessors"] = gettext("Ghi mã của ít nhất một cơ quan chấm dứt hoạt động.")
    if len(successors) != 1 and "successor" not in faults:
        faults["successor"] = gettext("Ghi mã của một cơ quan tiếp nhận.")
    if {one.id for one in predecessors} & {one.id for one in successors}:
        faults["successor"] = gettext("Cơ quan tiếp nhận không thể là cơ quan chấm dứt.")
    if not decision:
        faults["decision"] = gettext("Ghi nghị quyết hoặc quyết định tổ chức lại.")
    if faults or effective_on is None:
        return None
    return _Plan(predecessors, successors[0], effective_on, decision)


def _agencies(text: str, name: str, faults: dict[str, str]) -> tuple[AgencyView, ...]:
    found = []
    for code in text.replace(",", " ").replace(";", " ").split()[:_MOST]:
        try:
            found.append(directory.agency(code))
        except DomainError as refusal:
            faults[name] = sentence_of(refusal)
    return tuple(dict.fromkeys(found))


def _carry_out(actor: Actor, plan: _Plan, faults: dict[str, str]) -> bool:
    try:
        services.reorganise_agencies(
            actor=actor,
            predecessor_ids=[one.id for one in plan.predecessors],
            successor_ids=[plan.successor.id],
            effective_on=plan.effective_on,
            decision=plan.decision,
        )
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        faults["predecessors"] = sentence_of(refusal)
    return not faults


def _said(plan: _Plan) -> str:
    if plan.effective_on > clock.today():
        return gettext("Đã ghi việc tổ chức lại. Hồ sơ đang mở được bàn giao vào ngày có hiệu lực.")
    return gettext(
        "Đã ghi việc tổ chức lại. Hồ sơ đang mở đang được bàn giao; cơ quan tiếp nhận xác nhận từng hồ sơ."
    )


def _roles(actor: Actor, agency: AgencyView) -> tuple[directory.RoleHeld, ...]:
    return directory.staff_of(actor=actor, agency_id=agency.id)
