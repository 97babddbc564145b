"""The table of everyday words, with a box to try at once what a phrase finds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.catalogue.procedures import rooms

_SHOWN = 60


@officers_only("catalogue.manage")
@require_http_methods(["GET", "POST"])
def everyday(request: HttpRequest) -> HttpResponse:
    """Entries by phrase (`q` narrows and tries the search), and a form for a new one."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.add_everyday_word(
                actor=actor_of(request),
                phrase=request.POST.get("phrase", ""),
                official=request.POST.get("official", "").splitlines(),
            )
        except PermissionRefused:
            raise
        except DomainError as refusal:
            wrong["phrase"] = sentence_of(refusal)
        else:
            messages.success(request, gettext("Đã ghi. Ô tìm kiếm hiểu cụm từ này ngay từ bây giờ."))
            return HttpResponseRedirect(reverse("office:everyday_words"))
    text = request.GET.get("q", "").strip()[:200]
    lines = catalogue.everyday_words(text)
    context = {
        "rooms": rooms("everyday_words"),
        "text": text,
        "lines": lines[:_SHOWN],
        "many": len(lines),
        "more": max(len(lines) - _SHOWN, 0),
        "hits": catalogue.find_procedures(text, limit=5).hits if text else (),
        "typed": request.POST,
        "wrong": wrong,
        "faults": [Fault(field_id(name), message) for name, message in wrong.items()],
    }
    return render(request, "office/catalogue/everyday.html", context, status=422 if wrong else 200)


@officers_only("catalogue.manage")
@require_POST
def end(request: HttpRequest, word_id: UUID) -> HttpResponse:
    """Take an entry out of the table from now on."""
    services.end_everyday_word(actor=actor_of(request), word_id=word_id)
    messages.success(request, gettext("Đã bỏ. Bảng vẫn nhớ cụm từ này từng có và ai đã bỏ."))
    return HttpResponseRedirect(reverse("office:everyday_words"))
