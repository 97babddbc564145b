"""Acts of officers, each a page: what will happen, what is asked, one button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import MOVES, MoveKey
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, MovedOn, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Key
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office import words
from motcua.web.office.acts import decide, work
from motcua.web.office.acts.form import ActForm, Attempt
from motcua.web.office.standing import last_entry
from motcua.web.office.views.dossier import head_of

_ACTS: dict[MoveKey, ActForm] = work.ACTS | decide.ACTS
_REFUSED = 422


@officers_only("dossier.read")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, dossier_id: UUID, key: str) -> HttpResponse:
    """Show the act, or do it. Somebody else was quicker: nothing is written and the page says who did what."""
    move = _move_at(key)
    form = _ACTS[move]
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    attempt = Attempt(request, actor, page)
    is_open = any(one.key is move for one in page.moves)
    if request.method == "GET":
        return _form_page(attempt, move, form) if is_open else moved_on(attempt, move)
    try:
        said = form.perform(attempt)
    except (PermissionRefused, OutOfScope):
        raise
    except (MovedOn, MoveImpossible):
        return moved_on(attempt, move)
    except DomainError as refusal:
        return _form_page(attempt, move, form, refusal)
    if attempt.faults:
        return _form_page(attempt, move, form)
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse("office:dossier", args=[dossier_id]))


def _move_at(part: str) -> MoveKey:
    """The act at a part of an address, if it has a page here."""
    try:
        move = MoveKey(part.replace("-", "_"))
    except ValueError:
        raise OutOfScope from None
    if move not in _ACTS:
        raise OutOfScope
    return move


def moved_on(attempt: Attempt, move: MoveKey) -> HttpResponse:
    """What happened meanwhile, and what was typed, so that it can be copied."""
    page = queries.dossier_page(actor=attempt.actor, dossier_id=attempt.page.id)
    entry = last_entry(page)
    kept = ("reason", "note", "question", "answer", "items", "proof")
    context = head_of(page) | {
        "title": gettext(MOVES[move].name),
        "entry": entry,
        "entry_name": gettext(entry.name) if entry else "",
        "typed": [text for text in map(attempt.text, kept) if text],
        "acted": attempt.request.method == "POST",
    }
    return render(attempt.request, "office/moved_on.html", context, status=409)


def _form_page(
    attempt: Attempt, move: MoveKey, form: ActForm, refusal: DomainError | None = None
) -> HttpResponse:
    page = attempt.page
    choices = dict(form.offer(attempt.actor, page))
    is_posted = attempt.request.method == "POST"
    if is_posted and choices.get("content") is not None:
        choices["content"] = _content_as_typed(attempt) or choices["content"]
    if is_posted and "supply_by" in choices:
        choices["supply_by"] = attempt.typed_day("supply_by")
    faults = [Fault(field_id(name), message) for name, message in attempt.faults.items()]
    if refusal is not None:
        about = "f-reason" if isinstance(refusal, ReasonMissing) else "f-pin" if form.fields == "pin" else ""
        faults.append(Fault(about, sentence_of(refusal)))
    title = gettext(MOVES[move].name)
    button = str(form.button) or title
    context = head_of(page) | {
        "title": title,
        "button": button,
        "form": form,
        "template": f"office/acts/{form.fields}.html" if form.fields else "",
        "typed": attempt.request.POST if is_posted else {},
        "is_posted": is_posted,
        "faults": faults,
        "wrong": attempt.faults,
        "due": attempt.typed_day("due") if is_posted else None,
        "advice": gettext(refusal.advice) if refusal and refusal.advice else "",
        "ground": gettext(refusal.ground) if refusal and refusal.ground else "",
        "in_place_of": _in_place_of(attempt.actor, page) if MOVES[move].is_leaders else "",
        "keys": [Key("F9", button)],
        **(_result(page) if MOVES[move].shows_result else {}),
        **choices,
    }
    if not faults:
        status = 200
    else:
        status = refusal.kind.value if refusal else _REFUSED
    return render(attempt.request, "office/act.html", context, status=status)


def _content_as_typed(attempt: Attempt) -> object:
    posted = decide.posted_content(attempt)
    if posted is None:
        return None
    template, parsed = posted
    faults = {name: message for name, message in attempt.faults.items() if "." in name} | dict(parsed.faults)
    return decide.bound_content(template, parsed.data, faults)


def _result(page: DossierPage) -> dict[str, object]:
    result, file_id = decide.latest(page), decide.file_in_hand(page)
    return {
        "result": result,
        "outcome_words": words.OUTCOMES.get(result.outcome, "") if result else "",
        "answers": decide.answers_of_result(result) if result else [],
        "preview": documents.file(file_id) if file_id else None,
    }


def _in_place_of(actor: Actor, page: DossierPage) -> str:
    """In whose place the reader acts here; empty when by their own right."""
    if actor.account_id is None:
        return ""
    field = catalogue.version(page.version_id).field_code
    authority = directory.signing_authority(actor.account_id, page.competent.id, page.procedure_code, field)
    return words.in_place_of(authority) if isinstance(authority, directory.DelegationView) else ""
