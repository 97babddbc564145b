"""Keeping what an officer fills in of a result: quietly while typing, or at a press of a button to see it as it will print."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.dossiers import queries, services
from motcua.dossiers.errors import DraftConflict
from motcua.dossiers.queries import ResultDraftView
from motcua.dossiers.words import Outcome
from motcua.kernel import clock
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.acts import decide
from motcua.web.office.acts.form import Attempt


@officers_only("dossier.read")
@require_POST
def save(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Save; a script gets the sentence and the saving it made, a person the page again with the print beside it."""
    actor = actor_of(request)
    attempt = Attempt(request, actor, queries.dossier_page(actor=actor, dossier_id=dossier_id))
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        draft = _saved(attempt)
    except DraftConflict as conflict:
        if wants_json:
            return JsonResponse({"detail": sentence_of(conflict)}, status=409)
        messages.error(request, sentence_of(conflict))
    else:
        text = gettext("Đã lưu nội dung kết quả lúc %(time)s") % {
            "time": f"{clock.local(clock.now()):%H:%M:%S}"
        }
        if wants_json:
            return JsonResponse({"message": text, "seen_draft": draft.revision})
        messages.success(request, text)
    return HttpResponseRedirect(reverse("office:act", args=[dossier_id, "submit-to-leader"]))


@officers_only("dossier.read")
@require_POST
def ask_number(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Keep what is typed, then ask the population register for the child's number."""
    actor = actor_of(request)
    attempt = Attempt(request, actor, queries.dossier_page(actor=actor, dossier_id=dossier_id))
    try:
        _saved(attempt)
        number = services.ask_number(actor=actor, dossier_id=dossier_id)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        advice = f" {gettext(refusal.advice)}" if refusal.advice else ""
        messages.warning(request, sentence_of(refusal) + advice)
    else:
        messages.success(
            request,
            gettext("Số định danh được cấp: %(number)s") % {"number": number}
            if number
            else gettext("Ghi họ tên, ngày sinh và giới tính của trẻ trước khi xin số định danh."),
        )
    return HttpResponseRedirect(reverse("office:act", args=[dossier_id, "submit-to-leader"]))


def _saved(attempt: Attempt) -> ResultDraftView:
    posted = decide.posted_content(attempt)
    seen = attempt.text("seen_draft")
    return services.save_result_draft(
        actor=attempt.actor,
        dossier_id=attempt.page.id,
        outcome=Outcome.REFUSED if attempt.text("outcome") == Outcome.REFUSED else Outcome.GRANTED,
        content=posted[1].data if posted else {},
        note=attempt.text("note"),
        ground=attempt.text("ground"),
        seen_draft=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
    )
