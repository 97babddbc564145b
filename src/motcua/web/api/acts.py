"""Which service an act named in the API calls, and with which of the fields of the request."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from motcua.directory import queries as directory
from motcua.dossiers import services
from motcua.dossiers.services import Moved, PaperGiven
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel.authority import Actor
from motcua.web.api.errors import FieldMissing, MoveUnknown
from motcua.web.api.schemas import MoveIn, PaperIn

Act = Callable[[Actor, UUID, MoveIn], Moved]


def act(actor: Actor, dossier_id: UUID, given: MoveIn) -> Moved:
    """Carry out the act. Refuses: `MoveUnknown`, `FieldMissing`, and whatever the service refuses."""
    service = ACTS.get(given.move)
    if service is None:
        raise MoveUnknown(move=given.move, known=", ".join(sorted(ACTS)))
    return service(actor, dossier_id, given)


def papers_given(lines: list[PaperIn]) -> tuple[PaperGiven, ...]:
    """A paper named by its id lies in a warehouse already: it is reused."""
    return tuple(PaperGiven(**line.model_dump(), reused=2 if line.paper_id else 0) for line in lines)


def _reasoned(service: Callable[..., Moved]) -> Act:
    return lambda actor, key, given: service(
        actor=actor, dossier_id=key, reason=given.reason, seen=given.seen
    )


def _noted(service: Callable[..., Moved]) -> Act:
    return lambda actor, key, given: service(actor=actor, dossier_id=key, note=given.reason, seen=given.seen)


def _keyed(service: Callable[..., Moved]) -> Act:
    return lambda actor, key, given: service(actor=actor, dossier_id=key, pin=given.pin, seen=given.seen)


def _receive(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.receive_dossier(
        actor=actor, dossier_id=key, seen=given.seen, papers=papers_given(given.papers)
    )


def _ask_supplement(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.ask_supplement(
        actor=actor,
        dossier_id=key,
        reason=given.reason,
        items=given.items,
        supply_by=given.supply_by,
        seen=given.seen,
    )


def _grounded(service: Callable[..., Moved]) -> Act:
    """A refusal: its reason and what the law says."""
    return lambda actor, key, given: service(
        actor=actor, dossier_id=key, reason=given.reason, ground=given.ground, seen=given.seen
    )


def _supply(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.give_supplement(
        actor=actor,
        dossier_id=key,
        papers=papers_given(given.papers),
        form_data=given.form_data,
        note=given.reason,
        seen=given.seen,
    )


def _assign(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    assignee = _needed(given.assignee_id, "assignee_id")
    return services.assign(
        actor=actor, dossier_id=key, assignee_id=assignee, note=given.reason, seen=given.seen
    )


def _forward(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.forward(
        actor=actor, dossier_id=key, note=given.reason, assignee_id=given.assignee_id, seen=given.seen
    )


def _consult(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.ask_opinion(
        actor=actor,
        dossier_id=key,
        agency_id=agency_named(_needed(given.agency, "agency")),
        question=given.reason,
        working_days=given.working_days,
        seen=given.seen,
    )


def _answer(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.answer_consultation(
        actor=actor,
        consultation_id=_needed(given.consultation_id, "consultation_id"),
        answer=given.reason,
        is_agreed=given.is_agreed,
    )


def _submit(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.submit_to_leader(
        actor=actor,
        dossier_id=key,
        note=given.reason,
        outcome=Outcome(given.outcome),
        content=given.content,
        draft_file_id=given.draft_file_id,
        seen=given.seen,
    )


def _settle(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.settle_payment(actor=actor, dossier_id=key, proof=given.proof, seen=given.seen)


def _issue(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.issue_result(actor=actor, dossier_id=key, seen=given.seen)


def _hand_over(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.hand_over_result(
        actor=actor,
        dossier_id=key,
        received_by=_needed(given.received_by, "received_by"),
        proof=given.proof,
        seen=given.seen,
    )


def _extend(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.apologise_and_extend(
        actor=actor,
        dossier_id=key,
        reason=given.reason,
        new_due_at=_needed(given.new_due_at, "new_due_at"),
        seen=given.seen,
    )


def _propose_extension(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.propose_extension(
        actor=actor,
        dossier_id=key,
        reason=given.reason,
        new_due_at=_needed(given.new_due_at, "new_due_at"),
        seen=given.seen,
    )


def _reopen(actor: Actor, key: UUID, given: MoveIn) -> Moved:
    return services.reopen_result(
        actor=actor,
        dossier_id=key,
        reason=given.reason,
        content=given.content,
        draft_file_id=given.draft_file_id,
        seen=given.seen,
    )


def agency_named(text: str) -> UUID:
    """An agency by id or by code in either order."""
    try:
        return directory.agency(UUID(text)).id
    except ValueError:
        return directory.agency(text).id


def _needed(value: Any, field: str) -> Any:
    if value in (None, ""):
        raise FieldMissing(field=field)
    return value


ACTS: Mapping[str, Act] = {
    MoveKey.RECEIVE: _receive,
    MoveKey.REFUSE_AT_DOOR: _grounded(services.refuse_at_door),
    MoveKey.ASK_SUPPLEMENT: _ask_supplement,
    MoveKey.SUPPLY: _supply,
    MoveKey.ASSIGN: _assign,
    MoveKey.FORWARD: _forward,
    MoveKey.CONSULT: _consult,
    MoveKey.ANSWER_CONSULTATION: _answer,
    MoveKey.REQUIRE_PAYMENT: _reasoned(services.require_payment),
    MoveKey.SETTLE: _settle,
    MoveKey.SUBMIT_TO_LEADER: _submit,
    MoveKey.SEND_BACK: _reasoned(services.send_back),
    MoveKey.APPROVE: _noted(services.approve),
    MoveKey.REFUSE: _grounded(services.refuse_on_merits),
    MoveKey.SIGN: _keyed(services.sign_result),
    MoveKey.NUMBER_AND_SEAL: _keyed(services.number_and_seal),
    MoveKey.ISSUE: _issue,
    MoveKey.HAND_OVER: _hand_over,
    MoveKey.WITHDRAW: _reasoned(services.withdraw_dossier),
    MoveKey.STOP: _reasoned(services.stop_dossier),
    MoveKey.UNDO_RECEPTION: _reasoned(services.undo_reception),
    MoveKey.PROPOSE_EXTENSION: _propose_extension,
    MoveKey.EXTEND: _extend,
    MoveKey.REOPEN: _reopen,
    MoveKey.SIGN_CORRECTION: _keyed(services.sign_correction),
    MoveKey.SEAL_CORRECTION: _keyed(services.seal_correction),
}
