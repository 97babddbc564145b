"""Attaching papers: whole from a plain form, or in pieces that survive a dropped line."""

from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.errors import DecodersBusy, DecodingRefused, PicturesNotBound
from motcua.dossiers import services
from motcua.dossiers.errors import DraftFilesFull, DraftFull, DraftSent
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope
from motcua.web.kit import transfers
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of, wants_problem
from motcua.web.kit.serving import shown_file
from motcua.web.portal import held, way, words
from motcua.web.portal.drafting import Drafting, open_draft, open_present
from motcua.web.portal.saving import draft_page

#: Of the name of a paper, in the name of its file.
_LONGEST_NAME = 80


@draft_page
def draft_papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The checklist of the draft, with what is attached; files picked here are kept even when another one is refused."""
    actor = actor_of(request)
    drafting = open_present(actor, draft_id)
    faults: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("_remove") and wants_problem(request):
        # Taken off by the script: what else is typed and ticked on the page stays there.
        services.remove_draft_paper(actor=actor, draft_id=draft_id, file_id=id_named(request.POST["_remove"]))
        return JsonResponse({})
    if request.method == "POST":
        faults = _change(request, actor, drafting)
        if not faults:
            stays = any(request.POST.get(name) for name in ("_stay", "_remove", "_reuse", "_bind"))
            step = "papers" if stays else "tasks"
            return HttpResponseRedirect(reverse(f"portal:{step}", args=[draft_id]))
        drafting = open_present(actor, draft_id)
    attached = drafting.papers_by_key()
    files = _files(actor, drafting)
    kinds = held.kind_names() if drafting.offers else {}
    lines = [
        {
            "bring": bring,
            "field": f"paper.{bring.key}",
            "is_optional": not bring.is_required,
            "error": faults.get(f"paper.{bring.key}", ""),
            "attached": [
                {**_known(paper, files), "pictures": drafting.pictures_of(paper)}
                for paper in attached.get(bring.key, ())
                if paper.get("file_id")
            ],
            "pictures": sum(
                str(paper["file_id"]) in files and files[str(paper["file_id"])].is_picture
                for paper in attached.get(bring.key, ())
            ),
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
    } | way.beside(drafting, "papers")
    return render(request, "portal/apply/papers.html", context, status=422 if faults else 200)


def _files(actor: Actor, drafting: Drafting) -> Mapping[str, documents.FileView]:
    """The attached files, by id as papers of the draft name it."""
    ids = [UUID(str(paper["file_id"])) for paper in drafting.draft.papers if paper.get("file_id")]
    found = documents.usable_files(actor, ids) if ids else {}
    return {str(file_id): file for file_id, file in found.items()}


def _known(paper: Mapping[str, object], files: Mapping[str, documents.FileView]) -> dict[str, object]:
    """A paper with whether nobody looked into its file for malware."""
    file = files.get(str(paper["file_id"]))
    return {**paper, "is_unchecked": file is not None and file.is_unchecked}


@draft_page
def draft_file(request: HttpRequest, draft_id: UUID, file_id: UUID) -> FileResponse:
    """A file of an own draft, to look at."""
    actor = actor_of(request)
    drafting = open_draft(actor, draft_id)
    attached = {str(paper.get("file_id")) for paper in drafting.draft.papers}
    in_scope(str(file_id) if str(file_id) in attached else None)
    return shown_file(request, documents.file(file_id))


@draft_page
def begin_draft_upload(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Open a transfer of a paper of this draft."""
    _check_line(request, draft_id, key)
    return transfers.create(
        request,
        lambda upload_id: reverse("portal:draft_upload_piece", args=[draft_id, key, upload_id]),
        check=lambda size: services.check_draft_room(actor=actor_of(request), size=size, draft_id=draft_id),
    )


@draft_page
def draft_upload(request: HttpRequest, draft_id: UUID, key: str, upload_id: UUID) -> HttpResponse:
    """A transfer of a paper of this draft; wholly there, it stands on its line."""
    _check_line(request, draft_id, key)
    actor = actor_of(request)

    def attach(upload: documents.UploadView) -> Mapping[str, object]:
        kept = custody.finish_upload(actor=actor, upload_id=upload.id)
        services.add_draft_file(actor=actor, draft_id=draft_id, component_key=key, file_id=kept.id)
        paper = {**_line(key, kept), "is_unchecked": kept.is_unchecked}
        row = render_to_string(
            "portal/apply/_paper.html", {"draft_id": draft_id, "paper": paper}, request=request
        )
        return {**told(kept), "html": row}

    return transfers.resource(request, upload_id, attach)


def _check_line(request: HttpRequest, draft_id: UUID, key: str) -> None:
    drafting = open_draft(actor_of(request), draft_id)
    in_scope(key if key in {component.key for component in drafting.components} else None)


def told(kept: documents.FileView) -> dict[str, object]:
    """What the script of the page is told about a file that is wholly there."""
    said = gettext("Đã gửi xong: %(name)s")
    if kept.is_unchecked:
        said = gettext("Đã gửi xong: %(name)s (chưa kiểm tra mã độc)")
    return {"file_id": str(kept.id), "filename": kept.filename, "message": said % {"name": kept.filename}}


def attach_given(
    request: HttpRequest, actor: Actor, fields: Mapping[str, str], draft_id: Callable[[], UUID]
) -> dict[str, str]:
    """Put files picked in a plain form on their lines, by field name → component key; `draft_id` is asked where there are
    any. Each by itself: what does not fit is not kept. Answers with what was refused, by field.
    """
    faults: dict[str, str] = {}
    for field, key in fields.items():
        for given in cast(Sequence[Any], request.FILES.getlist(field)):
            try:
                services.check_draft_room(actor=actor, size=given.size, draft_id=draft_id())
                kept = custody.keep_file(
                    actor=actor,
                    stream=cast(IO[bytes], given.file),
                    filename=given.name or "",
                    owner_party_id=None,
                )
                services.add_draft_file(actor=actor, draft_id=draft_id(), component_key=key, file_id=kept.id)
            except DraftSent:
                raise
            except DomainError as refused:
                faults[field] = f"{given.name}: {sentence_of(refused)}"
    return faults


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
    faults = attach_given(request, actor, {f"paper.{key}": key for key in keys}, lambda: draft_id)
    for component in drafting.components:
        if component.key == request.POST.get("_bind"):
            try:
                services.bind_draft_pictures(
                    actor=actor,
                    draft_id=draft_id,
                    component_key=component.key,
                    name=f"{words.name_of(component)[:_LONGEST_NAME]}.pdf",
                )
            except (PicturesNotBound, DecodingRefused, DecodersBusy, DraftFilesFull, DraftFull) as refused:
                faults[f"paper.{component.key}"] = sentence_of(refused)
    return faults


def _line(key: str, kept: documents.FileView) -> dict[str, object]:
    return {"component_key": key, "file_id": str(kept.id), "filename": kept.filename, "size": kept.size}


def id_named(text: str) -> UUID:
    """An id as an address or a form names it. Raises `OutOfScope`."""
    try:
        return UUID(text)
    except ValueError:
        raise OutOfScope from None
