"""The chain of passages, for auditors: is every act still as it was written?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.queries import Box, Filters
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.access import officers_only


@officers_only("audit.read")
@require_http_methods(["GET", "POST"])
def chain(request: HttpRequest) -> HttpResponse:
    """Check one dossier by its code at once, or have all of them checked in the background and see how far it is."""
    actor = actor_of(request)
    code = request.POST.get("code", "").strip()
    report, fault = None, ""
    if request.method == "POST" and request.POST.get("scope") == "all":
        if services.ask_chain_check(actor=actor):
            messages.success(request, gettext("Đã bắt đầu kiểm tra tất cả. Trang này cho biết tiến độ."))
        else:
            messages.info(request, gettext("Một lần kiểm tra đang chạy; xem tiến độ bên dưới."))
        return HttpResponseRedirect(reverse("office:chain"))
    elif request.method == "POST":
        found = queries.inbox(actor=actor, box=Box.ALL, filters=Filters(text=code), limit=1).rows
        if queries.parse_code(code) is None or not found:
            fault = gettext("Không tìm thấy hồ sơ có mã này.")
        else:
            report = queries.verify_chain(dossier_id=found[0].id)
    context = {
        "report": report,
        "code": code,
        "fault": fault,
        "faults": {"code": fault} if fault else None,
        "checks": queries.chain_checks(actor=actor),
    }
    return render(request, "office/chain.html", context, status=422 if fault else 200)
