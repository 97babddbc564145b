"""How somebody is reached, and by which ways they want to be told about their dossiers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.channels import queries, services
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.queries import PartyView
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Option
from motcua.web.kit.errors import sentence_of
from motcua.web.portal.access import citizen_only

_CONTACT = ("phone", "email", "address")
_FIELD_OF = {"directory.phone_invalid": "phone", "directory.email_invalid": "email"}


@citizen_only
@require_http_methods(["GET", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """Contact and ways for each person or organisation the visitor acts for; the space in the portal stays on."""
    actor = actor_of(request)
    own = directory.own_parties(actor)
    faults: dict[str, str] = {}
    if request.method == "POST":
        for party in own:
            faults |= _keep_contact(request, actor, party)
        if not faults:
            for party in own:
                _keep_ways(request, actor, party.id)
            said = gettext("Đã ghi. Thông báo từ nay được gửi theo liên hệ và các cách bạn chọn.")
            messages.success(request, said)
            return HttpResponseRedirect(reverse("portal:ways"))
    context = {"parties": [_shown(request, actor, party, faults) for party in own], "faults": faults}
    return render(request, "portal/ways.html", context, status=422 if faults else 200)


def _keep_contact(request: HttpRequest, actor: Actor, party: PartyView) -> dict[str, str]:
    """What was posted of this party's contact (fields not on the page stay as they are); what is wrong, by field."""
    given = {name: request.POST.get(f"{name}-{party.id}") for name in _CONTACT}
    try:
        registry.update_contact(actor=actor, party_id=party.id, **given)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        return {f"{_FIELD_OF.get(refusal.code, 'address')}-{party.id}": sentence_of(refusal)}
    return {}


def _keep_ways(request: HttpRequest, actor: Actor, party_id: UUID) -> None:
    wanted = set(request.POST.getlist(f"way-{party_id}"))
    for one in queries.way_choices(actor=actor, party_id=party_id):
        if one.may_be_declined:
            services.choose_way(actor=actor, party_id=party_id, way=one.key, is_wanted=one.key in wanted)


def _shown(request: HttpRequest, actor: Actor, party: PartyView, faults: dict[str, str]) -> dict[str, Any]:
    choices = queries.way_choices(actor=actor, party_id=party.id)
    posted = request.POST if faults else {}
    return {
        "title": party.full_name,
        "contact": [
            {
                "name": f"{name}-{party.id}",
                "kind": name,
                "value": posted.get(f"{name}-{party.id}", getattr(party, name)),
                "error": faults.get(f"{name}-{party.id}", ""),
            }
            for name in _CONTACT
        ],
        "name": f"way-{party.id}",
        "label": gettext("Gửi cho %(name)s qua") % {"name": party.full_name},
        "options": [Option(one.key, one.title) for one in choices if one.may_be_declined],
        "on": request.POST.getlist(f"way-{party.id}")
        if faults
        else [one.key for one in choices if one.is_wanted],
    }
