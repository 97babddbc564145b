"""One's own dossiers: the list, one of them, taking it back, the result. Giving more is `supplement`."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.words import BEFORE_RECEIPT, MOVES, NEXT_WORDS, NOT_ASKED, MoveKey, State
from motcua.kernel import clock
from motcua.kernel.authority import in_scope
from motcua.payments import queries as payments
from motcua.warehouse import queries as warehouse
from motcua.web.kit import forms, terms, when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Page, SummaryRow, Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.fees import SumSaid, said, standing_of
from motcua.web.kit.mandates import right_words
from motcua.web.kit.papers import text_response
from motcua.web.kit.serving import shown_file
from motcua.web.portal import held, places, words
from motcua.web.portal.access import citizen_only
from motcua.web.portal.answering import asked, is_asked
from motcua.web.portal.known import spared
from motcua.web.portal.lines import about
from motcua.web.portal.story import lived_of, row_of, state_words, tone_of
from motcua.web.portal.telling import ways_of
from motcua.web.portal.views.warehouse import paper_row

#: So many papers of the warehouse stand in my space; the rest have a page.
_PAPERS_SHOWN = 4


@citizen_only
def own(request: HttpRequest) -> HttpResponse:
    """My space: what waits for me first, then dossiers, newest first, and what is kept of me."""
    actor = actor_of(request)
    after = request.GET.get("sau") or None
    page = dossiers.own_dossiers(actor=actor, after=after)
    drafts = () if after else dossiers.own_drafts(actor=actor)
    versions = catalogue.versions(draft.version_id for draft in drafts)
    rows = [row_of(row) for row in page.rows]
    shown = request.GET.get("loc", "")
    papers, _ = warehouse.own_papers(actor=actor, limit=_PAPERS_SHOWN)
    kinds = held.kind_names() if papers else {}
    withheld = dossiers.held_back_papers([paper.id for paper in papers]) if papers else frozenset()
    context = {
        "rows": [row for row in rows if not shown or row.is_over == (shown == "xong")],
        "shown": shown,
        "drafts": [
            (
                reverse("portal:tasks", args=[draft.id]),
                words.title_of(versions[draft.version_id]),
                draft.saved_at,
                about(draft, versions[draft.version_id]),
            )
            for draft in drafts
            if draft.version_id in versions
        ],
        "waiting": [row for row in rows if row.tone is Tone.SOON],
        "is_more": bool(page.after),
        "papers": [paper_row(paper, kinds, is_held_back=paper.id in withheld) for paper in papers],
        "parties": directory.own_parties(actor),
        "page": Page(
            f"{request.path}?sau={page.after}" if page.after else "",
            request.path if after else "",
            len(page.rows),
        ),
    }
    return render(request, "portal/dossiers.html", context)


@citizen_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Where it stands, until when, what the person was told, the papers, the result, and what they can do now."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    moves = {move.key for move in page.moves}
    context = {
        "dossier": page,
        "title": words.title_of(catalogue.version(page.version_id)),
        "number": page.code or dossiers.portal_number(page.id),
        "is_coded": bool(page.code),
        "state_name": state_words(page, actor.name),
        "tone": tone_of(page),
        "clock": terms.clock_of(page, directory.calendar_of(page.competent.id)),
        "steps": lived_of(page, actor.name),
        "next": gettext(NEXT_WORDS[State(page.state)]),
        "facts": _facts(page),
        "charges": [(charge, *standing_of(charge)) for charge in payments.charges_of(page.id)],
        "outstanding": payments.outstanding(page.id),
        "sum": _fees(page) if page.received_at is None and page.is_open else None,
        "is_held_back": dossiers.is_held_back(page.id, page.version_id),
        "not_asked": NOT_ASKED,
        "digitized": documents.read_files([paper.file_id for paper in page.papers]),
        "results": [result for result in page.results if result.issued_at and result.sealed_file_id],
        "asked": asked(page) if is_asked(page) else None,
        "may_withdraw": MoveKey.WITHDRAW in moves,
        "desk": places.desk_of(page.competent if page.received_at else page.receiving),
        "ways": ways_of(page.submitter.id, page.contact),
        "may_take_back": MoveKey.WITHDRAW in moves and page.state in BEFORE_RECEIPT,
        "may_apply_again": dossiers.may_apply_again(page.state, page.outcome),
        "form": _form_summary(page),
    }
    return render(request, "portal/dossier.html", context)


@citizen_only
def sent(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """After sending, a receipt to keep: the number, a QR of its page, what happens next, whom to call, how one is told."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    address = f"{settings.BASE_URL}{reverse('portal:dossier', args=[page.id])}"
    version = catalogue.version(page.version_id)
    limit = version.case(page.case_key).limit_for(catalogue.Channel(page.channel))
    context = {
        "dossier": page,
        "number": page.code or dossiers.portal_number(page.id),
        "qr": _qr(address),
        "address": address,
        "limit": words.limit_words(limit),
        "due": when.moment(page.due_at) if page.due_at and page.is_open and not page.is_paused else "",
        "facts": _facts(page),
        "spared": spared(actor, page),
        "sum": _fees(page),
        "desk": places.desk_of(page.receiving),
        "may_take_back": page.state in BEFORE_RECEIPT,
        "ways": ways_of(page.submitter.id, page.contact),
    }
    return render(request, "portal/sent.html", context)


@citizen_only
def withdraw(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take the dossier back, with a reason, after asking once."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    reason = request.POST.get("reason", "").strip()[:2000]
    error = ""
    if request.method == "POST":
        try:
            if not reason:
                raise ReasonMissing(move=gettext(MOVES[MoveKey.WITHDRAW].name))
            services.withdraw_dossier(actor=actor, dossier_id=dossier_id, reason=reason)
        except ReasonMissing as refused:
            error = sentence_of(refused)
        else:
            messages.success(request, gettext("Bạn đã rút hồ sơ. Muốn làm lại thì nộp hồ sơ mới."))
            return HttpResponseRedirect(reverse("portal:dossier", args=[dossier_id]))
    elif MoveKey.WITHDRAW not in {move.key for move in page.moves}:
        raise MoveImpossible(move=gettext(MOVES[MoveKey.WITHDRAW].name))
    context = {"dossier": page, "reason": reason, "error": error}
    return render(request, "portal/withdraw.html", context, status=422 if error else 200)


@citizen_only
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> FileResponse:
    """A paper, form or result of an own dossier."""
    page = dossiers.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return shown_file(request, documents.file(_own_file(page, file_id)))


@citizen_only
def file_text(request: HttpRequest, dossier_id: UUID, file_id: UUID, form: str) -> FileResponse:
    """What was read in a digitized paper of an own dossier: plain text, ALTO or hOCR."""
    page = dossiers.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return text_response(_own_file(page, file_id), form)


def _own_file(page: dossiers.DossierPage, file_id: UUID) -> UUID:
    ids = {paper.file_id for paper in page.papers} | {form.file_id for form in page.forms}
    ids |= {form.signed_file_id for form in page.forms}
    if not dossiers.is_held_back(page.id, page.version_id):
        ids |= {result.sealed_file_id for result in page.results if result.issued_at}
    return in_scope(file_id if file_id in ids else None)


def _fees(page: dossiers.DossierPage) -> SumSaid:
    """What it costs, by the day on which it was sent: the sum the person saw."""
    return said(
        dossiers.reckoned_fees(
            version=catalogue.version(page.version_id),
            case_key=page.case_key,
            channel=catalogue.Channel(page.channel),
            on=clock.local(page.submitted_at).date(),
            form_data=page.form_data,
            applicant_id=page.applicant.id,
            english=words.in_english(),
        )
    )


def _facts(page: dossiers.DossierPage) -> list[SummaryRow]:
    return [
        SummaryRow(gettext("Thủ tục"), words.title_of(catalogue.version(page.version_id))),
        SummaryRow(gettext("Người đứng tên"), page.applicant.full_name),
        *_mandate_facts(page),
        SummaryRow(gettext("Nơi nhận hồ sơ"), words.name_of(page.receiving)),
        SummaryRow(gettext("Cơ quan giải quyết"), words.name_of(page.competent)),
        SummaryRow(gettext("Nhận kết quả"), words.return_words(page.return_way, page.contact)),
    ]


def _mandate_facts(page: dossiers.DossierPage) -> list[SummaryRow]:
    if page.submitter.id == page.applicant.id:
        return []
    rows = [SummaryRow(gettext("Người nộp thay"), page.submitter.full_name)]
    right = right_words(page.mandate)
    return [*rows, SummaryRow(gettext("Nộp thay theo"), right)] if right else rows


def _form_summary(page: dossiers.DossierPage) -> list[tuple[str, list[SummaryRow]]]:
    if page.form is None:
        return []
    return forms.summary(forms.read(page.form, "en" if words.in_english() else "vi"), page.form_data)


def _qr(text: str) -> SafeString:
    """The QR code of an address as inline SVG, drawn by us from our own address."""
    svg = segno.make(text, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None, border=2)
    return mark_safe(svg)  # noqa: S308 - made by segno from an address of ours, nothing typed by anybody
