"""Answering a request for more: what was asked, files for it, corrections of the form, a note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import FormInvalid, MoveImpossible, PaperNotInForce
from motcua.dossiers.words import MOVES, StatutoryForm
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, MovedOn
from motcua.warehouse import queries as warehouse
from motcua.web.kit import forms
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.portal import held, words
from motcua.web.portal.access import citizen_only
from motcua.web.portal.views.papers import keep_given

_REUSED = 2


def is_asked(page: dossiers.DossierPage) -> bool:
    """Whether more may be given now."""
    return any(MOVES[move.key].gives_more for move in page.moves)


def asked(page: dossiers.DossierPage) -> dict[str, Any] | None:
    """The last request for more: its reason and its list."""
    for entry in reversed(page.timeline):
        if entry.form_code == StatutoryForm.SUPPLEMENT:
            return {
                "reason": entry.reason,
                "items": entry.detail.get("items", ()),
                "supply_by": _day(entry.detail.get("supply_by")),
                "at": entry.at,
                "by": entry.agency_name,
            }
    return None


def _day(text: object) -> date | None:
    """Requests of the time before they had a last day have none."""
    return date.fromisoformat(str(text)) if text else None


@dataclass(slots=True)
class _Given:
    """What the person gave, in this try and in earlier ones, and what is wrong with it."""

    kept: list[dict[str, Any]]
    data: dict[str, Any]
    note: str = ""
    is_form_changed: bool = False
    is_changing_rows: bool = False
    added_row: str = ""
    reused: dict[str, documents.PaperView] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@citizen_only
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show what was asked; take the answer, and keep what was typed where it is refused."""
    actor = actor_of(request)
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    if not is_asked(page):
        raise MoveImpossible(move=gettext("Bổ sung hồ sơ"))
    components = dossiers.checklist_of(catalogue.version(page.version_id).case(page.case_key), page.mandate)
    on_paper = [c for c in components if page.form is None or c.key != services.DECLARATION]
    lines, offers = words.to_bring(on_paper), _offers(actor, page, components)
    definition = forms.read(page.form, "en" if words.in_english() else "vi") if page.form else None
    reused = {key: offers[key] for key in request.POST.getlist("reuse") if key in offers}
    given = _Given(kept=_kept_before(request), data=dict(page.form_data), reused=reused)
    if request.method == "POST":
        _take(request, actor, page, definition, given, {f"paper.{line.key}": line.key for line in lines})
        if not given.faults and not given.is_changing_rows and _hand_in(actor, page, given):
            messages.success(request, gettext("Đã gửi phần bổ sung. Thời hạn tiếp tục được tính."))
            return HttpResponseRedirect(reverse("portal:dossier", args=[dossier_id]))
    bound = _bound(definition, given)
    context = {
        "dossier": page,
        "asked": asked(page),
        "lines": lines,
        "kept": given.kept,
        "offers": _options(offers),
        "reused": list(given.reused),
        "bound": bound,
        "note": given.note,
        "faults": [fault for fault in given.faults if not _is_of_form(fault)]
        + list(bound.faults if bound else ()),
        "upload_url": reverse("portal:upload"),
    }
    is_refused = given.faults or given.is_changing_rows
    return render(request, "portal/supplement.html", context, status=422 if is_refused else 200)


def _offers(
    actor: Actor, page: dossiers.DossierPage, components: Sequence[catalogue.Component]
) -> dict[str, documents.PaperView]:
    """Papers in force the applicant already has that are not in the dossier yet: nobody is asked for them twice.

    Only to those who act for the applicant; what somebody else has is not theirs to see (Decree 45/2020 art. 16).
    """
    if page.applicant.id not in actor.party_ids:
        return {}
    there = {line.paper_id for line in page.papers}
    found = warehouse.reusable(page.applicant.id, [c.kind_code for c in components])
    return {
        c.key: found[c.kind_code]
        for c in components
        if c.kind_code in found and found[c.kind_code].id not in there
    }


def _options(offers: Mapping[str, documents.PaperView]) -> list[Option]:
    kinds = held.kind_names() if offers else {}
    return [Option(key, held.named(paper, kinds)) for key, paper in offers.items()]


def _reused(key: str, paper: documents.PaperView) -> services.PaperGiven:
    """A paper by reference; the intake sees by itself whether it is the result of another dossier."""
    return services.PaperGiven(component_key=key, electronic=1, paper_id=paper.id, reused=_REUSED)


def _take(
    request: HttpRequest,
    actor: Actor,
    page: dossiers.DossierPage,
    definition: forms.FormDefinition | None,
    given: _Given,
    fields: dict[str, str],
) -> None:
    """Read what was sent; files are kept at once, so that nobody has to choose them twice."""
    new, refused = keep_given(request, actor, {**fields, "paper.other": "other"})
    given.kept += new
    given.faults += [Fault(f"f-{name.replace('.', '-')}", message) for name, message in refused.items()]
    given.note = request.POST.get("note", "").strip()[:2000]
    if definition:
        parsed = forms.parse(definition, request.POST)
        given.data = forms.without_defaults(definition, parsed.data, page.form_data)
        given.added_row = parsed.added_row
        given.is_changing_rows = parsed.is_changing_rows
        given.is_form_changed = given.data != page.form_data
    has_something = given.kept or given.reused or given.is_form_changed or given.note
    if not has_something and not given.faults and not given.is_changing_rows:
        nothing = gettext("Đính kèm giấy tờ, sửa tờ khai hoặc viết lời nhắn rồi gửi.")
        given.faults.append(Fault("f-note", nothing))


def _hand_in(actor: Actor, page: dossiers.DossierPage, given: _Given) -> bool:
    try:
        services.give_supplement(
            actor=actor,
            dossier_id=page.id,
            papers=[
                *(_paper(actor, paper) for paper in given.kept),
                *(_reused(key, paper) for key, paper in given.reused.items()),
            ],
            form_data=given.data if given.is_form_changed else None,
            note=given.note,
            seen=page.revision,
        )
    except FormInvalid as invalid:
        given.faults += _form_faults(invalid)
    except (MovedOn, MoveImpossible, PaperNotInForce) as moved:
        given.faults.append(Fault("", sentence_of(moved)))
    return not given.faults


def _bound(definition: forms.FormDefinition | None, given: _Given) -> forms.Bound | None:
    if definition is None:
        return None
    by_path = {
        fault.field_id.removeprefix("/"): fault.message for fault in given.faults if _is_of_form(fault)
    }
    return forms.bind(definition, given.data, by_path, added_row=given.added_row)


def _is_of_form(fault: Fault) -> bool:
    """Whether the fault names a place in the form, which shows it there."""
    return fault.field_id.startswith("/")


def _kept_before(request: HttpRequest) -> list[dict[str, Any]]:
    """Files kept in an earlier try of this page, carried in hidden fields `kept=<key>:<file id>:<name>`."""
    kept = []
    for line in request.POST.getlist("kept"):
        key, _, rest = line.partition(":")
        file_id, _, name = rest.partition(":")
        kept.append({"component_key": key, "file_id": file_id, "filename": name, "line": line})
    return kept


def _paper(actor: Actor, paper: dict[str, Any]) -> services.PaperGiven:
    """Only files this person kept; an id of somebody else's file, or none at all, does not exist."""
    file = documents.file_for(actor, in_scope(_id(str(paper["file_id"]))))
    return services.PaperGiven(component_key=paper["component_key"], electronic=1, file_id=file.id)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _form_faults(invalid: DomainError) -> list[Fault]:
    faults = invalid.params.get("faults", ())
    return [Fault(path, message) for path, message in faults] if isinstance(faults, list) else []
