"""The leader's signing tray: look, tick several, one PIN."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.documents import queries as documents
from motcua.documents.errors import TokenRefused
from motcua.dossiers import queries, services
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Key
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers import clocks
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none, with_query
from motcua.web.office.acts import decide
from motcua.web.office.signing import TrayLine, tray_of
from motcua.web.office.views.dossier import answers_of
from motcua.web.office.words import OUTCOMES


@dataclass(frozen=True, slots=True)
class Signing:
    """What became of one line."""

    line: TrayLine
    refusal: str


@officers_only("dossier.sign")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest) -> HttpResponse:
    """The tray with a preview of one; posting approves and signs those that are ticked."""
    actor = actor_of(request)
    lines = tray_of(actor)
    done: list[Signing] = []
    is_stopped = False
    fault = ""
    if request.POST.get("act") == "send_back":
        fault = _send_back(request, actor, lines)
        if not fault:
            return HttpResponseRedirect(reverse("office:tray"))
    elif request.method == "POST":
        wanted = set(map(uuid_or_none, request.POST.getlist("dossier")))
        ticked = [line for line in lines if line.row.id in wanted]
        done, is_stopped = _sign(actor, ticked, request.POST.get("pin", ""))
        lines = tray_of(actor)
    asked = request.POST.get("back") if fault else request.GET.get("xem")
    shown = uuid_or_none(asked) or (lines[0].row.id if lines else None)
    page = _page_of(actor, lines, shown)
    failed = {one.line.row.id for one in done if one.refusal}
    context = {
        "lines": [
            (line, clocks.due_words(line.row), with_query(request, {"xem": line.row.id})) for line in lines
        ],
        "proposals": queries.extension_proposals(actor=actor),
        "shown": shown,
        "page": page,
        "signed": [one for one in done if not one.refusal],
        "refused": [one for one in done if one.refusal],
        "again": failed,
        "is_stopped": is_stopped,
        "was_posted": request.method == "POST" and not fault,
        "back_fault": fault,
        "back_reason": request.POST.get("reason", "") if fault else "",
        "faults": [Fault("f-reason", fault)] if fault else [],
        "is_delegate": any(line.in_place_of for line in lines),
        "keys": [
            Key("j k", gettext("Dòng dưới, dòng trên")),
            Key("Enter", gettext("Xem dự thảo của dòng đang chọn")),
            Key("a", gettext("Chọn tất cả, rồi nhập mã PIN")),
            Key("F9", gettext("Duyệt và ký các hồ sơ đã chọn")),
            Key("F8", gettext("Trả lại hồ sơ đang xem, sau khi ghi lý do")),
        ],
        **(_preview(page) if page else {}),
    }
    return render(
        request,
        "office/tray.html",
        context,
        status=422 if fault or (failed and not context["signed"]) else 200,
    )


def _send_back(request: HttpRequest, actor: Actor, lines: Sequence[TrayLine]) -> str:
    """Send back the dossier in view with a reason; why not, where it cannot be done."""
    wanted = uuid_or_none(request.POST.get("back"))
    line = in_scope(next((one for one in lines if one.row.id == wanted), None))
    seen = request.POST.get("seen", "")
    try:
        services.send_back(
            actor=actor,
            dossier_id=line.row.id,
            reason=request.POST.get("reason", ""),
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        )
    except (OutOfScope, PermissionRefused):
        raise
    except DomainError as refusal:
        return sentence_of(refusal)
    left = len(lines) - 1
    said = ngettext("Đã trả lại; còn %(n)s hồ sơ.", "Đã trả lại; còn %(n)s hồ sơ.", left)
    messages.success(request, said % {"n": left})
    return ""


def _sign(actor: Actor, ticked: Sequence[TrayLine], pin: str) -> tuple[list[Signing], bool]:
    """Approve what is not decided yet, then sign everything with the one PIN; each stands for itself. And whether the device
    refused, so that nothing more may be asked of it with this PIN.
    """
    refused: dict[UUID, str] = {}
    is_stopped = False
    for line in ticked:
        try:
            services.approve(actor=actor, dossier_id=line.row.id)
        except MoveImpossible:
            continue  # decided already: only the signature is missing
        except DomainError as refusal:
            refused[line.row.id] = sentence_of(refusal)
    to_sign = [line.row.id for line in ticked if line.row.id not in refused]
    for signed in services.sign_results(actor=actor, dossier_ids=to_sign, pin=pin):
        if signed.refusal is not None:
            refused[signed.dossier_id] = sentence_of(signed.refusal)
            is_stopped |= isinstance(signed.refusal, TokenRefused)
    return [Signing(line, refused.get(line.row.id, "")) for line in ticked], is_stopped


def _page_of(actor: Actor, lines: Sequence[TrayLine], shown: UUID | None) -> DossierPage | None:
    if shown is None or all(line.row.id != shown for line in lines):
        return None
    return queries.dossier_page(actor=actor, dossier_id=shown)


def _preview(page: DossierPage) -> dict[str, object]:
    result, file_id = decide.latest(page), decide.file_in_hand(page)
    return {
        "may_send_back": any(move.key is MoveKey.SEND_BACK for move in page.moves),
        "result": result,
        "outcome_words": OUTCOMES.get(result.outcome, "") if result else "",
        "answers": answers_of(page, dict(result.content)) if result else [],
        "preview": documents.file(file_id) if file_id else None,
        "proposal": next(
            (one for one in reversed(page.timeline) if one.move == MoveKey.SUBMIT_TO_LEADER), None
        ),
    }
