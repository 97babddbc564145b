"""Attaching papers: whole from a plain form, or in pieces that survive a dropped line."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.documents import errors as document_errors
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.dossiers import services
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.serving import held_file
from motcua.web.portal import held, words
from motcua.web.portal.access import citizen_only
from motcua.web.portal.drafting import Drafting, open_draft, open_present
from motcua.web.portal.saving import draft_page

_PIECE_MAX = 4 << 20


@draft_page
def draft_papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The checklist of the draft, with what is attached; files picked here are kept even when another one is refused."""
    actor = actor_of(request)
    drafting = open_present(actor, draft_id)
    faults: dict[str, str] = {}
    if request.method == "POST":
        faults = _change(request, actor, drafting)
        if not faults:
            stays = any(request.POST.get(name) for name in ("_stay", "_remove", "_reuse"))
            step = "papers" if stays else "tasks"
            return HttpResponseRedirect(reverse(f"portal:{step}", args=[draft_id]))
        drafting = open_present(actor, draft_id)
    attached = drafting.papers_by_key()
    unchecked = _unchecked(actor, drafting)
    kinds = held.kind_names() if drafting.offers else {}
    lines = [
        {
            "bring": bring,
            "field": f"paper.{bring.key}",
            "is_optional": not bring.is_required,
            "error": faults.get(f"paper.{bring.key}", ""),
            "attached": [
                {**paper, "is_unchecked": str(paper["file_id"]) in unchecked}
                for paper in attached.get(bring.key, ())
                if paper.get("file_id")
            ],
            "is_presented": any(paper.get("is_presented") for paper in attached.get(bring.key, ())),
            "upload_url": reverse("portal:draft_upload", args=[draft_id, bring.key]),
            "offer": held.named(drafting.offers[bring.key], kinds) if bring.key in drafting.offers else "",
            "offer_id": drafting.offers[bring.key].id if bring.key in drafting.offers else None,
        }
        for bring in words.to_bring(sorted(drafting.components, key=lambda c: c.key not in drafting.offers))
    ]
    context = {
        "draft": drafting.draft,
        "procedure": words.title_of(drafting.version),
        "lines": lines,
        "faults": faults,
        "case": words.name_of(drafting.case),
        "left": [paper for paper in drafting.left_papers if paper["file_id"]],
    }
    return render(request, "portal/apply/papers.html", context, status=422 if faults else 200)


def _unchecked(actor: Actor, drafting: Drafting) -> set[str]:
    """Ids of attached files nobody looked into for malware."""
    ids = [UUID(str(paper["file_id"])) for paper in drafting.draft.papers if paper.get("file_id")]
    files = documents.usable_files(actor, ids) if ids else {}
    return {str(file_id) for file_id, file in files.items() if file.is_unchecked}


@draft_page
def draft_file(request: HttpRequest, draft_id: UUID, file_id: UUID) -> FileResponse:
    """A file of an own draft, to look at."""
    actor = actor_of(request)
    drafting = open_draft(actor, draft_id)
    attached = {str(paper.get("file_id")) for paper in drafting.draft.papers}
    in_scope(str(file_id) if str(file_id) in attached else None)
    return held_file(documents.file(file_id))


@require_POST
@draft_page
def begin_draft_upload(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Begin a transfer of a paper of this draft."""
    drafting = open_draft(actor_of(request), draft_id)
    in_scope(key if key in {component.key for component in drafting.components} else None)
    finish = f"{reverse('portal:upload_finish', args=['00000000-0000-0000-0000-000000000000'])}?draft={draft_id}&key={key}"
    return _begun(request, finish)


@require_POST
@citizen_only
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a transfer that belongs to no draft (an answer to a request for more papers)."""
    return _begun(request, reverse("portal:upload_finish", args=["00000000-0000-0000-0000-000000000000"]))


@require_POST
@citizen_only
def piece(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """One piece at `Upload-Offset`. A wrong offset answers 409 and says where to go on."""
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
    except ValueError:
        return JsonResponse({"detail": gettext("Thiếu vị trí của phần tệp.")}, status=400)
    content = request.read(_PIECE_MAX + 1)
    if len(content) > _PIECE_MAX:
        return JsonResponse({"detail": gettext("Phần tệp quá lớn.")}, status=413)
    try:
        view = custody.append_chunk(
            actor=actor_of(request), upload_id=upload_id, offset=offset, content=content
        )
    except document_errors.UploadOffsetWrong as wrong:
        return JsonResponse({"offset": wrong.params["expected"]}, status=409)
    except DomainError as refused:
        return _refused(refused)
    return JsonResponse({"offset": view.offset})


@require_POST
@draft_page
def finish(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The last piece is there: keep the file and, for a draft, put it on its line."""
    actor = actor_of(request)
    try:
        kept = custody.finish_upload(actor=actor, upload_id=upload_id)
    except DomainError as refused:
        return _refused(refused)
    answer: dict[str, object] = {"file_id": str(kept.id), "filename": kept.filename}
    answer["message"] = gettext("Đã gửi xong: %(name)s") % {"name": kept.filename}
    if kept.is_unchecked:
        answer["message"] = gettext("Đã gửi xong: %(name)s (chưa kiểm tra mã độc)") % {"name": kept.filename}
    if "draft" in request.GET:
        drafting = open_draft(actor, id_named(request.GET["draft"]))
        services.add_draft_file(
            actor=actor, draft_id=drafting.draft.id, component_key=request.GET.get("key", ""), file_id=kept.id
        )
        answer["location"] = (
            reverse("portal:papers", args=[drafting.draft.id]) + f"#p-{request.GET.get('key', '')}"
        )
    return JsonResponse(answer)


def keep_given(
    request: HttpRequest, actor: Actor, fields: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Files picked in a plain form, by field name → component key: what could be kept, and why the rest could not."""
    papers: list[dict[str, Any]] = []
    faults: dict[str, str] = {}
    for field, key in fields.items():
        for given in cast(Sequence[Any], request.FILES.getlist(field)):
            try:
                kept = custody.keep_file(
                    actor=actor,
                    stream=cast(IO[bytes], given.file),
                    filename=given.name or "",
                    owner_party_id=None,
                )
            except DomainError as refused:
                faults[field] = f"{given.name}: {sentence_of(refused)}"
            else:
                papers.append(_line(key, kept))
    return papers, faults


def _change(request: HttpRequest, actor: Actor, drafting: Drafting) -> dict[str, str]:
    """Each change by itself: what others attach meanwhile stays. Answers with what was refused, by field."""
    draft_id, keys = drafting.draft.id, [component.key for component in drafting.components]
    removed = request.POST.get("_remove", "")
    if removed:
        services.remove_draft_paper(actor=actor, draft_id=draft_id, file_id=id_named(removed))
    promised = [key for key in keys if request.POST.get(f"present.{key}")]
    asked = [bring.key for bring in words.to_bring(drafting.components) if bring.is_shown_only]
    services.promise_papers(actor=actor, draft_id=draft_id, asked=asked, promised=promised)
    for key in request.POST.getlist("_reuse"):
        if key in drafting.offers:
            offer = drafting.offers[key]
            services.add_draft_paper(
                actor=actor,
                draft_id=draft_id,
                component_key=key,
                paper_id=offer.id,
                name=held.named(offer, held.kind_names()),
            )
    new, faults = keep_given(request, actor, {f"paper.{key}": key for key in keys})
    for paper in new:
        services.add_draft_file(
            actor=actor,
            draft_id=draft_id,
            component_key=paper["component_key"],
            file_id=UUID(paper["file_id"]),
        )
    return faults


def _line(key: str, kept: documents.FileView) -> dict[str, Any]:
    return {"component_key": key, "file_id": str(kept.id), "filename": kept.filename, "size": kept.size}


def _begun(request: HttpRequest, finish: str) -> HttpResponse:
    try:
        size = int(request.POST.get("size", ""))
    except ValueError:
        return JsonResponse({"detail": gettext("Thiếu kích thước tệp.")}, status=400)
    try:
        upload = custody.begin_upload(
            actor=actor_of(request), filename=request.POST.get("filename", "")[:255], size=size
        )
    except DomainError as refused:
        return _refused(refused)
    answer = {"offset": upload.offset, "url": reverse("portal:upload_piece", args=[upload.id])}
    answer["finish"] = finish.replace("00000000-0000-0000-0000-000000000000", str(upload.id))
    return JsonResponse(answer, status=201)


def id_named(text: str) -> UUID:
    """An id as an address or a form names it. Raises `OutOfScope`."""
    try:
        return UUID(text)
    except ValueError:
        raise OutOfScope from None


def _refused(refused: DomainError) -> JsonResponse:
    body = {
        "detail": sentence_of(refused),
        "code": refused.code,
        "advice": gettext(refused.advice) if refused.advice else "",
    }
    return JsonResponse(body, status=refused.kind.value)
