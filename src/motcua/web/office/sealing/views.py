"""Signed copies of the clerk's agencies: look, tick several, one PIN for the agency's seal; or say that they need none."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents import services
from motcua.documents.queries import CopyToSeal
from motcua.dossiers.queries import SEALING, task_counts
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, Tab
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none, with_query
from motcua.web.kit.officers.files import shown as file_shown
from motcua.web.kit.officers.scans import kind_words

_WHO = "dossier.number_and_seal"
_ACTS = {"waive": services.waive_seal, "restore": services.want_seal}


@officers_only(_WHO)
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def sealing(request: HttpRequest) -> HttpResponse:
    """The queue of one agency, one copy in view; posting seals what is ticked, leaves it without, or takes that back."""
    actor = actor_of(request)
    agency_id = _agency(request, actor)
    if request.method == "POST":
        _post(request, actor, agency_id)
        return HttpResponseRedirect(f"{reverse('office:sealing')}?{urlencode({'co-quan': agency_id})}")
    return render(request, "office/sealing/queue.html", _context(request, actor, agency_id))


@officers_only(_WHO)
@require_GET
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """The signed copy, to be looked at before it is sealed."""
    return file_shown(request, documents.copy_file(actor=actor_of(request), copy_id=copy_id))


def _agencies(actor: Actor) -> Sequence[UUID]:
    """Agencies whose seal the actor keeps, those with copies waiting first."""
    counts = documents.copies_to_seal_counts(actor=actor)
    held = actor.agencies_with(_WHO) - {EVERYWHERE}
    return sorted({*held, *counts}, key=lambda agency: (-counts.get(agency, 0), agency))


def _agency(request: HttpRequest, actor: Actor) -> UUID:
    agencies = _agencies(actor)
    asked = uuid_or_none(request.GET.get("co-quan")) or next(iter(agencies), None)
    if asked is None or asked not in agencies:
        raise OutOfScope
    return asked


def _post(request: HttpRequest, actor: Actor, agency_id: UUID) -> None:
    ids = [one for text in request.POST.getlist("copy") if (one := uuid_or_none(text))]
    act = request.POST.get("act", "seal")
    if not ids:
        messages.warning(request, gettext("Chưa chọn bản sao nào."))
        return
    try:
        if act in _ACTS:
            _said(request, act, _ACTS[act](actor=actor, copy_ids=ids))
        elif act == "seal":
            _seal(request, actor, agency_id, ids)
        else:
            raise OutOfScope
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        messages.error(request, sentence_of(refusal))


def _seal(request: HttpRequest, actor: Actor, agency_id: UUID, ids: Sequence[UUID]) -> None:
    results = services.seal_copies(
        actor=actor, agency_id=agency_id, copy_ids=ids, pin=request.POST.get("pin") or None
    )
    sealed = sum(one.refusal is None for one in results)
    for one in results:
        if one.refusal is not None:
            messages.error(request, sentence_of(one.refusal))
    if sealed:
        said = ngettext("Đã đóng dấu %(n)s bản sao.", "Đã đóng dấu %(n)s bản sao.", sealed)
        messages.success(request, said % {"n": sealed})


def _said(request: HttpRequest, act: str, count: int) -> None:
    if act == "waive":
        said = ngettext("Đã để %(n)s bản sao không dấu.", "Đã để %(n)s bản sao không dấu.", count)
    else:
        said = ngettext("%(n)s bản sao lại chờ đóng dấu.", "%(n)s bản sao lại chờ đóng dấu.", count)
    messages.success(request, said % {"n": count})


def _context(request: HttpRequest, actor: Actor, agency_id: UUID) -> Mapping[str, object]:
    copies = documents.copies_to_seal(actor=actor, agency_id=agency_id)
    asked = uuid_or_none(request.GET.get("xem"))
    current = next((one for one in copies if one.id == asked), next(iter(copies), None))
    keys = documents.signing_keys_of(actor, frozenset(services.stored_pins()))
    return {
        "trays": trays(actor, "sealing"),
        "rows": [(one, _title(one), with_query(request, {"xem": one.id})) for one in copies],
        "current": current,
        "title": _title(current) if current else "",
        "waived": [
            (one, _title(one))
            for one in documents.copies_to_seal(actor=actor, agency_id=agency_id, only_waived=True, limit=20)
        ],
        "seal": next((key for key in keys if key.agency_id == agency_id), None),
        "agencies": _tabs(request, actor, agency_id),
        "keys": [
            Key("j k", gettext("Dòng dưới, dòng trên")),
            Key("Enter", gettext("Xem bản sao của dòng đang chọn")),
            Key("F9", gettext("Đóng dấu các bản sao đã chọn")),
            Key("F8", gettext("Để các bản sao đã chọn không dấu")),
        ],
    }


def trays(actor: Actor, current: str) -> list[Tab]:
    """The two trays of a seal clerk, with how much lies in each."""
    copies = sum(documents.copies_to_seal_counts(actor=actor).values())
    counts = task_counts(actor=actor)
    results = sum(counts.get(duty, 0) for duty in SEALING)
    return [
        Tab(gettext("Kết quả"), reverse("office:results"), current == "results", results),
        Tab(gettext("Bản sao"), reverse("office:sealing"), current == "sealing", copies),
    ]


def _title(one: CopyToSeal) -> str:
    return one.title or kind_words(one.kind)


def _tabs(request: HttpRequest, actor: Actor, current: UUID) -> list[Tab]:
    """One tab for each agency, where the clerk keeps the seals of several."""
    ids = _agencies(actor)
    if len(ids) < 2:
        return []
    counts, names = documents.copies_to_seal_counts(actor=actor), directory.agencies(ids)
    return [
        Tab(
            names[one].name,
            with_query(request, {"co-quan": one, "xem": None}),
            one == current,
            counts.get(one),
        )
        for one in ids
    ]
