"""Beginning a draft, going on with it on a new version, throwing it away, and taking back what was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.words import BEFORE_RECEIPT, MOVES, MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import in_scope
from motcua.web.kit.actors import actor_of
from motcua.web.kit.held_posts import held
from motcua.web.portal import words
from motcua.web.portal.access import citizen_only
from motcua.web.portal.lines import about
from motcua.web.portal.saving import draft_page


@citizen_only
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft for this procedure; where one is under way, ask which to go on with. A draft nobody has written
    into yet is simply continued. After a log-in the very act goes on: same procedure, same case.
    """
    post = request.POST if request.method == "POST" else held(request)
    if post is None:
        return HttpResponseRedirect(reverse("portal:procedure", args=[code]))
    actor = actor_of(request)
    version = catalogue.version_in_force(code, clock.today())
    case_key = post.get("case", "")
    changes: dict[str, Any] = {"case_key": case_key} if case_key in {c.key for c in version.cases} else {}
    begun = [d for d in dossiers.own_drafts(actor=actor) if catalogue.version(d.version_id).code == code]
    blank = next((d for d in begun if _is_blank(d)), None)
    if blank is not None:
        if changes and blank.case_key != case_key:
            services.change_draft(actor=actor, draft_id=blank.id, seen=blank.revision, **changes)
        return HttpResponseRedirect(reverse("portal:tasks", args=[blank.id]))
    if begun and not post.get("_new"):
        rows = [(draft, about(draft, catalogue.version(draft.version_id))) for draft in begun]
        context = {"procedure": words.title_of(version), "version": version, "rows": rows, "case": case_key}
        return render(request, "portal/apply/begun.html", context)
    own = directory.own_parties(actor)
    if len(own) == 1:
        changes["applicant_id"] = own[0].id
    draft = services.begin_draft(actor=actor, procedure_code=version.code, **changes)
    return HttpResponseRedirect(reverse("portal:tasks", args=[draft.id]))


def _is_blank(draft: dossiers.Draft) -> bool:
    return draft.revision == 1 and not draft.papers and not draft.form_data and draft.corrects_id is None


@require_POST
@draft_page
def renew(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on with the draft on the version in force today."""
    services.renew_draft(actor=actor_of(request), draft_id=draft_id)
    return HttpResponseRedirect(reverse("portal:tasks", args=[draft_id]))


@draft_page
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw the draft away, after asking; whatever became of its procedure."""
    actor = actor_of(request)
    draft = dossiers.draft_of(actor=actor, draft_id=draft_id)
    in_scope(draft if draft.dossier_id is None else None)
    if request.method == "POST":
        services.discard_draft(actor=actor, draft_id=draft_id)
        messages.success(request, gettext("Đã xóa bản nháp."))
        return HttpResponseRedirect(reverse("portal:dossiers"))
    procedure = words.title_of(catalogue.version(draft.version_id))
    return render(request, "portal/apply/discard.html", {"draft": draft, "procedure": procedure})


@citizen_only
def take_back(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take a dossier back that nobody has received, to put it right; asks once, and says what it means."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    if page.state not in BEFORE_RECEIPT:
        raise MoveImpossible(move=gettext(MOVES[MoveKey.WITHDRAW].name))
    if request.method == "POST":
        draft = services.take_back(actor=actor, dossier_id=dossier_id)
        messages.success(request, gettext("Hồ sơ đã lấy lại. Sửa xong, bạn gửi lại ở cuối trang."))
        return HttpResponseRedirect(reverse("portal:tasks", args=[draft.id]))
    return render(request, "portal/take_back.html", {"dossier": page})


@citizen_only
def apply_again(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Begin anew from a dossier that came to nothing; says before what comes along, and after what did not."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    if not dossiers.may_apply_again(page.state, page.outcome):
        raise MoveImpossible(move=gettext("Nộp lại từ hồ sơ này"))
    if request.method == "POST":
        again = services.apply_again(actor=actor, dossier_id=dossier_id)
        messages.success(request, gettext("Đã chép sang bản nháp mới. Xem lại từng phần rồi gửi."))
        if again.left:
            said = gettext("Giấy tờ không chép được, cần nộp lại: %(names)s.")
            messages.warning(request, said % {"names": "; ".join(again.left)})
        return HttpResponseRedirect(reverse("portal:tasks", args=[again.draft.id]))
    return render(request, "portal/apply_again.html", {"dossier": page})
