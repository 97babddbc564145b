"""Personal numbers of new-born children: asked of the population register outside transactions, until it answers.

A register that is down holds up nobody: the paper says “Chưa được cấp”, and the number is asked for again by itself. One
that comes before the signature goes onto the paper; one that comes after it is kept for a correction.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F

from motcua.catalogue import queries as catalogue
from motcua.directory import services as directory
from motcua.directory.errors import RegisterUnreachable
from motcua.directory.queries import agency
from motcua.directory.words import Sex
from motcua.dossiers.models import Dossier, NumberRequest, Result
from motcua.dossiers.queries.result_drafts import draft_in_hand, with_registered
from motcua.dossiers.services.move import Act, check_may_move, lock_dossier
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, machine_only
from motcua.kernel.errors import DomainError

_AT_ONCE = 50


def ask_number(*, actor: Actor, dossier_id: UUID) -> str:
    """The officer asks now. The number; "" where the result has no place for one, or not enough is known of the child.

    Refuses: `RegisterUnreachable` (it will be asked again by itself), `RegisterRefused`, `RegisterUntrue`;
    `PermissionRefused` or `MoveImpossible` for whoever could not propose a result now.
    """
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, None)
        check_may_move(actor, dossier, MoveKey.SUBMIT_TO_LEADER, Act())
        draft = draft_in_hand(dossier, None, Outcome.GRANTED)
        want_number(dossier, draft.template, draft.content)
    request = NumberRequest.objects.filter(dossier=dossier).first()
    if request is None or request.number:
        return request.number if request else ""
    return _ask(request)


def ask_numbers(*, actor: Actor) -> int:
    """Ask for every number that is still owed, longest waiting first; how many came."""
    machine_only(actor)
    came = 0
    waiting = NumberRequest.objects.filter(is_waiting=True).order_by(F("tried_at").asc(nulls_first=True))
    for request in waiting[:_AT_ONCE]:
        try:
            came += bool(_ask(request))
        except RegisterUnreachable:
            break  # the others would wait in vain as well
        except DomainError:
            continue
    return came


def want_number(dossier: Dossier, template: catalogue.ResultTemplate, content: Mapping[str, object]) -> None:
    """Note that a number is wanted where the template has a place for one and nothing stands there."""
    if _birth(dossier, template, content) is not None:
        asked = NumberRequest(dossier=dossier, asked_at=clock.now())
        NumberRequest.objects.bulk_create([asked], ignore_conflicts=True)  # what was asked before stays


def take_registered(dossier: Dossier, result: Result) -> None:
    """Before it is signed a result takes the number that came after it was proposed."""
    if not result.template or result.is_draft_given:
        return
    content = with_registered(dossier, catalogue.template_named(result.template), result.content)
    if content != result.content:
        result.content, result.draft_file_id = content, None
        result.save(update_fields=["content", "draft_file_id"])


def _ask(request: NumberRequest) -> str:
    dossier = Dossier.objects.get(pk=request.dossier_id)
    latest = Result.objects.filter(dossier=dossier).exclude(template="").order_by("-drafted_at").first()
    draft = draft_in_hand(dossier, None, Outcome.GRANTED)
    content = latest.content if latest and latest.outcome == Outcome.GRANTED else draft.content
    birth = _birth(dossier, draft.template, content)
    number, fault, is_waiting = "", "", False
    refusal: DomainError | None = None
    if birth is not None:
        try:
            number = directory.ask_personal_number(actor=SYSTEM, birth=birth)
        except DomainError as refused:
            refusal, fault, is_waiting = refused, refused.code, isinstance(refused, RegisterUnreachable)
    now = clock.now()
    NumberRequest.objects.filter(pk=request.pk, number="").update(
        tried_at=now,
        tries=F("tries") + 1,
        fault=fault,
        is_waiting=is_waiting,
        number=number,
        answered_at=now if number else None,
    )
    if refusal is not None:
        raise refusal
    return number


def _birth(
    dossier: Dossier, template: catalogue.ResultTemplate, content: Mapping[str, object]
) -> directory.BirthNotice | None:
    """What the register is told; None where nothing is owed or the child is not described yet."""
    child = content.get("child")
    if not template.pending_paths() or not isinstance(child, Mapping) or child.get("personal_number"):
        return None
    name, born, sex = (str(child.get(part) or "") for part in ("full_name", "birth_on", "sex"))
    if not (name and born and sex):
        return None
    place = agency(dossier.competent_id).name
    return directory.BirthNotice(str(dossier.id), name, born, Sex(sex), place)
