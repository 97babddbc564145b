"""What people told of forged papers, for clerks of the agencies concerned and administrators: read, and closed with a note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.documents import queries, services
from motcua.documents.queries import MAY_HANDLE
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Tab
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none, with_query

_SHOWN = 50


@officers_only(MAY_HANDLE)
@require_http_methods(["GET", "POST"])
def forgery_reports(request: HttpRequest) -> HttpResponse:
    """Open reports, or closed ones (`muc=da-dong`), page by page (`sau`); POST closes one (`id`) with a `note`."""
    actor, fault, note = actor_of(request), "", request.POST.get("note", "")
    wrong = uuid_or_none(request.POST.get("id"))
    if request.method == "POST":
        try:
            services.close_report(actor=actor, report_id=in_scope(wrong), note=note)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            fault = sentence_of(refusal)
        else:
            messages.success(request, gettext("Đã đóng báo này. Cách liên hệ với người báo đã được xóa."))
            return HttpResponseRedirect(reverse("office:forgery_reports"))
    is_closed = request.GET.get("muc") == "da-dong"
    after = uuid_or_none(request.GET.get("sau"))
    found = queries.forgery_reports(actor=actor, is_closed=is_closed, after=after, limit=_SHOWN)
    context = {
        "reports": [(one, gettext(one.finding) if one.finding else "") for one in found],
        "tabs": _tabs(is_closed),
        "is_closed": is_closed,
        "more": with_query(request, {"sau": str(found[-1].id)}) if len(found) == _SHOWN else "",
        "wrong": wrong,
        "note": note,
        "fault": fault,
        "faults": {f"note-{wrong}": fault} if fault else None,
    }
    return render(request, "office/forgery_reports.html", context, status=422 if fault else 200)


def _tabs(is_closed: bool) -> list[Tab]:
    home = reverse("office:forgery_reports")
    return [
        Tab(gettext("Chưa xong"), home, not is_closed),
        Tab(gettext("Đã đóng"), f"{home}?muc=da-dong", is_closed),
    ]
