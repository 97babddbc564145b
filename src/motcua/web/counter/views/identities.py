"""Electronic identities that say something else than is recorded here: a clerk compares the papers and decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory.errors import AccountShut, IdentityConflictDecided
from motcua.directory.queries import CONFLICT_OUTCOME_NAMES, ConflictOutcome
from motcua.dossiers import queries, services
from motcua.web.counter.papers import text_of
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only


@officers_only("person.merge")
@require_http_methods(["GET", "POST"])
def identities(request: HttpRequest, conflict_id: UUID | None = None) -> HttpResponse:
    """What waits; posting decides one of them. A refusal keeps what was typed."""
    actor = actor_of(request)
    faults: dict[str, str] = {}
    outcome, ground = request.POST.get("outcome", ""), text_of(request.POST, "ground")
    if request.method == "POST" and conflict_id is not None:
        if outcome not in set(ConflictOutcome):
            faults["outcome"] = gettext("Chọn một kết quả đối chiếu.")
        if not ground:
            faults["ground"] = gettext("Ghi căn cứ, ví dụ giấy tờ đã đối chiếu.")
        if not faults:
            try:
                services.decide_identity_conflict(
                    actor=actor, conflict_id=conflict_id, outcome=ConflictOutcome(outcome), ground=ground
                )
            except (AccountShut, IdentityConflictDecided) as refusal:
                messages.warning(request, sentence_of(refusal))
            else:
                messages.success(request, gettext("Đã ghi kết quả đối chiếu."))
            return HttpResponseRedirect(reverse("counter:identities"))
    context = {
        "conflicts": queries.identity_conflicts(actor=actor),
        "decided": conflict_id,
        "outcome": outcome,
        "ground": ground,
        "faults": faults or None,
        "outcomes": [Option(one.value, gettext(name)) for one, name in CONFLICT_OUTCOME_NAMES.items()],
    }
    return render(request, "counter/persons/identities.html", context, status=422 if faults else 200)
