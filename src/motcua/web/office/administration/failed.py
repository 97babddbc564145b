"""Background work that failed for good, and trying it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from motcua.kernel import failures
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.administration import words

_SHOWN = 100


@officers_only(failures.MAY_RETRY)
@require_http_methods(["GET", "POST"])
def failed_jobs(request: HttpRequest) -> HttpResponse:
    """The newest failed jobs; `id` says which are tried again."""
    actor, fault = actor_of(request), ""
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("id") if one.isdecimal() and len(one) < 19]
        if chosen:
            count = failures.retry_failed(actor=actor, ids=chosen)
            said = ngettext("Sẽ làm lại %(count)d việc.", "Sẽ làm lại %(count)d việc.", count)
            messages.success(request, said % {"count": count})
            return HttpResponseRedirect(reverse("office:failed_jobs"))
        fault = gettext("Hãy chọn ít nhất một việc.")
    failed = failures.failed_jobs(actor=actor, limit=_SHOWN)
    context = {
        "rooms": words.rooms("failed_jobs"),
        "failed": failed,
        "is_more": len(failed) == _SHOWN,
        "faults": {"failed": fault} if fault else None,
    }
    return render(request, "office/administration/failed.html", context, status=422 if fault else 200)
