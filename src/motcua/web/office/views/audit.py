"""The chain of passages, for auditors: is every act still as it was written?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries
from motcua.dossiers.queries import Box, Filters
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.access import officers_only


@officers_only("audit.read")
@require_http_methods(["GET", "POST"])
def chain(request: HttpRequest) -> HttpResponse:
    """Check one dossier by its code, or all of them."""
    code = request.POST.get("code", "").strip()
    report, fault = None, ""
    if request.method == "POST" and request.POST.get("scope") == "all":
        report = queries.verify_chain()
    elif request.method == "POST":
        found = queries.inbox(actor=actor_of(request), box=Box.ALL, filters=Filters(text=code), limit=1).rows
        if queries.parse_code(code) is None or not found:
            fault = gettext("Không tìm thấy hồ sơ có mã này.")
        else:
            report = queries.verify_chain(dossier_id=found[0].id)
    context = {"report": report, "code": code, "fault": fault, "faults": {"code": fault} if fault else None}
    return render(request, "office/chain.html", context, status=422 if fault else 200)
