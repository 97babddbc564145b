"""The pages of the scan desk."""

from base64 import b64encode
from io import BytesIO
from typing import cast
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents import services
from motcua.documents.queries import BatchPage, FieldView
from motcua.dossiers import queries as dossiers
from motcua.dossiers.words import EXEMPT_GROUNDS
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import OutOfScope
from motcua.web.counter.scanning.looking import (
    AT_SCANNER,
    Look,
    components_of,
    look_of,
    proposed,
)
from motcua.web.counter.scanning.uploads import keep_all
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, Option
from motcua.web.kit.officers import scans as words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.compared import Differing, differing, dossier_of
from motcua.web.kit.officers.words import name_of


@officers_only(*AT_SCANNER)
@require_http_methods(["GET", "POST"])
def scans(request: HttpRequest) -> HttpResponse:
    """Open a batch by giving files; below, the batches that are not bound yet."""
    actor = actor_of(request)
    agencies = _agencies(actor)
    if request.method == "POST":
        agency_id = uuid_or_none(request.POST.get("agency")) or next(iter(agencies), None)
        if agency_id is None:
            raise OutOfScope
        batch_id = services.begin_batch(
            actor=actor,
            agency_id=agency_id,
            title=request.POST.get("title", ""),
            dossier_code=request.POST.get("dossier", ""),
        )
        keep_all(request, actor, batch_id)
        return HttpResponseRedirect(reverse("counter:scan", args=[batch_id]))
    context = {
        "batches": documents.batches(actor=actor),
        "agencies": [Option(str(key), name) for key, name in agencies.items()],
        "dossier": request.GET.get("ho-so", ""),
    }
    return render(request, "counter/scanning/scans.html", context)


def _agencies(actor: Actor) -> dict[UUID, str]:
    ids = frozenset().union(*(actor.agencies_with(one) for one in AT_SCANNER)) - {EVERYWHERE}
    return {key: view.name for key, view in directory.agencies(ids).items()}


@officers_only(*AT_SCANNER)
@require_GET
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One batch: thumbnails grouped into papers, the picture beside the fields, what is next at the foot."""
    actor = actor_of(request)
    page = documents.batch_page(actor=actor, batch_id=batch_id)
    look = look_of(request, page)
    return render(request, "counter/scanning/batch.html", _context(actor, page, look))


def _context(actor: Actor, page: BatchPage, look: Look) -> dict[str, object]:
    dossier = dossier_of(actor, page)
    components = components_of(dossier) if dossier else ()
    chosen = proposed(page, components)
    names = {component.key: name_of(component) for component in components}
    differs = differing(dossier, page)
    keys = (
        documents.signing_keys_of(actor, frozenset(services.stored_pins()))
        if page.waits_for_signature
        else ()
    )
    personal = next((key for key in keys if key.is_personal), None)
    return {
        "batch": page,
        "progress": page.progress,
        "is_closed": page.is_bound or page.progress.is_binding,
        # Pages that are being read the other way up keep nobody waiting.
        "may_bind": not page.is_bound and page.progress.is_read and not page.progress.is_binding,
        "look": look,
        "sheet": words.sheet_of(look.page, look.field) if look.page and look.page.has_picture else None,
        "page_says": words.finding_words(look.page) if look.page and look.page.wants_eyes else "",
        "papers": [
            _paper_row(paper, names.get(chosen.get(paper.id, ""), ""), differs) for paper in page.papers
        ],
        "fields": _fields(look, differs),
        "next_doubtful": _next_doubtful(page, look),
        "doubtful_left": sum(len(paper.doubtful_fields) for paper in page.papers if not paper.is_bound),
        "dossier": dossier,
        "components": [Option(key, name) for key, name in names.items()],
        "component": chosen.get(look.paper.id, "") if look.paper else "",
        "unnamed": [paper for paper in page.papers if paper.id not in chosen and paper.pages],
        "key": personal,
        "seals": [Option(key.label, key.holder) for key in keys if not key.is_personal],
        "other_papers": [
            Option(str(paper.id), f"{number}. {words.kind_words(paper.kind)}")
            for number, paper in enumerate(page.papers, start=1)
            if look.paper is None or paper.id != look.paper.id
        ],
        "scanners": [Option(name, name) for name in documents.scanners()],
        "grounds": [Option(key, gettext(words)) for key, words in EXEMPT_GROUNDS.items()],
        "keys": _keys(),
    }


def _paper_row(paper: documents.PaperCard, name: str, differs: Differing) -> dict[str, object]:
    cards = [
        {"page": page, "state": words.STATES[page.state], "tone": words.TONES[page.state]}
        for page in paper.pages
    ]
    return {
        "paper": paper,
        "kind": words.kind_words(paper.kind),
        "component": name,
        "cards": cards,
        "differing": sum(key[0] == paper.id for key in differs),
    }


def _fields(look: Look, differs: Differing) -> list[dict[str, object]]:
    """Doubtful ones first, then those that are known otherwise elsewhere; the rest is folded away."""
    if look.paper is None:
        return []
    rows: list[dict[str, object]] = []
    for field in look.paper.fields:
        said = differs.get((look.paper.id, field.key), ())
        is_current = field == look.field
        rows.append(
            {
                "field": field,
                "label": words.field_words(field.key),
                "is_current": is_current,
                "differs": said,
                "is_open": field.wants_eyes or is_current or bool(said),
            }
        )
    return sorted(rows, key=lambda row: (not cast(FieldView, row["field"]).wants_eyes, not row["differs"]))


def _next_doubtful(page: BatchPage, look: Look) -> UUID | None:
    wanting = [field.id for paper in page.papers for field in paper.doubtful_fields]
    current = look.field.id if look.field else None
    if current in wanting:
        later = wanting[wanting.index(current) + 1 :] + wanting[: wanting.index(current)]
        return next(iter(later), None)
    return next(iter(wanting), None)


@officers_only(*AT_SCANNER)
@require_GET
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The progress bar, asked for every second; when all is read the whole page is loaded again."""
    found = documents.progress(actor=actor_of(request), batch_id=batch_id)
    response = render(
        request, "counter/scanning/_progress.html", {"progress": found, "batch": {"id": batch_id}}
    )
    if found.is_over:
        response.headers["HX-Refresh"] = "true"
    return response


@officers_only(*AT_SCANNER)
@require_GET
def separators(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Sheets to lay between the papers of a dossier, one per component, each with its code."""
    dossier = dossiers.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    if dossier.code is None:
        messages.error(request, gettext("Hồ sơ chưa có mã nên chưa in được tờ ngăn."))
        return HttpResponseRedirect(reverse("counter:dossier", args=[dossier_id]))
    sheets = [
        {"name": name_of(one), "code": _picture(documents.separator_text(dossier.code, one.key))}
        for one in components_of(dossier)
    ]
    context = {"dossier": dossier, "sheets": sheets, "keys": [Key("Ctrl+P", gettext("In"))]}
    return render(request, "counter/scanning/separators.html", context)


def _picture(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="png", scale=8, border=4)
    return "data:image/png;base64," + b64encode(out.getvalue()).decode()


def _keys() -> list[Key]:
    return [
        Key("Enter", gettext("Giữ giá trị và sang trường nghi ngờ tiếp theo")),
        Key("Esc", gettext("Rời ô nhập để dùng các phím dưới đây")),
        Key("j", gettext("Trang sau")),
        Key("k", gettext("Trang trước")),
        Key("r", gettext("Xoay phải")),
        Key("l", gettext("Xoay trái")),
        Key("s", gettext("Tách: trang này bắt đầu giấy tờ mới")),
        Key("m", gettext("Gộp giấy tờ này vào giấy tờ trước")),
        Key("x", gettext("Bỏ trang khỏi giấy tờ, hoặc lấy lại")),
        Key("z", gettext("Hoàn tác")),
        Key("o", gettext("Phóng to trang")),
        Key("F9", gettext("Đóng vào hồ sơ")),
    ]
