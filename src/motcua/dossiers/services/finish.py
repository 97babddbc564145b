"""From the decision to the person's hands: sign, number and seal, issue, hand over. Four facts, each with its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.errors import SigningStopped, TokenRefused
from motcua.documents.queries import SignatureKind
from motcua.dossiers.errors import ResultMissing
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.services.charges import require_settled
from motcua.dossiers.services.decide import latest_result, signing_ground
from motcua.dossiers.services.keys import agency_key, personal_key
from motcua.dossiers.services.move import Act, Moved, check_may_move, lock_dossier, make_move
from motcua.dossiers.services.numbers import reserve_number
from motcua.dossiers.services.personal_numbers import take_registered
from motcua.dossiers.services.results import keep_result, result_draft
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, MovedOn


@dataclass(frozen=True, slots=True)
class Signed:
    """Outcome of one dossier in a batch: `refusal` is None where it was signed."""

    dossier_id: UUID
    moved: Moved | None
    refusal: DomainError | None


def sign_result(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """The leader, or a delegate in their place, signs with a personal key. A failed signature leaves the state alone.

    Refuses: `SigningRefused`, `ResultMissing` and the refusals of documents (`SigningRefused`, `TimeStampUnavailable`, …).
    """
    return sign_and_move(actor, dossier_id, MoveKey.SIGN, pin, seen)


def sign_results(*, actor: Actor, dossier_ids: Sequence[UUID], pin: str = "") -> tuple[Signed, ...]:
    """Sign several with one PIN. Each is a transaction of its own: a refusal of one dossier does not hold up the others.

    A refusal of the device (a wrong PIN, say) ends the batch: it is asked no second time, what is signed stays signed, and
    the others say `SigningStopped`.
    """
    done: list[Signed] = []
    for at, dossier_id in enumerate(dossier_ids):
        try:
            done.append(Signed(dossier_id, sign_result(actor=actor, dossier_id=dossier_id, pin=pin), None))
        except TokenRefused as refusal:
            rest = (Signed(other, None, SigningStopped()) for other in dossier_ids[at + 1 :])
            return (*done, Signed(dossier_id, None, refusal), *rest)
        except DomainError as refusal:
            done.append(Signed(dossier_id, None, refusal))
    return tuple(done)


def number_and_seal(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """The clerk confirms the number in the book and puts the agency's seal on the signed result."""
    dossier_id, sealed, revision = seal_file(actor, dossier_id, MoveKey.NUMBER_AND_SEAL, pin, seen)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, revision)
        result = note_seal(dossier, sealed)
        detail = {"number": result.number, "symbol": result.symbol}
        return make_move(actor, dossier, MoveKey.NUMBER_AND_SEAL, Act(detail=detail))


@transaction.atomic
def issue_result(*, actor: Actor, dossier_id: UUID, seen: int | None = None) -> Moved:
    """The result is out: the clock ends, the person is told, the result enters their electronic warehouse."""
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    outcome = make_move(actor, dossier, MoveKey.ISSUE, Act())
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
    return make_move(actor, dossier, MoveKey.HAND_OVER, Act(detail=detail))


def sign_and_move(actor: Actor, dossier_id: UUID, key: MoveKey, pin: str, seen: int | None) -> Moved:
    """Reserve the number, set in type, sign, write: between two short transactions no lock is held, neither of the dossier
    nor of the agency's book.

    If somebody moved the dossier meanwhile the signature is recorded but not used (`MovedOn`).
    """
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, seen)
        result = latest_result(dossier)
        act = signing_act(actor, dossier, result)
        check_may_move(actor, dossier, key, act)
        take_registered(dossier, result)
        reserve_number(dossier, result)
        revision = dossier.revision
    signed = documents.sign_pdf(
        actor=actor,
        file_id=draft_to_sign(actor, dossier, result),
        key_label=personal_key(actor),
        kind=SignatureKind.PERSONAL,
        pin=pin or None,
    )
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, revision)
        result = latest_result(dossier)
        result.signed_file_id, result.signed_at = signed.id, clock.now()
        result.signed_by_id, result.signed_by_name = actor.account_id, actor.name
        result.on_behalf_of_id = act.on_behalf_of_id
        result.save()
        return make_move(actor, dossier, key, act)


def seal_file(
    actor: Actor, dossier_id: UUID, key: MoveKey, pin: str, seen: int | None
) -> tuple[UUID, UUID, int]:
    """Put the agency's seal on the signed file, outside any transaction; the dossier, the sealed file, the revision seen."""
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, seen)
        check_may_move(actor, dossier, key, Act(reason="-"))
        signed_id = latest_result(dossier).signed_file_id
        if signed_id is None:
            raise ResultMissing
        agency_id, revision = dossier.competent_id, dossier.revision
    sealed = documents.sign_pdf(
        actor=actor,
        file_id=signed_id,
        key_label=agency_key(actor, agency_id),
        kind=SignatureKind.AGENCY,
        pin=pin or None,
    )
    return dossier_id, sealed.id, revision


def note_seal(dossier: Dossier, sealed_file_id: UUID) -> Result:
    result = latest_result(dossier)
    result.sealed_file_id, result.sealed_at = sealed_file_id, clock.now()
    result.save(update_fields=["sealed_file_id", "sealed_at"])
    return result


def signing_act(actor: Actor, dossier: Dossier, result: Result) -> Act:
    """The act of signing, in whose place if in somebody's. Refuses: `SigningRefused`."""
    authority = signing_ground(actor, dossier)
    if not isinstance(authority, directory.DelegationView):
        return Act(detail={"title": result.title})
    return Act(
        detail={
            "title": result.title,
            "on_behalf_of": authority.delegator_name,
            "delegation": authority.decision_number,
        },
        on_behalf_of_id=authority.delegator_account_id,
    )


def draft_to_sign(actor: Actor, dossier: Dossier, result: Result) -> UUID:
    """The document to sign, set in type outside any transaction if it is not there yet. Refuses: `MovedOn`, `ResultMissing`.

    It names who signs, and in whose place: another who tries after a failure gets one of their own. The same reserved
    number, code and signer give the same bytes, so that two who prepare it at once prepare the same.
    """
    if result.draft_file_id is not None and (
        result.is_draft_given or result.drafted_for_id == actor.account_id
    ):
        return result.draft_file_id
    if not result.template:
        raise ResultMissing
    authority = signing_ground(actor, dossier)
    delegation = authority if isinstance(authority, directory.DelegationView) else None
    draft_id = result_draft(actor, dossier, result, delegation)
    same = Result.objects.filter(
        pk=result.pk, number=result.number, verification_code=result.verification_code, signed_at=None
    )
    for_nobody = Q(draft_file_id=None) | Q(drafted_for_id=None)
    same.filter(for_nobody | ~Q(drafted_for_id=actor.account_id)).update(
        draft_file_id=draft_id, drafted_for_id=actor.account_id
    )
    kept = same.filter(drafted_for_id=actor.account_id).values_list("draft_file_id", flat=True).first()
    if kept is None:
        raise MovedOn
    return kept


def issue_into(actor: Actor, dossier: Dossier, result: Result) -> None:
    """The sealed result becomes a paper of its owner, ready for reuse; a refusal is kept but is no paper to reuse."""
    result.issued_at = clock.now()
    if result.outcome == Outcome.GRANTED:
        result.paper_id = keep_result(actor, dossier, result)
    result.save(update_fields=["issued_at", "paper_id"])
