"""By which ways somebody wants to be told about their dossiers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.channels import queries, services
from motcua.directory import queries as directory
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Option
from motcua.web.portal.access import citizen_only


@citizen_only
@require_http_methods(["GET", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """One list of ways for each person or organisation the visitor acts for; the space in the portal stays on."""
    actor = actor_of(request)
    if request.method == "POST":
        for party_id in (one.id for one in directory.own_parties(actor)):
            wanted = set(request.POST.getlist(f"way-{party_id}"))
            for one in queries.way_choices(actor=actor, party_id=party_id):
                if one.may_be_declined:
                    services.choose_way(
                        actor=actor, party_id=party_id, way=one.key, is_wanted=one.key in wanted
                    )
        messages.success(request, gettext("Đã ghi. Thông báo từ nay được gửi theo các cách bạn chọn."))
        return HttpResponseRedirect(reverse("portal:ways"))
    parties = []
    for party in directory.own_parties(actor):
        party_id = party.id
        choices = queries.way_choices(actor=actor, party_id=party_id)
        parties.append(
            {
                "name": f"way-{party_id}",
                "label": gettext("Gửi cho %(name)s qua") % {"name": party.full_name},
                "options": [Option(one.key, one.title) for one in choices if one.may_be_declined],
                "on": [one.key for one in choices if one.is_wanted],
            }
        )
    return render(request, "portal/ways.html", {"parties": parties})
