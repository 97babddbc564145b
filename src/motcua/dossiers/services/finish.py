"""From the decision to the person's hands: sign, number and seal, issue, hand over. Four facts, each with its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.models.counters import next_in_book
from motcua.dossiers.rules.states import Outcome
from motcua.dossiers.services.charges import require_settled
from motcua.dossiers.services.decide import latest_result, signing_ground
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.services.results import keep_as_paper, result_draft
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError

RESULTS_BOOK = "results"


@dataclass(frozen=True, slots=True)
class Signed:
    """Outcome of one dossier in a batch: `refusal` is None where it was signed."""

    dossier_id: UUID
    moved: Moved | None
    refusal: DomainError | None


@transaction.atomic
def sign_result(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """The leader, or a delegate in their place, signs with a personal key. A failed signature changes nothing.

    Refuses: `SigningRefused`, `ResultMissing` and the refusals of documents (`SigningFailed`, …).
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    act = sign_into(actor, dossier, result, pin)
    return make_move(actor, dossier, "sign", act)


def sign_results(*, actor: Actor, dossier_ids: Sequence[UUID], pin: str = "") -> tuple[Signed, ...]:
    """Sign several with one PIN. Each is a transaction of its own: one refusal does not hold up the others."""
    done = []
    for dossier_id in dossier_ids:
        try:
            done.append(Signed(dossier_id, sign_result(actor=actor, dossier_id=dossier_id, pin=pin), None))
        except DomainError as refusal:
            done.append(Signed(dossier_id, None, refusal))
    return tuple(done)


@transaction.atomic
def number_and_seal(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """The clerk confirms the number in the book and puts the agency's seal on the signed result."""
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    seal_into(actor, dossier, result, pin)
    detail = {"number": result.number, "symbol": result.symbol}
    return make_move(actor, dossier, "number_and_seal", Act(detail=detail))


@transaction.atomic
def issue_result(*, actor: Actor, dossier_id: UUID, seen: int | None = None) -> Moved:
    """The result is out: the clock ends, the person is told, the result enters their electronic warehouse."""
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    outcome = make_move(actor, dossier, "issue", Act(notice="result_ready"))
    issue_into(actor, dossier, result)
    return outcome


@transaction.atomic
def hand_over_result(
    *, actor: Actor, dossier_id: UUID, received_by: str, proof: str = "", seen: int | None = None
) -> Moved:
    """The result reaches the person, with proof (signature, read receipt, postal number). Refuses: `FeeUnpaid`."""
    dossier = lock_dossier(actor, dossier_id, seen)
    require_settled(dossier)
    result = latest_result(dossier)
    at = clock.now()
    result.handed_over_at, result.handed_over_to, result.proof = at, received_by.strip(), proof.strip()
    result.save(update_fields=["handed_over_at", "handed_over_to", "proof"])
    dossier.returned_at = at
    detail = {"received_by": result.handed_over_to, "proof": result.proof}
    return make_move(actor, dossier, "hand_over", Act(detail=detail, notice="handed_over"))


def sign_into(actor: Actor, dossier: Dossier, result: Result, pin: str) -> Act:
    """Sign the draft and write who, when and for whom on the result; returns what the passage shall say."""
    authority = signing_ground(actor, dossier)
    delegation = authority if isinstance(authority, directory.DelegationView) else None
    at = clock.now()
    number = result.number or next_in_book(dossier.competent_id, RESULTS_BOOK, clock.local(at).year)
    result.number, result.symbol = number, _symbol(result, number)
    draft_id = result.draft_file_id or result_draft(actor, dossier, result, delegation)
    signed = documents.sign_as_person(
        actor=actor,
        file_id=draft_id,
        organisation=directory.agency(dossier.competent_id).name,
        pin=pin,
    )
    result.draft_file_id, result.signed_file_id = draft_id, signed.id
    result.signed_at, result.signed_by_id, result.signed_by_name = at, actor.account_id, actor.name
    result.on_behalf_of_id = delegation.delegator_account_id if delegation else None
    result.save()
    detail = {"title": result.title}
    if delegation:
        detail |= {"on_behalf_of": delegation.delegator_name, "delegation": delegation.decision_number}
    return Act(detail=detail, is_delegated=delegation is not None, on_behalf_of_id=result.on_behalf_of_id)


def seal_into(actor: Actor, dossier: Dossier, result: Result, pin: str) -> None:
    """The agency's seal over the signed file; its number was taken from the book when it was signed."""
    assert result.signed_file_id is not None
    sealed = documents.seal_as_agency(
        actor=actor, file_id=result.signed_file_id, agency_id=dossier.competent_id, pin=pin
    )
    result.sealed_file_id, result.sealed_at = sealed.id, clock.now()
    result.save(update_fields=["sealed_file_id", "sealed_at"])


def issue_into(actor: Actor, dossier: Dossier, result: Result) -> None:
    """The sealed result becomes a paper of its owner, ready for reuse; a refusal is kept but is no paper to reuse."""
    result.issued_at = clock.now()
    if result.outcome == Outcome.GRANTED:
        result.paper_id = keep_as_paper(actor, dossier, result)
    result.save(update_fields=["issued_at", "paper_id"])


def _symbol(result: Result, number: int) -> str:
    kind = "TB" if result.outcome == Outcome.REFUSED else "KQ"
    return f"{number}/{kind}"
