"""Applying: a draft as a list of tasks, each saved by itself, sent when the person has looked at all of it."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers import errors as dossier_errors
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.kernel import clock
from motcua.kernel.errors import DomainError
from motcua.web.kit import forms, when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.held_posts import held
from motcua.web.portal import known, mandate, saving, way, words
from motcua.web.portal.drafting import Drafting, known_of, open_draft, open_present
from motcua.web.portal.renewal import changes_of
from motcua.web.portal.saving import draft_page


@draft_page
def tasks(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What is done and what is left; of a draft that does not simply go on, what became of it."""
    try:
        drafting = open_draft(actor_of(request), draft_id)
    except dossier_errors.DraftSent as sent:
        return HttpResponseRedirect(reverse("portal:sent", args=[sent.params["dossier_id"]]))
    if not drafting.is_present:
        return _page(request, "changed", drafting, changed=changes_of(drafting), review=drafting.review())
    return _page(
        request,
        "tasks",
        drafting,
        tasks=drafting.tasks(),
        done=drafting.done(),
        total=drafting.total(),
        sum=drafting.fees(),
    )


@draft_page
def place(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Which case it is, where it is handed in, how the result comes back."""
    drafting = open_present(actor_of(request), draft_id)
    agencies = directory.find_agencies(is_one_stop=True)
    cases = [Option(case.key, words.name_of(case)) for case in drafting.version.cases]
    ways = [Option(way, str(label)) for way, label in words.RETURN_WAYS.items()]
    faults: dict[str, str] = {}
    typed = {
        "case": drafting.draft.case_key,
        "agency": str(drafting.draft.receiving_id or ""),
        "way": drafting.draft.return_way,
        "return_address": _return_address(drafting),
    }
    post = posted(request)
    if post is not None:
        typed = {name: post.get(name, typed[name] if name == "case" else "") for name in typed}
    if request.method == "POST":
        faults = _place_faults(typed, cases, {str(agency.id) for agency in agencies})
        if not faults:
            contact = {**drafting.draft.contact, "return_address": typed["return_address"].strip()}
            changes = {
                "case_key": typed["case"],
                "return_way": typed["way"],
                "contact": dossiers.checked_contact(contact),
            }
            try:
                saving.save(request, drafting, receiving_id=UUID(typed["agency"]), **changes)
            except dossier_errors.DraftConflict as conflict:
                return saving.choose(request, drafting, conflict)
            return _next(drafting)
    options = [Option(str(agency.id), words.name_of(agency)) for agency in agencies]
    return _page(
        request, "place", drafting, cases=cases, agencies=options, ways=ways, typed=typed, faults=faults
    )


@draft_page
def people(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """For whom, and how to reach them."""
    actor = actor_of(request)
    drafting = open_present(actor, draft_id)
    draft = drafting.draft
    parties = known.own_parties(actor)
    own = parties[0]
    chosen = mandate.OTHER if mandate.person_of(draft.mandate) else str(draft.applicant_id or own.id)
    typed = {
        "applicant": chosen,
        "phone": draft.contact.get("phone", own.phone),
        "email": draft.contact.get("email", own.email),
        "address": draft.contact.get("address", own.address),
    }
    other = mandate.typed_before(draft.mandate)
    faults: dict[str, str] = {}
    post = posted(request)
    if post is not None:
        typed = {name: post.get(name, "").strip() for name in typed}
        other = mandate.typed_of(post)
    if request.method == "POST":
        is_other = typed["applicant"] == mandate.OTHER
        faults = _people_faults(typed, {str(party.id) for party in parties})
        faults |= other.faults() if is_other else {}
        if not faults:
            told = {name: typed[name] for name in CONTACT}
            contact = dossiers.checked_contact({**draft.contact, **told})
            applicant_id = None if is_other else UUID(typed["applicant"])
            try:
                _save_people(request, drafting, applicant_id, other, contact)
            except dossier_errors.DraftConflict as conflict:
                return saving.choose(request, drafting, conflict)
            return _next(drafting)
    return _page(
        request,
        "people",
        drafting,
        parties=_for_whom(parties),
        typed=typed,
        faults=faults,
        other=other,
        kinds=mandate.kinds(),
        is_other=typed["applicant"] == mandate.OTHER,
    )


@draft_page
def form(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The e-form: known answers filled in, the rest asked; saved with whatever faults it still has."""
    drafting = open_draft(actor_of(request), draft_id)
    definition, sent_form = drafting.definition(), drafting.version.form
    if definition is None or sent_form is None:
        return HttpResponseRedirect(reverse("portal:tasks", args=[draft_id]))
    sources = known_of(drafting)
    data: Mapping[str, Any] = drafting.draft.form_data
    faults: dict[str, str] = {}
    parsed = forms.Parsed({})
    post, seen = posted(request), drafting.draft.revision
    if post is not None:
        parsed = forms.parse(definition, post, forms.locked_values(definition, sources), sources)
        data, seen = parsed.data, saving.number_of(post.get("_seen"))
    if request.method == "POST":
        data = forms.with_offers(definition, parsed, sources)
        filled = catalogue.fill_form(sent_form, data)
        try:
            saved = saving.save(request, drafting, form_data=data)
        except dossier_errors.DraftConflict as conflict:
            return saving.choose(request, drafting, conflict)
        drafting, seen = open_draft(actor_of(request), draft_id), saved.revision
        data = drafting.draft.form_data
        if not drafting.is_present:
            return _next(drafting)
        if not parsed.is_changing_rows:
            faults = drafting.faults_of(filled) | parsed.faults
            if saved.taken:
                faults = drafting.faults_of(catalogue.fill_form(sent_form, data)) | parsed.faults
            if not faults:
                return _next(drafting)
    elif not drafting.is_present:
        return _next(drafting)
    elif request.GET.get("kiem-tra"):
        faults = drafting.faults_of(catalogue.fill_form(sent_form, data))
    bound = forms.bind(definition, data, faults, sources, added_row=parsed.added_row)
    status = 422 if faults and request.method == "POST" else 200
    return _page(request, "form", drafting, bound=bound, status=status, seen=seen, sum=drafting.fees(data))


@require_POST
@draft_page
def autosave(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keep what is typed so far; answers with the words that say when, and with what was kept from elsewhere."""
    drafting = open_draft(actor_of(request), draft_id)
    definition = drafting.definition()
    seen, taken = saving.seen_of(request), []
    if definition is not None:
        sources = known_of(drafting)
        parsed = forms.parse(definition, request.POST, forms.locked_values(definition, sources), sources)
        try:
            saved = saving.save(request, drafting, form_data=parsed.data)
        except dossier_errors.DraftConflict as conflict:
            return saving.choose(request, drafting, conflict)
        seen, taken = saved.revision, [".".join(path[1:]) for path in saved.taken]
    text = gettext("Đã lưu bản nháp lúc %(time)s") % {"time": f"{clock.local(clock.now()):%H:%M:%S}"}
    if taken:
        text += ". " + gettext("Đã nhận thêm những chỗ vừa sửa ở thẻ hoặc máy khác.")
    return JsonResponse({"message": text, "revision": seen, "taken": taken})


@require_POST
@draft_page
def fees(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What it costs by the answers on the screen, which are read and not kept."""
    drafting = open_draft(actor_of(request), draft_id)
    definition = drafting.definition()
    data: Mapping[str, Any] = drafting.draft.form_data
    if definition is not None:
        sources = known_of(drafting)
        data = forms.parse(definition, request.POST, forms.locked_values(definition, sources), sources).data
    return render(request, "kit/_fees.html", {"sum": drafting.fees(data)})


@draft_page
def review(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Everything once more, each line with its "sửa"; sending is one button, and pressing it twice sends once."""
    actor = actor_of(request)
    try:
        drafting = open_present(actor, draft_id)
    except dossier_errors.DraftSent as already:
        return HttpResponseRedirect(reverse("portal:sent", args=[already.params["dossier_id"]]))
    faults: list[Fault] = []
    if request.method == "POST":
        if saving.seen_of(request) != drafting.draft.revision:
            changed = gettext(
                "Bản nháp đã thay đổi từ lúc bạn mở trang này. Xem lại nội dung dưới đây rồi gửi."
            )
            faults = [Fault("", changed)]
        elif not drafting.is_complete():
            faults = [
                Fault("", gettext("Còn phần chưa xong: %(part)s.") % {"part": part})
                for part in drafting.unfinished()
            ]
        else:
            try:
                sent = services.submit_dossier(actor=actor, application=drafting.application())
            except (dossier_errors.FormInvalid, dossier_errors.PapersMissing) as refused:
                faults = [Fault("", sentence_of(refused))]
            except (
                dossier_errors.FormOutdated,
                dossier_errors.ChannelClosed,
                dossier_errors.PaperNotInForce,
                dossier_errors.MandateMissing,
                dossier_errors.DraftConflict,
            ) as refused:
                faults = [Fault("", _with_advice(refused))]
            else:
                return HttpResponseRedirect(reverse("portal:sent", args=[sent.dossier_id]))
    return _page(
        request,
        "review",
        drafting,
        review=drafting.review(),
        sum=drafting.fees(),
        faults=faults,
        spared=drafting.spared(),
        alike=drafting.alike(),
        ways=drafting.ways(),
        is_complete=drafting.is_complete(),
        status=422 if faults else 200,
    )


def _page(
    request: HttpRequest, name: str, drafting: Drafting, *, status: int = 200, **more: Any
) -> HttpResponse:
    if more.get("faults") and request.method == "POST":
        status = 422
    context = {
        "draft": drafting.draft,
        "version": drafting.version,
        "procedure": words.title_of(drafting.version),
        "saved": when.short_moment(drafting.draft.saved_at),
        "seen": drafting.draft.revision,
        "page": secrets.token_hex(8),
        "is_put_back": held(request) is not None,
    }
    return render(
        request, f"portal/apply/{name}.html", context | way.beside(drafting, name) | more, status=status
    )


def _save_people(
    request: HttpRequest,
    drafting: Drafting,
    applicant_id: UUID | None,
    other: mandate.TypedMandate,
    contact: Mapping[str, str],
) -> None:
    """Papers taken from one warehouse do not follow the dossier into another name, nor does what was known of one person
    into the form of another.
    """
    changes: dict[str, Any] = {"applicant_id": applicant_id, "contact": contact}
    definition = drafting.definition()
    is_other = applicant_id is None and mandate.person_of(drafting.draft.mandate) != other.kept()["person"]
    if definition and (is_other or applicant_id != drafting.draft.applicant_id):
        known_before = known_of(drafting)
        changes["forget"] = forms.repeating_known(definition, drafting.draft.form_data, known_before)
    saving.save(request, drafting, mandate={} if applicant_id else other.kept(), **changes)
    if applicant_id != drafting.draft.applicant_id:
        services.drop_warehouse_papers(actor=actor_of(request), draft_id=drafting.draft.id)


def _for_whom(parties: list[directory.PartyView]) -> list[Option]:
    said = {
        directory.PartyKind.PERSON: gettext("Cho tôi: %(name)s"),
        directory.PartyKind.ORGANISATION: gettext("Cho tổ chức tôi đại diện: %(name)s"),
    }
    own = [
        Option(str(party.id), said[party.kind] % {"name": party.full_name}, party.number_masked)
        for party in parties
    ]
    return [
        *own,
        Option(mandate.OTHER, gettext("Thay người khác"), gettext("Người thân hoặc người ủy quyền")),
    ]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed: posted now, or before logging in (then it is only shown, and nothing is done with it)."""
    return request.POST if request.method == "POST" else held(request)


def _next(drafting: Drafting) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:tasks", args=[drafting.draft.id]))


def _place_faults(typed: Mapping[str, str], cases: list[Option], agencies: set[str]) -> dict[str, str]:
    faults = {}
    if typed["case"] not in {case.value for case in cases}:
        faults["case"] = gettext("Chọn trường hợp của bạn.")
    if typed["agency"] not in agencies:
        faults["agency"] = gettext("Chọn nơi nộp hồ sơ.")
    if typed["way"] not in words.RETURN_WAYS:
        faults["way"] = gettext("Chọn cách nhận kết quả.")
    try:
        dossiers.checked_contact({"return_address": typed["return_address"].strip()})
    except dossier_errors.ContactInvalid:
        faults["return_address"] = _CONTACT_FAULTS["address"]()
    if typed["way"] == "postal" and not typed["return_address"].strip():
        faults["return_address"] = gettext(
            "Nhập địa chỉ nhận kết quả qua bưu điện: số nhà, đường hoặc thôn, xã, tỉnh."
        )
    return faults


def _return_address(drafting: Drafting) -> str:
    """Where the post should bring the result: as said before, else where the person who hands in lives."""
    contact = drafting.draft.contact
    told = contact.get("return_address") or contact.get("address")
    return str(told or known.own_parties(drafting.actor)[0].address)


def _people_faults(typed: Mapping[str, str], parties: set[str]) -> dict[str, str]:
    faults = {}
    if typed["applicant"] not in {*parties, mandate.OTHER}:
        faults["applicant"] = gettext("Chọn người đứng tên hồ sơ.")
    for name in CONTACT:
        if len(typed[name]) > _LONGEST_CONTACT:  # told, never cut: half an address leads nowhere
            faults[name] = gettext("Tối đa %(most)d ký tự.") % {"most": _LONGEST_CONTACT}
            continue
        try:
            dossiers.checked_contact({name: typed[name]})
        except dossier_errors.ContactInvalid:
            faults[name] = _CONTACT_FAULTS[name]()
    if not (typed["phone"] or typed["email"]):
        faults["phone"] = gettext(
            "Nhập số điện thoại, ví dụ 0912 345 678 hoặc +82 10 1234 5678; hoặc thư điện tử."
        )
    return faults


_LONGEST_CONTACT = 200
#: How somebody is reached, in the order of the page.
CONTACT = ("phone", "email", "address")
_CONTACT_FAULTS: Mapping[str, Callable[[], str]] = {
    "phone": lambda: gettext("Số điện thoại chưa đúng. Ví dụ 0912 345 678, 024 3822 1234, +82 10 1234 5678."),
    "email": lambda: gettext("Nhập một địa chỉ thư điện tử, ví dụ ten@congty.vn; hoặc để trống."),
    "address": lambda: gettext("Địa chỉ có ký tự không nhìn thấy; hãy xóa đi và gõ lại."),
}


def _with_advice(refused: DomainError) -> str:
    return f"{sentence_of(refused)} {gettext(refused.advice)}" if refused.advice else sentence_of(refused)
