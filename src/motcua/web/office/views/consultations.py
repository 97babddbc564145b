"""Opinions other agencies ask of ours."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.queries import ConsultationView
from motcua.kernel import clock
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Fault, Option, Rows, Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.acts.form import Attempt
from motcua.web.office.views.dossier import answers_of, head_of, people_of
from motcua.web.office.views.inbox import list_keys


@officers_only("dossier.answer_consultation")
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Questions waiting for an answer, nearest term first."""
    waiting = queries.open_consultations_of(actor=actor_of(request))
    columns = [Column(gettext("Câu hỏi")), Column(gettext("Hỏi lúc")), Column(gettext("Hạn trả lời"))]
    table = Rows(gettext("Yêu cầu lấy ý kiến đang chờ"), columns, [_cells(one) for one in waiting])
    return render(
        request, "office/consultations.html", {"table": table, "count": len(waiting), "keys": list_keys()}
    )


@officers_only("dossier.answer_consultation")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Read the dossier, answer the question."""
    actor = actor_of(request)
    waiting = queries.open_consultations_of(actor=actor)
    asked_one = in_scope(next((one for one in waiting if one.id == consultation_id), None))
    page = queries.dossier_page(actor=actor, dossier_id=asked_one.dossier_id)
    attempt = Attempt(request, actor, page)
    faults: list[Fault] = []
    if request.method == "POST":
        words = attempt.text("answer")
        if not words:
            faults.append(Fault("f-answer", gettext("Viết nội dung trả lời.")))
        else:
            try:
                services.answer_consultation(
                    actor=actor,
                    consultation_id=consultation_id,
                    answer=words,
                    is_agreed={"yes": True, "no": False}.get(attempt.text("agreed")),
                    file_id=attempt.kept_file("file"),
                )
            except (PermissionRefused, OutOfScope):
                raise
            except DomainError as refusal:
                faults.append(Fault("f-answer", sentence_of(refusal)))
            else:
                messages.success(request, gettext("Đã gửi ý kiến trả lời."))
                return HttpResponseRedirect(reverse("office:consultations"))
    context = head_of(page) | {
        "asked": asked_one,
        "people": people_of(page),
        "answers": answers_of(page),
        "faults": faults,
        "typed": request.POST,
        "agreements": [
            Option("yes", gettext("Đồng ý")),
            Option("no", gettext("Không đồng ý")),
            Option("", gettext("Ý kiến khác")),
        ],
    }
    return render(request, "office/answer.html", context, status=422 if faults else 200)


def _cells(asked_one: ConsultationView) -> list[Cell]:
    is_late = asked_one.due_at < clock.now()
    return [
        Cell(asked_one.question, reverse("office:answer", args=[asked_one.id])),
        Cell(when.short_moment(asked_one.asked_at)),
        Cell(when.short_moment(asked_one.due_at), tone=Tone.LATE if is_late else None),
    ]
