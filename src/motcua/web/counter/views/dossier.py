"""One dossier at the desk: take it over, ask, refuse, complete it, hand over its result."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.dossiers import queries, services
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import StatutoryForm
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, MovedOn, OutOfScope, PermissionRefused
from motcua.payments import queries as payments
from motcua.web.counter.papers import PaperLine, day_of, declared_line, given, read_lines, text_of
from motcua.web.counter.people import is_near
from motcua.web.counter.views.uploads import upload_address
from motcua.web.kit import forms
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Key, SummaryRow
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.mandates import mandate_rows
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.clocks import clock_of
from motcua.web.kit.officers.files import file_of_dossier, text_of_dossier
from motcua.web.kit.templatetags.kit import field_id

AT_DESK = ("dossier.receive", "dossier.hand_over", "payment.collect")


@officers_only(*AT_DESK)
@require_GET
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The dossier with what the desk can do with it now."""
    return dossier_page(request, dossier_id)


@officers_only(*AT_DESK)
@require_GET
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A paper, form or result of the dossier."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return file_of_dossier(request, page, file_id)


@officers_only(*AT_DESK)
@require_GET
def file_text(request: HttpRequest, dossier_id: UUID, file_id: UUID, form: str) -> HttpResponseBase:
    """What was read in a digitized paper of the dossier: plain text, ALTO or hOCR."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return text_of_dossier(page, file_id, form)


@officers_only(*AT_DESK)
@require_POST
def act(request: HttpRequest, dossier_id: UUID, act: str) -> HttpResponse:
    """One act of the desk. A refusal shows the page again with what was typed and what is wrong."""
    perform = ACTS.get(act)
    if perform is None:
        raise OutOfScope
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    lines = lines_of(page)
    read_lines(lines, request.POST, actor)
    try:
        _keep_scans(request, page, lines, actor)
        said = perform(actor, page, lines, request)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        return dossier_page(request, dossier_id, refusal=refusal, act=act, lines=lines)
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('counter:dossier', args=[dossier_id])}?xong={act}")


def dossier_page(
    request: HttpRequest,
    dossier_id: UUID,
    *,
    refusal: DomainError | None = None,
    act: str = "",
    lines: list[PaperLine] | None = None,
) -> HttpResponse:
    """Render the page; with a refusal, beside the act that was tried."""
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    sentence = sentence_of(refusal) if refusal else ""
    definition = forms.read(page.form, "en" if words.in_english() else "vi") if page.form else None
    context = {
        "page": page,
        "clock": clock_of(page),
        "state": words.state_words(page.state),
        "tone": words.state_tone(page),
        "moves": {move.key for move in page.moves},
        "upload_url": upload_address(page.applicant.id),
        "lines": lines if lines is not None else lines_of(page),
        "has_declared": any(paper.is_only_declared for paper in page.papers),
        "people": _people(page, has_page=is_near(actor, page.applicant.id)),
        "answers": forms.summary(definition, page.form_data) if definition else [],
        "digitized": documents.read_files([paper.file_id for paper in page.papers]),
        "issued": [(form, words.form_words(form.code)) for form in page.forms],
        "receipt_form": next((form for form in page.forms if form.code == StatutoryForm.RECEIPT), None),
        "last_form": page.forms[-1] if page.forms else None,
        "charges": payments.charges_of(page.id),
        "outstanding": payments.outstanding(page.id),
        "receipts": payments.receipts_of(page.id),
        "may_collect": actor.may("payment.collect", page.receiving.id),
        "may_exempt": actor.may("payment.collect", page.receiving.id)
        or actor.may("dossier.receive", page.receiving.id),
        "may_receive": actor.may("dossier.receive"),
        "supply_by": services.supply_day(page.receiving.id, None).isoformat(),
        "ground": queries.legal_ground(catalogue.version(page.version_id)),
        "done": request.GET.get("xong", ""),
        "faults": [Fault(field_id(f"{act}.reason") if act else "", sentence)] if refusal else [],
        "advice": gettext(refusal.advice) if refusal and refusal.advice else "",
        "has_moved_on": isinstance(refusal, MovedOn | MoveImpossible),
        "failed": act if refusal else "",
        "typed": request.POST if refusal else {},
        "keys": _keys(page),
    }
    return render(request, "counter/dossier.html", context, status=refusal.kind.value if refusal else 200)


def lines_of(page: DossierPage) -> list[PaperLine]:
    """The checklist of the dossier's own version: empty, or as the person declared it, for the desk to compare."""
    case = catalogue.version(page.version_id).case(page.case_key)
    there = {paper.component_key for paper in page.papers if not paper.is_only_declared}
    said = {
        paper.component_key: paper.declared
        for paper in page.papers
        if paper.is_only_declared and paper.declared and paper.component_key not in there
    }
    return [
        declared_line(component, said.get(component.key, {}), is_missing=component.key not in there)
        for component in queries.checklist_of(case, page.mandate)
    ]


def _keep_scans(request: HttpRequest, page: DossierPage, lines: list[PaperLine], actor: Actor) -> None:
    for line in lines:
        for upload in request.FILES.getlist(f"scan.{line.key}"):
            line.put(
                custody.keep_file(
                    actor=actor, stream=upload, filename=str(upload.name), owner_party_id=page.applicant.id
                )
            )


def _receive(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    moved = services.receive_dossier(
        actor=actor, dossier_id=page.id, seen=_seen(request), papers=given(lines)
    )
    return gettext("Đã tiếp nhận, mã hồ sơ %(code)s.") % {"code": moved.code}


def _ask(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    items = [line.strip() for line in text_of(request.POST, "items").splitlines() if line.strip()]
    reason = text_of(request.POST, "reason")
    services.ask_supplement(
        actor=actor,
        dossier_id=page.id,
        reason=reason,
        items=items,
        supply_by=day_of(request.POST, "supply_by"),
        seen=_seen(request),
    )
    return gettext("Đã gửi yêu cầu bổ sung; thời hạn không chạy cho đến khi người nộp bổ sung.")


def _refuse(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    reason = text_of(request.POST, "reason")
    services.refuse_at_door(
        actor=actor,
        dossier_id=page.id,
        reason=reason,
        ground=text_of(request.POST, "ground"),
        seen=_seen(request),
    )
    return gettext("Đã từ chối tiếp nhận và gửi phiếu cho người nộp.")


def _complete(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    services.give_supplement(
        actor=actor,
        dossier_id=page.id,
        papers=given(lines),
        note=text_of(request.POST, "reason"),
        seen=_seen(request),
    )
    return gettext("Đã ghi giấy tờ bổ sung.")


def _hand_over(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    services.hand_over_result(
        actor=actor,
        dossier_id=page.id,
        received_by=text_of(request.POST, "received_by") or page.submitter.full_name,
        proof=text_of(request.POST, "proof"),
        seen=_seen(request),
    )
    return gettext("Đã trả kết quả.")


def _withdraw(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    reason = text_of(request.POST, "reason")
    services.withdraw_dossier(actor=actor, dossier_id=page.id, reason=reason, seen=_seen(request))
    return gettext("Đã ghi việc rút hồ sơ theo đề nghị của người nộp.")


def _undo(actor: Actor, page: DossierPage, lines: list[PaperLine], request: HttpRequest) -> str:
    reason = text_of(request.POST, "reason")
    services.undo_reception(actor=actor, dossier_id=page.id, reason=reason, seen=_seen(request))
    return gettext("Đã hủy tiếp nhận. Mã hồ sơ giữ lại và không cấp cho hồ sơ khác; người nộp được báo.")


ACTS: dict[str, Callable[[Actor, DossierPage, list[PaperLine], HttpRequest], str]] = {
    "tiep-nhan": _receive,
    "bo-sung": _ask,
    "tu-choi": _refuse,
    "nhan-bo-sung": _complete,
    "tra": _hand_over,
    "rut": _withdraw,
    "huy-tiep-nhan": _undo,
}


def _seen(request: HttpRequest) -> int | None:
    text = text_of(request.POST, "seen")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _people(page: DossierPage, *, has_page: bool) -> list[SummaryRow]:
    who = page.applicant
    reach = " · ".join(text for text in (who.phone, who.email, who.address) if text)
    rows = [
        SummaryRow(
            gettext("Người đề nghị"),
            who.full_name,
            reverse("counter:person", args=[who.id]) if has_page else "",
            gettext("Trang của người này"),
            note=reach,
        ),
        SummaryRow(gettext("Số định danh hoặc mã số"), who.number or ""),
        SummaryRow(gettext("Trả kết quả"), words.return_words(page.return_way, page.contact)),
    ]
    rows += mandate_rows(page)
    return rows


def _keys(page: DossierPage) -> list[Key]:
    keys = [Key("n", gettext("Tiếp nhận hồ sơ khác"))]
    return [Key("p", gettext("In phiếu mới nhất")), *keys] if page.forms else keys
