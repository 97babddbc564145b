"""From the officer's proposal to the leader's decision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.catalogue.words import StepKind
from motcua.directory import queries as directory
from motcua.dossiers.errors import ConsultationOpen, ResultMissing, SigningRefused
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.queries.result_drafts import (
    draft_in_hand,
    first_content,
    template_for,
    with_registered,
)
from motcua.dossiers.rules.given import check_data
from motcua.dossiers.services.attachments import check_draft
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move, open_consultations
from motcua.dossiers.services.personal_numbers import want_number
from motcua.dossiers.services.result_content import complete_content
from motcua.dossiers.services.term import step_of_stage
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind


@transaction.atomic
def submit_to_leader(
    *,
    actor: Actor,
    dossier_id: UUID,
    note: str = "",
    outcome: Outcome = Outcome.GRANTED,
    content: Mapping[str, Any] | None = None,
    draft_file_id: UUID | None = None,
    seen: int | None = None,
) -> Moved:
    """Propose a result. `content` are the fields of its template; where none are given, those prepared for it.

    Refuses: `ConsultationOpen` while an opinion is neither answered nor overdue; `ResultIncomplete` for a content that could
    not be printed as it is; `OutOfScope` or `NotPdf` for a draft that is somebody else's file or no PDF.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    waiting = open_consultations(dossier, clock.now())
    if waiting:
        raise ConsultationOpen(count=waiting)
    check_data(content)
    check_draft(actor, dossier, draft_file_id)
    _draft_result(dossier, outcome, content, draft_file_id, note)
    return make_move(actor, dossier, MoveKey.SUBMIT_TO_LEADER, Act(reason=note, detail={"outcome": outcome}))


@transaction.atomic
def send_back(*, actor: Actor, dossier_id: UUID, reason: str, seen: int | None = None) -> Moved:
    """The leader wants more work done; the dossier returns to the last step of appraisal."""
    dossier = lock_dossier(actor, dossier_id, seen)
    step = step_of_stage(catalogue.version(dossier.version_id), StepKind.APPRAISE)
    act = Act(reason=reason, lands_on_step=step)
    borrow(actor, dossier, act)
    return make_move(actor, dossier, MoveKey.SEND_BACK, act)


@transaction.atomic
def approve(*, actor: Actor, dossier_id: UUID, note: str = "", seen: int | None = None) -> Moved:
    """The leader (or a delegate) agrees with the proposal. Refuses: `SigningRefused`, `ResultMissing`."""
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    dossier.outcome = result.outcome
    act = Act(reason=note, detail={"outcome": result.outcome})
    borrow(actor, dossier, act)
    return make_move(actor, dossier, MoveKey.APPROVE, act)


@transaction.atomic
def refuse_on_merits(
    *, actor: Actor, dossier_id: UUID, reason: str, ground: str = "", seen: int | None = None
) -> Moved:
    """The leader refuses: the result is a written refusal with its legal ground, signed and issued like any result.

    `ground` is what the law says; left empty, the legal bases of the procedure are named. Refuses: `ResultMissing`,
    `ReasonMissing`, `ResultIncomplete` where neither names a ground.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    template = template_for(dossier, Outcome.REFUSED, clock.today())
    said = first_content(dossier, template) | {"refusal_reason": reason.strip()}
    if ground.strip():
        said["ground"] = ground.strip()
    result.outcome, result.title, result.template = Outcome.REFUSED, template.title, template.name
    result.content = complete_content(template, said)
    result.draft_file_id, result.is_draft_given, result.verification_code = None, False, ""
    result.save(
        update_fields=[
            "outcome",
            "title",
            "template",
            "content",
            "draft_file_id",
            "is_draft_given",
            "verification_code",
        ]
    )
    dossier.outcome = Outcome.REFUSED
    said = {"ground": str(result.content.get("ground", ""))}
    act = Act(reason=reason, detail={"outcome": Outcome.REFUSED}, form_content=said)
    borrow(actor, dossier, act)
    return make_move(actor, dossier, MoveKey.REFUSE, act)


def latest_result(dossier: Dossier) -> Result:
    """The result being worked on. Refuses: `ResultMissing`."""
    result = Result.objects.filter(dossier=dossier).order_by("-drafted_at").first()
    if result is None:
        raise ResultMissing
    return result


def signing_ground(actor: Actor, dossier: Dossier) -> directory.OwnAuthority | directory.DelegationView:
    """By what right the actor signs results of this dossier today. Refuses: `SigningRefused`."""
    version = catalogue.version(dossier.version_id)
    if actor.account_id is None or actor.kind is not ActorKind.OFFICER:
        raise SigningRefused
    authority = directory.signing_authority(
        actor.account_id, dossier.competent_id, dossier.procedure_code, version.field_code, clock.today()
    )
    if authority is None:
        raise SigningRefused
    return authority


def borrow(actor: Actor, dossier: Dossier, act: Act) -> None:
    """Mark the act as done in somebody's place when the actor's right comes from a delegation."""
    authority = signing_ground(actor, dossier)
    if isinstance(authority, directory.DelegationView):
        act.on_behalf_of_id = authority.delegator_account_id
        act.detail = {
            **act.detail,
            "on_behalf_of": authority.delegator_name,
            "delegation": authority.decision_number,
        }


def _draft_result(
    dossier: Dossier,
    outcome: Outcome,
    content: Mapping[str, object] | None,
    draft_file_id: UUID | None,
    note: str,
) -> None:
    version = catalogue.version(dossier.version_id)
    kind = version.results[0] if version.results else None
    saved = ResultDraft.objects.filter(dossier=dossier).first()
    prepared = draft_in_hand(dossier, saved, outcome)
    template = prepared.template
    given = prepared.content if content is None else with_registered(dossier, template, content)
    if outcome is Outcome.REFUSED:
        said = {"refusal_reason": note.strip()} if note.strip() else {}
        given = {**prepared.content, **said, **given}
    fields = {
        "type_code": kind.code if kind else "",
        "title": _title(template, kind),
        "outcome": outcome,
        "template": "" if draft_file_id else template.name,
        # A document drafted elsewhere says what it says; nothing of it is typed here.
        "content": dict(content or {}) if draft_file_id else complete_content(template, given),
        "draft_file_id": draft_file_id,
        "is_draft_given": draft_file_id is not None,
        "verification_code": "",
        "drafted_at": clock.now(),
    }
    # A dossier sent back and submitted again has its unsigned draft replaced, not a second result.
    Result.objects.update_or_create(dossier=dossier, signed_at=None, replaces=None, defaults=fields)
    if saved is not None:
        saved.delete()
    if not draft_file_id:
        want_number(dossier, template, given)


def _title(template: catalogue.ResultTemplate, kind: catalogue.ResultKind | None) -> str:
    """The generic letter goes out under the name of what was asked for; every other template has its own."""
    return kind.name if kind and template.key == catalogue.GENERIC else template.title
