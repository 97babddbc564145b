"""Posts of an agency: what people are called there, and whether the post signs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.kernel import clock
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.agencies import known_agency
from motcua.web.office.administration.typed import day_of, text_of, typed_day


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The posts that hold today or later, and a form for a new one."""
    actor, agency = actor_of(request), known_agency(agency_id)
    faults: dict[str, str] = {}
    if request.method == "POST":
        begins_on = day_of(request.POST, "begins", faults, optional=True) or clock.today()
        if not text_of(request.POST, "title"):
            faults["title"] = gettext("Ghi tên chức danh, ví dụ Phó Chủ tịch.")
        try:
            if not faults:
                services.open_post(
                    actor=actor,
                    agency_id=agency_id,
                    title=text_of(request.POST, "title"),
                    title_en=text_of(request.POST, "title_en"),
                    may_sign=request.POST.get("may_sign") == "1",
                    begins_on=begins_on,
                )
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults["title"] = sentence_of(refusal)
        if not faults:
            messages.success(request, gettext("Đã mở chức danh. Gắn cho người giữ khi giao vai trò."))
            return HttpResponseRedirect(reverse("office:posts", args=[agency_id]))
    context = {
        "agency": agency,
        "tabs": words.agency_tabs(agency, "posts"),
        "posts": [
            (one, words.validity_words(one.begins_on, one.ends_on))
            for one in directory.posts_of(actor=actor, agency_id=agency_id)
        ],
        "typed": request.POST,
        "typed_day": typed_day(request.POST, "begins"),
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/posts.html", context, status=422 if faults else 200)
