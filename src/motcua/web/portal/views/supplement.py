"""Answering a request for more: a draft like any other, one card for each thing that was asked, sent when all is there."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import (
    AnswersMissing,
    DraftConflict,
    FormCorrected,
    FormInvalid,
    MoveImpossible,
    PaperNotInForce,
)
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, MovedOn
from motcua.web.kit import forms, transfers
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of, wants_problem
from motcua.web.kit.held_posts import held
from motcua.web.kit.serving import shown_file
from motcua.web.portal import places, saving
from motcua.web.portal.answering import NOTE, NOTES, Answering, key_of
from motcua.web.portal.held import kind_names, named
from motcua.web.portal.saving import draft_page
from motcua.web.portal.views.papers import attach_given, id_named, told

_LONGEST_NOTE = 2000


@draft_page
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What was asked, card by card; what is typed and attached stays until it is sent, over as many visits as it takes."""
    answering = _answering(request, dossier_id)
    if request.method != "POST":
        return _page(request, answering, held(request))
    if request.POST.get("_drop") and wants_problem(request):
        # Taken off by the script: what else is typed on the page stays there.
        _drop(request, answering)
        return JsonResponse({})
    parsed = _parsed(answering, request.POST)
    refused = _keep_files(request, answering)
    try:
        _keep_words(request, answering, parsed)
    except DraftConflict as conflict:
        return saving.choose(request, answering.drafting(), conflict)
    if refused:
        return _page(request, answering, None, refused)
    is_staying = any(request.POST.get(name) for name in ("_drop", "_reuse", "_stay"))
    if parsed is not None and parsed.is_changing_rows:
        return _page(request, answering, None, added_row=parsed.added_row, status=422)
    if is_staying:
        return HttpResponseRedirect(reverse("portal:supplement", args=[dossier_id]))
    if too_long := _too_long(answering, request.POST):
        return _page(request, answering, None, too_long)
    try:
        faults, form_faults = _send(request, answering)
    except FormCorrected as corrected:
        return saving.choose(request, answering.drafting(), corrected)
    if faults or form_faults:
        return _page(request, answering, None, faults, form_faults)
    messages.success(request, gettext("Đã gửi phần bổ sung. Thời hạn tiếp tục được tính."))
    return HttpResponseRedirect(reverse("portal:dossier", args=[dossier_id]))


@require_POST
@draft_page
def save_answer(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Keep what is typed so far; answers as saving a form does."""
    answering = _answering(request, dossier_id)
    try:
        saved = _keep_words(request, answering, _parsed(answering, request.POST))
    except DraftConflict as conflict:
        return saving.choose(request, answering.drafting(), conflict)
    text = gettext("Đã lưu lúc %(time)s, chưa gửi") % {"time": f"{clock.local(clock.now()):%H:%M:%S}"}
    taken = [_place_of(path) for path in saved.taken]
    if taken:
        text += ". " + gettext("Đã nhận thêm những chỗ vừa sửa ở thẻ hoặc máy khác.")
    return JsonResponse({"message": text, "revision": saved.revision, "taken": taken})


@draft_page
def answer_upload(request: HttpRequest, dossier_id: UUID, item: int) -> HttpResponse:
    """Open a transfer of a file that answers one item."""
    actor = _answering_item(request, dossier_id, item).actor
    return transfers.create(
        request,
        lambda upload_id: reverse("portal:answer_upload_piece", args=[dossier_id, item, upload_id]),
        check=lambda size: services.check_draft_room(actor=actor, size=size),
    )


@draft_page
def answer_upload_piece(request: HttpRequest, dossier_id: UUID, item: int, upload_id: UUID) -> HttpResponse:
    """A transfer of a file that answers one item; wholly there, it stands on its card."""
    answering = _answering_item(request, dossier_id, item)

    def attach(upload: documents.UploadView) -> Mapping[str, object]:
        kept = custody.finish_upload(actor=answering.actor, upload_id=upload.id)
        services.add_draft_file(
            actor=answering.actor,
            draft_id=answering.begin().id,
            component_key=key_of(item),
            file_id=kept.id,
        )
        paper = {"file_id": str(kept.id), "filename": kept.filename, "size": kept.size}
        shown = {"dossier": answering.page, "paper": {**paper, "is_unchecked": kept.is_unchecked}}
        return {**told(kept), "html": render_to_string("portal/_answer_file.html", shown, request=request)}

    return transfers.resource(request, upload_id, attach)


@draft_page
def answer_file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> FileResponse:
    """A file of an own answer that is not sent yet, to look at."""
    answering = _answering(request, dossier_id)
    there = {str(paper["file_id"]) for paper in answering.papers()}
    return shown_file(request, documents.file(in_scope(file_id if str(file_id) in there else None)))


def _answering(request: HttpRequest, dossier_id: UUID) -> Answering:
    actor = actor_of(request)
    return Answering(actor, dossiers.dossier_page(actor=actor, dossier_id=dossier_id))


def _answering_item(request: HttpRequest, dossier_id: UUID, item: int) -> Answering:
    answering = _answering(request, dossier_id)
    in_scope(item if item < len(answering.asked.items) else None)
    return answering


def _parsed(answering: Answering, post: QueryDict) -> forms.Parsed | None:
    definition = answering.definition()
    return forms.parse(definition, post) if definition else None


def _notes_of(answering: Answering, post: Mapping[str, str]) -> dict[str, str]:
    keys = [*(key_of(n) for n in range(len(answering.asked.items))), NOTE]
    return {key: post.get(f"{NOTES}{key}", "").strip() for key in keys}


def _too_long(answering: Answering, post: Mapping[str, str]) -> dict[str, str]:
    """Words are kept as long as they are; too long ones are not sent, and never cut."""
    said = gettext("Tối đa %(most)d ký tự, đang có %(n)d. Rút ngắn lại, hoặc viết vào một tệp rồi đính kèm.")
    return {
        f"{NOTES}{key}": said % {"most": _LONGEST_NOTE, "n": len(text)}
        for key, text in _notes_of(answering, post).items()
        if len(text) > _LONGEST_NOTE
    }


def _form_of(answering: Answering, parsed: forms.Parsed | None) -> dict[str, Mapping[str, object]]:
    """The form as it is on the page; defaults a page shows where nothing was answered are no answer."""
    definition = answering.definition()
    if definition is None or parsed is None:
        return {}
    return {"form_data": forms.without_defaults(definition, parsed.data, answering.page.form_data)}


def _keep_words(request: HttpRequest, answering: Answering, parsed: forms.Parsed | None) -> services.Saved:
    saved = saving.save(
        request,
        answering.drafting(),
        notes=_notes_of(answering, request.POST),
        **_form_of(answering, parsed),
    )
    answering.read_again()
    return saved


def _place_of(path: tuple[str, ...]) -> str:
    """The box on the page of an answer that was changed elsewhere."""
    inside = ".".join(path[1:])
    return f"{NOTES}{inside}" if path[0] == "notes" else inside


def _drop(request: HttpRequest, answering: Answering) -> None:
    services.remove_draft_paper(
        actor=answering.actor, draft_id=answering.begin().id, file_id=id_named(request.POST["_drop"])
    )


def _keep_files(request: HttpRequest, answering: Answering) -> dict[str, str]:
    """Each change by itself: what was attached elsewhere meanwhile stays. Answers with what was refused, by field."""
    if request.POST.get("_drop"):
        _drop(request, answering)
    for key in request.POST.getlist("_reuse"):
        if key in answering.offers:
            offer = answering.offers[key]
            services.add_draft_paper(
                actor=answering.actor,
                draft_id=answering.begin().id,
                component_key=key,
                paper_id=offer.id,
                name=named(offer, kind_names()),
            )
    fields = {f"file.{key_of(n)}": key_of(n) for n in range(len(answering.asked.items))}
    return attach_given(request, answering.actor, fields, lambda: answering.begin().id)


def _send(request: HttpRequest, answering: Answering) -> tuple[dict[str, str], dict[str, str]]:
    """What stands in the way, by field of the page and by place in the form. Raises `FormCorrected`."""
    try:
        saving.send_answer(request, answering.drafting())
    except FormCorrected:
        raise
    except AnswersMissing as missing:
        items = missing.params["items"]
        said = gettext("Việc %(n)d chưa có trả lời: đính kèm giấy tờ hoặc viết vài chữ.")
        numbers = items if isinstance(items, list) else []
        return {f"{NOTES}{key_of(n)}": said % {"n": n + 1} for n in numbers}, {}
    except FormInvalid as invalid:
        return {}, _form_faults(invalid)
    except (MovedOn, MoveImpossible, PaperNotInForce, DraftConflict) as moved:
        return {"": sentence_of(moved)}, {}
    return {}, {}


def _form_faults(invalid: DomainError) -> dict[str, str]:
    faults = invalid.params.get("faults", ())
    return {path.removeprefix("/"): message for path, message in faults} if isinstance(faults, list) else {}


def _page(
    request: HttpRequest,
    answering: Answering,
    typed: QueryDict | None,
    faults: Mapping[str, str] | None = None,
    form_faults: Mapping[str, str] | None = None,
    *,
    added_row: str = "",
    status: int = 200,
) -> HttpResponse:
    page, faults = answering.page, faults or {}
    notes = _notes_of(answering, typed) if typed is not None else {}
    data: Mapping[str, object] = answering.form_data
    if typed is not None:
        data = _form_of(answering, _parsed(answering, typed)).get("form_data", data)
    definition = answering.definition()
    bound = forms.bind(definition, data, dict(form_faults or {}), added_row=added_row) if definition else None
    cards = answering.cards(notes, faults)
    moves = {move.key for move in page.moves}
    context = {
        "dossier": page,
        "number": page.code or dossiers.portal_number(page.id),
        "asked": answering.asked,
        "cards": cards,
        "done": sum(card.is_answered for card in cards),
        "offers": answering.offered(),
        "is_form_changed": answering.is_form_changed,
        "bound": bound,
        "note": notes.get(NOTE, str(answering.notes.get(NOTE, ""))),
        "note_field": f"{NOTES}{NOTE}",
        "faults": [*_listed(faults), *(bound.faults if bound else ())],
        "saved_at": answering.draft.saved_at if answering.draft else None,
        "seen": saving.number_of(typed.get("_seen")) if typed is not None else answering.revision,
        "page": secrets.token_hex(8),
        "is_put_back": typed is not None,
        "desk": places.desk_of(page.competent if page.received_at else page.receiving),
        "may_withdraw": MoveKey.WITHDRAW in moves,
    }
    if faults or form_faults:
        status = 422
    return render(request, "portal/supplement.html", context, status=status)


def _listed(faults: Mapping[str, str]) -> list[Fault]:
    return [Fault(f"f-{name.replace('.', '-')}" if name else "", said) for name, said in faults.items()]
