"""The seal clerk's tray of results: look, tick, one PIN: numbered, sealed and issued in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.errors import TokenRefused
from motcua.dossiers import queries, services
from motcua.dossiers.queries import SealLine
from motcua.dossiers.words import DUTY_NAMES
from motcua.kernel.authority import Actor
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers import clocks
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none, with_query
from motcua.web.office.sealing.views import trays


@dataclass(frozen=True, slots=True)
class Sealing:
    """What became of one line."""

    line: SealLine
    refusal: str


@officers_only("dossier.number_and_seal")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The tray with one result in view; posting seals and issues what is ticked, each for itself."""
    actor = actor_of(request)
    lines = queries.sealing_tray(actor=actor)
    done: list[Sealing] = []
    is_stopped = False
    if request.method == "POST":
        wanted = set(map(uuid_or_none, request.POST.getlist("dossier")))
        ticked = [line for line in lines if line.row.id in wanted and not line.is_on_paper]
        done, is_stopped = _seal(actor, ticked, request.POST.get("pin", ""))
        lines = queries.sealing_tray(actor=actor)
    asked = uuid_or_none(request.GET.get("xem"))
    current = next((line for line in lines if line.row.id == asked), next(iter(lines), None))
    failed = {one.line.row.id for one in done if one.refusal}
    keys = documents.signing_keys_of(actor, frozenset(custody.stored_pins()))
    seals = [key for key in keys if not key.is_personal]
    context = {
        "trays": trays(actor, "results"),
        "lines": [
            (
                line,
                gettext(DUTY_NAMES[line.duty]),
                clocks.due_words(line.row),
                with_query(request, {"xem": line.row.id}),
            )
            for line in lines
        ],
        "current": current,
        "preview": reverse("office:file", args=[current.row.id, current.file_id])
        if current and current.file_id
        else "",
        "issued": [one for one in done if not one.refusal],
        "refused": [one for one in done if one.refusal],
        "again": failed,
        "is_stopped": is_stopped,
        "was_posted": request.method == "POST",
        "seals": seals,
        "needs_pin": any(not key.has_pin for key in seals),
        "keys": [
            Key("j k", gettext("Dòng dưới, dòng trên")),
            Key("Enter", gettext("Xem kết quả của dòng đang chọn")),
            Key("a", gettext("Chọn tất cả, rồi nhập mã PIN")),
            Key("F9", gettext("Đóng dấu và phát hành các kết quả đã chọn")),
        ],
    }
    status = 422 if failed and not context["issued"] else 200
    return render(request, "office/sealing/results.html", context, status=status)


def _seal(actor: Actor, ticked: Sequence[SealLine], pin: str) -> tuple[list[Sealing], bool]:
    """And whether the device refused, so that nothing more may be asked of it with this PIN."""
    refused = {}
    is_stopped = False
    for one in services.seal_and_issue(actor=actor, dossier_ids=[line.row.id for line in ticked], pin=pin):
        if one.refusal is not None:
            refused[one.dossier_id] = sentence_of(one.refusal)
            is_stopped |= isinstance(one.refusal, TokenRefused)
    return [Sealing(line, refused.get(line.row.id, "")) for line in ticked], is_stopped
