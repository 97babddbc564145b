"""Saving a part of a draft from a page: with the revision the page was made from, and a page to choose where two saves
contradict each other.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from motcua.directory import queries as directory
from motcua.dossiers import services
from motcua.dossiers.errors import DraftConflict, DraftSent, FormCorrected
from motcua.kernel import clock
from motcua.web.kit import forms, when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of, wants_problem
from motcua.web.portal import words
from motcua.web.portal.access import citizen_only
from motcua.web.portal.drafting import Drafting, DraftStands

P = ParamSpec("P")
#: Tells the script which local copies the server has. Read by drafts.js.
SAVED_COOKIE = "mc_saved"
_COPY = re.compile(r"[A-Za-z0-9-]{1,40}")
#: Beginnings of the names of choices, and the box that says what they were made on: between two saves of a draft, and
#: between an unsent answer and the dossier that was corrected meanwhile.
_CHOICE, _SHOWN = "_choose.", "_shown"
_OF_DOSSIER, _DOSSIER_SHOWN = "_choose-dossier.", "_shown-dossier"
_SAVED = "_motcua_saved"
_LABELS: Mapping[str, object] = {
    "case_key": gettext_lazy("Trường hợp"),
    "receiving_id": gettext_lazy("Nơi nộp hồ sơ"),
    "return_way": gettext_lazy("Cách nhận kết quả"),
    "applicant_id": gettext_lazy("Người đứng tên"),
    "contact.phone": gettext_lazy("Số điện thoại"),
    "contact.email": gettext_lazy("Thư điện tử"),
    "contact.address": gettext_lazy("Địa chỉ liên hệ"),
    "contact.return_address": gettext_lazy("Địa chỉ nhận kết quả"),
    "mandate.person.full_name": gettext_lazy("Họ, chữ đệm, tên của người được nộp thay"),
    "mandate.person.personal_number": gettext_lazy("Số định danh của người được nộp thay"),
    "mandate.person.birth_on": gettext_lazy("Ngày sinh của người được nộp thay"),
    "mandate.kind": gettext_lazy("Vì sao được nộp thay"),
    "mandate.ground": gettext_lazy("Quan hệ hoặc văn bản ủy quyền"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer with two contents, as the merge page shows it."""

    name: str
    label: str
    mine: str
    saved: str
    saved_at: str


def draft_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of an own draft: once sent it is closed and says so; what was saved is told to the local copy."""

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except DraftSent as sent:
            return _closed(request, sent)
        except DraftStands as stands:
            return HttpResponseRedirect(reverse("portal:tasks", args=[stands.draft_id]))
        token = request.POST.get("_copy", "")
        if getattr(request, _SAVED, False) and _COPY.fullmatch(token):
            response.set_cookie(
                SAVED_COOKIE, token, max_age=600, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    return citizen_only(cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], page))


def _closed(request: HttpRequest, sent: DraftSent) -> HttpResponse:
    """The draft is the dossier now: nothing typed into an old page is taken, and the page says where to go."""
    address = reverse("portal:dossier", args=[sent.params["dossier_id"]])
    if wants_problem(request):
        body = {"detail": sentence_of(sent), "code": sent.code, "location": address}
        return JsonResponse(body, status=409)
    context = {"location": address, "was_posted": request.method == "POST"}
    return render(request, "portal/apply/closed.html", context, status=409 if context["was_posted"] else 200)


def seen_of(request: HttpRequest) -> int:
    """The revision the page was made from; 0 where it does not say, so that every difference is asked."""
    return number_of(request.POST.get("_seen"))


def save(request: HttpRequest, drafting: Drafting, **changes: Any) -> services.Saved:
    """Save a part; what was kept from elsewhere is told on the next page. Raises `DraftConflict`, `DraftSent`."""
    page = request.POST.get("_page", "")
    saved = services.change_draft(
        actor=actor_of(request),
        draft_id=drafting.draft.id,
        seen=seen_of(request),
        choices=_choices(request, _CHOICE),
        shown=number_of(request.POST.get(_SHOWN)),
        page=page if _COPY.fullmatch(page) else "",
        **changes,
    )
    note_saved(request)
    names = [label_of(drafting, path) for path in saved.taken]
    if names and not wants_problem(request):
        text = gettext("Đã gộp với bản lưu ở thẻ hoặc máy khác; giữ nguyên: %(names)s.")
        messages.info(request, text % {"names": ", ".join(dict.fromkeys(names))})
    return saved


def send_answer(request: HttpRequest, drafting: Drafting) -> None:
    """Send the answer to a request for more; what the agency corrected meanwhile is told on the next page.

    Raises what `send_supplement` refuses.
    """
    sent = services.send_supplement(
        actor=drafting.actor,
        draft_id=drafting.draft.id,
        seen=drafting.draft.revision,
        choices=_choices(request, _OF_DOSSIER),
        shown=number_of(request.POST.get(_DOSSIER_SHOWN)),
    )
    names = [label_of(drafting, path) for path in sent.taken]
    if names:
        text = gettext("Trên tờ khai giữ nguyên những chỗ cán bộ đã sửa: %(names)s.")
        messages.info(request, text % {"names": ", ".join(dict.fromkeys(names))})


def _choices(request: HttpRequest, beginning: str) -> dict[tuple[str, ...], bool]:
    return {
        tuple(name.removeprefix(beginning).split(".")): value == "mine"
        for name, value in request.POST.items()
        if name.startswith(beginning) and value in {"mine", "saved"}
    }


def note_saved(request: HttpRequest) -> None:
    """What this request brought is safe on the server."""
    setattr(request, _SAVED, True)


def choose(request: HttpRequest, drafting: Drafting, conflict: DraftConflict) -> HttpResponse:
    """Both contents side by side; everything that was typed comes along, nothing is saved before somebody chose."""
    clashes = conflict.clashes
    is_corrected = isinstance(conflict, FormCorrected)
    beginning, shown = (_OF_DOSSIER, _DOSSIER_SHOWN) if is_corrected else (_CHOICE, _SHOWN)
    if wants_problem(request):
        names = [label_of(drafting, clash.path) for clash in clashes]
        body = {"detail": sentence_of(conflict), "code": conflict.code, "fields": names}
        return JsonResponse(body, status=409)
    choices = [
        Choice(
            name=beginning + ".".join(clash.path),
            label=label_of(drafting, clash.path),
            mine=_said(drafting, clash.path, clash.mine),
            saved=_said(drafting, clash.path, clash.saved),
            saved_at=when.short_moment(datetime.fromisoformat(clash.saved_at)) if clash.saved_at else "",
        )
        for clash in clashes
    ]
    kept = [
        (name, value)
        for name in request.POST
        if not name.startswith(beginning) and name not in {"csrfmiddlewaretoken", shown, "_add", "_remove"}
        for value in request.POST.getlist(name)
    ]
    context = {
        "draft": drafting.draft,
        "procedure": words.title_of(drafting.version),
        "choices": choices,
        "kept": kept,
        "is_corrected": is_corrected,
        "shown_field": shown,
        "shown": conflict.params["revision"],
        "typed_at": when.short_moment(clock.now()),
    }
    return render(request, "portal/apply/merge.html", context, status=409)


def label_of(drafting: Drafting, path: Sequence[str]) -> str:
    """What an answer is called on its page."""
    if path[0] == "form_data":
        asked = _asked(drafting, path)
        return asked.label if asked else ".".join(path[1:])
    if path[0] == "notes":
        return _note_label(path[-1])
    name = ".".join(path)
    return str(_LABELS.get(name, _LABELS.get(path[0], name)))


def _note_label(key: str) -> str:
    """Words that go with a draft: an answer to one of the things asked for, by its number, or a note."""
    number = key.removeprefix(services.ITEM)
    if number.isdecimal():
        return gettext("Trả lời việc %(n)d") % {"n": int(number) + 1}
    return gettext("Lời nhắn cho cán bộ")


def _asked(drafting: Drafting, path: Sequence[str]) -> forms.FormField | None:
    definition = drafting.definition()
    dotted = ".".join(path[1:])
    for asked in definition.fields() if definition else ():
        if dotted == asked.path or dotted.startswith(f"{asked.path}."):
            return asked
    return None


def _said(drafting: Drafting, path: Sequence[str], value: Any) -> str:
    """The answer as people read it; nothing for no answer."""
    if value is services.ABSENT or value in ("", None):
        return ""
    name = path[0]
    if name == "form_data":
        asked = _asked(drafting, path)
        return forms.said(asked, value) if asked else str(value)
    if name == "case_key":
        return words.name_of(drafting.version.case(str(value)))
    if name == "receiving_id":
        return words.name_of(directory.agency(UUID(str(value))))
    if name == "applicant_id":
        return directory.party(UUID(str(value))).full_name
    if name == "return_way":
        return str(words.RETURN_WAYS.get(value, value))
    return str(value)


def number_of(text: str | None) -> int:
    """A revision as a page posts it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
