"""Revoking an issued result: from then on whoever verifies it reads that it holds no more, and why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.documents import queries as documents
from motcua.documents import services
from motcua.dossiers import queries
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.views.dossier import head_of


@officers_only("dossier.number_and_seal", "dossier.issue")
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> HttpResponse:
    """The result, and a reason that everybody who verifies it will read."""
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    result = in_scope(next((one for one in page.results if one.paper_id == paper_id), None))
    paper = documents.paper(paper_id)
    fault, reason = "", str(request.POST.get("reason") or "").strip()
    if request.method == "POST":
        try:
            services.revoke_paper(actor=actor, paper_id=paper_id, reason=reason)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            fault = sentence_of(refusal)
        else:
            messages.success(
                request, gettext("Đã thu hồi. Ai kiểm tra giấy này từ bây giờ đều thấy là không còn giá trị.")
            )
            return HttpResponseRedirect(reverse("office:dossier", args=[dossier_id]))
    context = head_of(page) | {
        "result": result,
        "paper": paper,
        "reason": reason,
        "wrong": fault,
        "faults": [Fault("f-reason", fault)] if fault else [],
    }
    return render(request, "office/revoke.html", context, status=422 if fault else 200)
