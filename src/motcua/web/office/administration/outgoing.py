"""What waits to leave the house, and the dead letters about which somebody must decide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from motcua.kernel import outbox
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.administration import words

_SHOWN = 100


@officers_only(outbox.MAY_DECIDE)
@require_http_methods(["GET", "POST"])
def outgoing(request: HttpRequest) -> HttpResponse:
    """Backlog of every destination and the newest dead letters. `act`: `replay` or `discard`, with `id` and `reason`."""
    actor, fault = actor_of(request), ""
    chosen = [int(one) for one in request.POST.getlist("id") if one.isdecimal() and len(one) < 19]
    if request.method == "POST":
        try:
            if not chosen:
                fault = gettext("Hãy chọn ít nhất một tin.")
            else:
                messages.success(request, _decide(request, chosen))
                return HttpResponseRedirect(reverse("office:outgoing"))
        except PermissionRefused:
            raise
        except DomainError as refusal:
            fault = sentence_of(refusal)
    dead = outbox.messages(actor=actor, limit=_SHOWN)
    context = {
        "rooms": words.rooms("outgoing"),
        "backlog": outbox.backlog(actor=actor),
        "dead": dead,
        "chosen": chosen,
        "reason": request.POST.get("reason", ""),
        "is_more": len(dead) == _SHOWN,
        "fault": fault,
        "faults": {"reason": fault} if fault else None,
    }
    return render(request, "office/administration/outgoing.html", context, status=422 if fault else 200)


def _decide(request: HttpRequest, chosen: list[int]) -> str:
    actor = actor_of(request)
    if request.POST.get("act") == "replay":
        count = outbox.replay(actor=actor, ids=chosen)
        said = ngettext("Sẽ gửi lại %(count)d tin.", "Sẽ gửi lại %(count)d tin.", count)
    else:
        count = outbox.discard_all(actor=actor, ids=chosen, reason=request.POST.get("reason", ""))
        said = ngettext("Đã bỏ %(count)d tin.", "Đã bỏ %(count)d tin.", count)
    return said % {"count": count}
