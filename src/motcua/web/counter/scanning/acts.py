"""What the desk does with a batch. Every act posts, then leads back to the page with the next thing in hand."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from motcua.documents import queries as documents
from motcua.documents import services
from motcua.dossiers import services as dossier_services
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.counter.scanning.looking import AT_SCANNER, components_of, proposed
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.compared import dossier_of, find_dossier


@officers_only(*AT_SCANNER)
@require_POST
def arrange(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Turn, cut, merge, move, drop, restore, undo: the pages named `page`, the act named `act`."""
    actor, post = actor_of(request), request.POST
    pages = [one for text in post.getlist("page") if (one := uuid_or_none(text))]
    paper_id, act = uuid_or_none(post.get("paper")), post.get("act", "")
    try:
        _arrange(actor, batch_id, act, pages, paper_id, post.get("to", ""), uuid_or_none(post.get("before")))
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
    return _back(batch_id, trang=pages[0] if pages else None, giay=paper_id)


def _arrange(
    actor: Actor,
    batch_id: UUID,
    act: str,
    pages: Sequence[UUID],
    paper_id: UUID | None,
    to: str,
    before: UUID | None,
) -> None:
    if act == "undo":
        services.undo_step(actor=actor, batch_id=batch_id)
    elif act == "merge" and paper_id:
        services.merge_with_previous(actor=actor, batch_id=batch_id, paper_id=paper_id)
    elif act == "cut" and pages:
        services.begin_paper_at(actor=actor, batch_id=batch_id, page_id=pages[0])
    elif act in ("right", "left"):
        degrees = 90 if act == "right" else 270
        services.rotate_pages(actor=actor, batch_id=batch_id, page_ids=pages, degrees=degrees)
    elif act in ("drop", "restore"):
        services.drop_pages(actor=actor, batch_id=batch_id, page_ids=pages, is_dropped=act == "drop")
    elif act == "move":
        services.move_pages(
            actor=actor,
            batch_id=batch_id,
            page_ids=pages,
            paper_id=uuid_or_none(to),
            before_page_id=before,
        )
    elif act == "checked" and pages:
        services.check_page(actor=actor, page_id=pages[0])
    else:
        raise OutOfScope


@officers_only(*AT_SCANNER)
@require_POST
def field(request: HttpRequest, batch_id: UUID, field_id: UUID) -> HttpResponse:
    """Keep a value; the next doubtful one is taken in hand."""
    actor = actor_of(request)
    if documents.scan_field_batch(actor=actor, field_id=field_id) != batch_id:
        raise OutOfScope
    try:
        services.correct_field(actor=actor, field_id=field_id, value=request.POST.get("value", ""))
    except OutOfScope:
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
        return _back(batch_id, truong=field_id)
    return _back(batch_id, truong=uuid_or_none(request.POST.get("next")))


@officers_only(*AT_SCANNER)
@require_POST
def paper(request: HttpRequest, batch_id: UUID, paper_id: UUID) -> HttpResponse:
    """Say which component the paper is, and that it was compared with its picture."""
    actor = actor_of(request)
    try:
        services.name_paper(actor=actor, paper_id=paper_id, component=request.POST.get("component", ""))
        if request.POST.get("act") == "confirm":
            services.confirm_paper(actor=actor, paper_id=paper_id)
    except OutOfScope:
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
    return _back(batch_id, giay=paper_id)


@officers_only(*AT_SCANNER)
@require_POST
def address(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say whose papers these are, by the dossier's code."""
    actor, code = actor_of(request), request.POST.get("code", "").strip()
    if find_dossier(actor, code) is None:
        messages.error(request, gettext("Không tìm thấy hồ sơ có mã “%(code)s”.") % {"code": code})
    else:
        services.address_batch(actor=actor, batch_id=batch_id, dossier_code=code)
    return _back(batch_id)


@officers_only(*AT_SCANNER)
@require_POST
def bind(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Have the papers made and put on the checklist, in the background; the page shows how far it is."""
    actor = actor_of(request)
    try:
        asked = _bind(actor, batch_id)
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
        return _back(batch_id)
    if not asked:
        messages.error(request, gettext("Chọn hồ sơ và thành phần của từng giấy tờ trước khi đóng."))
    return _back(batch_id)


def _bind(actor: Actor, batch_id: UUID) -> bool:
    """Whether it was asked for; not while a dossier or a component is not chosen."""
    batch = documents.batch_page(actor=actor, batch_id=batch_id)
    dossier = dossier_of(actor, batch)
    if dossier is None or dossier.code is None:
        return False
    components = {one.key: one for one in components_of(dossier)}
    chosen = proposed(batch, list(components.values()))
    papers = [one for one in batch.papers if any(not page.is_dropped for page in one.pages)]
    if not papers or any(one.id not in chosen for one in papers):
        return False
    services.ask_binding(
        actor=actor,
        batch_id=batch_id,
        dossier_id=dossier.id,
        dossier_code=dossier.code,
        procedure_code=dossier.procedure_code,
        owner_party_id=dossier.applicant.id,
        bindings=[
            services.Binding(
                one.id, chosen[one.id], components[chosen[one.id]].kind_code, components[chosen[one.id]].name
            )
            for one in papers
        ],
    )
    return True


@officers_only(*AT_SCANNER)
@require_POST
def sign(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Sign every copy with one PIN; the signed ones take the places of the unsigned on the checklist."""
    actor, post = actor_of(request), request.POST
    page = documents.batch_page(actor=actor, batch_id=batch_id)
    if page.is_bound and dossier_of(actor, page) is None:
        raise OutOfScope
    try:
        results = services.sign_copies(
            actor=actor,
            batch_id=batch_id,
            key_label=post.get("key", ""),
            pin=post.get("pin") or None,
            seal_label=post.get("seal", ""),
        )
        signed = [one for one in results if one.refusal is None]
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
        return _back(batch_id)
    for one in results:
        if one.refusal is not None:
            messages.error(request, sentence_of(one.refusal))
    if signed:
        said = ngettext("Đã ký %(n)s bản sao.", "Đã ký %(n)s bản sao.", len(signed)) % {"n": len(signed)}
        messages.success(request, said)
    return _back(batch_id)


@officers_only(*AT_SCANNER)
@require_POST
def scan(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Let a network scanner feed the batch; sheets appear as they come."""
    name = request.POST.get("scanner", "")
    try:
        services.ask_scanner(actor=actor_of(request), batch_id=batch_id, name=name)
    except OutOfScope:
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
        return _back(batch_id)
    messages.success(
        request, gettext("Máy quét “%(name)s” đang quét; trang hiện dần ở đây.") % {"name": name}
    )
    return _back(batch_id)


@officers_only(*AT_SCANNER)
@require_POST
def exempt(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say why a component is not digitized."""
    actor = actor_of(request)
    dossier = dossier_of(actor, documents.batch_page(actor=actor, batch_id=batch_id))
    if dossier is None:
        raise OutOfScope
    key = request.POST.get("component", "")
    if key not in {one.key for one in components_of(dossier)}:
        raise OutOfScope
    try:
        dossier_services.exempt_paper(
            actor=actor, dossier_id=dossier.id, component_key=key, ground=request.POST.get("ground", "")
        )
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))
        return _back(batch_id)
    messages.success(request, gettext("Đã ghi căn cứ không số hóa."))
    return _back(batch_id)


def _back(batch_id: UUID, **look: UUID | None) -> HttpResponseRedirect:
    asked = urlencode({name: str(value) for name, value in look.items() if value})
    where = reverse("counter:scan", args=[batch_id])
    return HttpResponseRedirect(f"{where}?{asked}" if asked else where)
