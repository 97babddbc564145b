"""What takes two administrators: the requests that wait, what became of others, and every change of anybody's access."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.office.administration import words
from motcua.web.office.administration.people import Done, password_page
from motcua.web.office.words import role_words

#: Lines of the journal of access on the page, and after asking for more.
_FEW, _MOST = 15, 200
#: The colour of what became of a request.
_TONES = {"open": "soon", "confirmed": "done", "refused": "late"}


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def access_requests(request: HttpRequest) -> HttpResponse:
    """Posting decides one. `act`: `confirm`, `refuse` (one's own: take back)."""
    actor, here = actor_of(request), reverse("office:access_requests")
    if request.method == "POST":
        request_id = in_scope(uuid_or_none(request.POST.get("request")))
        try:
            match request.POST.get("act"):
                case "confirm":
                    done = services.confirm_access(actor=actor, request_id=request_id)
                    said = gettext("Đã xác nhận và thực hiện.")
                    if done.password:
                        return password_page(request, Done(said, done.username, done.password), here)
                case "refuse":
                    services.refuse_access(actor=actor, request_id=request_id)
                    said = gettext("Đã ghi; đề nghị không được thực hiện.")
                case _:
                    raise OutOfScope
        except (OutOfScope, PermissionRefused):
            raise
        except DomainError as refusal:
            messages.error(request, sentence_of(refusal))
        else:
            messages.success(request, said)
        return HttpResponseRedirect(here)
    shown = [
        (one, gettext(directory.ACT_NAMES[one.act]), role_words(one.role) if one.role else "")
        for one in directory.access_requests(actor=actor)
    ]
    shows_more = "them" in request.GET
    context = {
        "rooms": words.rooms("access_requests"),
        "shows_more": shows_more,
        "waiting": [line for line in shown if line[0].is_open],
        "decided": [
            (*line, _became(line[0]), _TONES.get(line[0].state, "")) for line in shown if not line[0].is_open
        ],
        "records": [
            (
                one,
                gettext(directory.CHANGE_NAMES[one.change]),
                words.value_words(one.before),
                words.value_words(one.after),
            )
            for one in directory.access_records(actor=actor, limit=_MOST if shows_more else _FEW)
        ],
    }
    return render(request, "office/administration/access.html", context)


def _became(one: directory.AccessRequestView) -> str:
    """An open one that is shown as decided is one whose time has passed."""
    if one.state is directory.RequestState.OPEN:
        return gettext("Đã hết hạn")
    return gettext(directory.REQUEST_STATE_NAMES[one.state])
