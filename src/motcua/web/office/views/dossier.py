"""A dossier: clock and state, papers, form, steps, messages, log; on the right what may be done now."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.channels.queries import notices_about
from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.services import control_sheet as make_control_sheet
from motcua.dossiers.services import preview_result
from motcua.payments import queries as payments
from motcua.web.kit import forms
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, SummaryRow, Tab
from motcua.web.kit.mandates import mandate_rows
from motcua.web.kit.middleware import framable
from motcua.web.kit.officers import clocks, words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import with_query
from motcua.web.kit.officers.files import file_of_dossier, text_of_dossier
from motcua.web.office import standing
from motcua.web.office.words import OUTCOMES

_TABS = ("giay-to", "to-khai", "buoc", "tin-nhan", "nhat-ky")


@officers_only("dossier.read")
@require_GET
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """One of five views of the dossier, each with its own address."""
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    tab = request.GET.get("muc", "")
    tab = tab if tab in _TABS else _TABS[0]
    context = head_of(page) | {
        "tab": tab,
        "tabs": _tabs(request, page, tab),
        "acts": standing.open_acts(page),
        "people": people_of(page),
        "places": _places(page),
        "may_revoke": actor.may("dossier.number_and_seal", page.competent.id),
        "charges": payments.charges_of(page.id),
        "keys": [Key("1", gettext("Việc chính của hồ sơ")), Key("i", gettext("Về danh sách"))],
    }
    context |= _of_tab(tab, page)
    if tab == "nhat-ky" and actor.may("audit.read"):
        context["chain"] = queries.verify_chain(dossier_id=page.id)
    return render(request, "office/dossier.html", context)


@officers_only("dossier.read")
@require_GET
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A paper, form or result of the dossier, in the browser."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return file_of_dossier(request, page, file_id)


@officers_only("dossier.read")
@require_GET
def file_text(request: HttpRequest, dossier_id: UUID, file_id: UUID, form: str) -> HttpResponseBase:
    """What was read in a digitized paper of the dossier: plain text, ALTO or hOCR."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    return text_of_dossier(page, file_id, form)


@officers_only("dossier.read")
@require_GET
def draft(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """The proposed result as the document it would become; typeset for this reading and not kept."""
    pdf = preview_result(actor=actor_of(request), dossier_id=dossier_id)
    return framable(HttpResponse(pdf, content_type="application/pdf"))


@officers_only("dossier.read")
@require_GET
def control_sheet(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """The control sheet (form 06) as it stands now."""
    pdf = make_control_sheet(actor=actor_of(request), dossier_id=dossier_id)
    return framable(HttpResponse(pdf, content_type="application/pdf"))


def head_of(page: DossierPage) -> dict[str, object]:
    """What stands on top of every page about the dossier."""
    return {
        "page": page,
        "clock": clocks.clock_of(page),
        "state": words.state_words(page.state),
        "tone": words.state_tone(page),
    }


def answers_of(
    page: DossierPage, data: dict[str, object] | None = None
) -> list[tuple[str, list[SummaryRow]]]:
    """The answers of the form (or of a result with the same fields) as people read them."""
    if page.form is None:
        rows = [SummaryRow(key, str(value)) for key, value in (data or {}).items()]
        return [("", rows)] if rows else []
    definition = forms.read(page.form, "en" if words.in_english() else "vi")
    return forms.summary(definition, page.form_data if data is None else data)


def people_of(page: DossierPage) -> list[SummaryRow]:
    """Who asks, who handed in, how they are reached."""
    who = page.applicant
    rows = [SummaryRow(gettext("Người đề nghị"), who.full_name, note=who.number or "")]
    rows += mandate_rows(page)
    reach = [who.phone, who.email, who.address]
    rows.append(SummaryRow(gettext("Liên hệ"), "\n".join(text for text in reach if text)))
    return rows


def _places(page: DossierPage) -> list[SummaryRow]:
    rows = [
        SummaryRow(gettext("Nhận hồ sơ"), page.receiving.name),
        SummaryRow(gettext("Giải quyết"), page.competent.name),
        SummaryRow(
            gettext("Trả kết quả"),
            page.returning.name,
            note=words.return_words(page.return_way, page.contact),
        ),
        SummaryRow(gettext("Thụ lý"), page.assignee_name),
        SummaryRow(gettext("Kênh nộp"), words.channel_words(page.channel)),
    ]
    if page.helping is not None:
        rows.insert(0, SummaryRow(gettext("Hỗ trợ nộp"), page.helping.name))
    return rows


def _tabs(request: HttpRequest, page: DossierPage, current: str) -> list[Tab]:
    names = {
        "giay-to": (gettext("Giấy tờ"), len(page.papers) or None),
        "to-khai": (gettext("Tờ khai"), None),
        "buoc": (gettext("Các bước"), None),
        "tin-nhan": (gettext("Tin nhắn"), len(page.consultations) or None),
        "nhat-ky": (gettext("Nhật ký"), len(page.timeline) or None),
    }
    return [
        Tab(name, with_query(request, {"muc": None if slug == _TABS[0] else slug}), slug == current, count)
        for slug, (name, count) in names.items()
    ]


def _of_tab(tab: str, page: DossierPage) -> dict[str, object]:
    match tab:
        case "to-khai":
            return {"answers": answers_of(page)}
        case "buoc":
            return {
                "steps": standing.step_lines(page),
                "reckoning": clocks.reckoning_in_words(page),
                "lines": clocks.reckoning_by_line(page),
            }
        case "tin-nhan":
            return {"notices": notices_about(dossier_id=page.id)}
        case "nhat-ky":
            return {"log": standing.log_of(page)}
        case _:
            return {
                "issued": [(form, words.form_words(form.code)) for form in page.forms],
                "results": [(result, OUTCOMES.get(result.outcome, "")) for result in reversed(page.results)],
                "preview": _first_preview(page),
                "digitized": documents.read_files([paper.file_id for paper in page.papers]),
            }


def _first_preview(page: DossierPage) -> documents.FileView | None:
    """The result, or else the first paper with a file, to be looked at beside the list."""
    results = [r.sealed_file_id or r.signed_file_id or r.draft_file_id for r in reversed(page.results)]
    found = [file_id for file_id in (*results, *(p.file_id for p in page.papers)) if file_id is not None]
    return documents.file(found[0]) if found else None
