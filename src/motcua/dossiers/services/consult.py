"""Opinions of other agencies, each with a term of its own; waiting inside the administration never pauses the clock."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.dossiers.errors import ConsultationClosed, ConsultationOfOneself
from motcua.dossiers.models import Consultation
from motcua.dossiers.services.attachments import check_files
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.deadline import due_at


@transaction.atomic
def ask_opinion(
    *,
    actor: Actor,
    dossier_id: UUID,
    agency_id: UUID,
    question: str,
    working_days: Decimal = Decimal(2),
    seen: int | None = None,
) -> Moved:
    """Ask another agency; its officers see the dossier from now on.

    Refuses: `ReasonMissing` (no question), `ConsultationOfOneself`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    if agency_id == dossier.competent_id:
        raise ConsultationOfOneself
    agency = directory.agency(agency_id)
    at = clock.now()
    term: datetime = due_at(
        at, Limit(working_days, LimitUnit.WORKING_DAY), directory.calendar_of(agency_id), explain=False
    ).due_at
    if agency_id not in dossier.consulted_agencies:
        dossier.consulted_agencies = [*dossier.consulted_agencies, agency_id]
    detail = {"agency": agency.name, "due_at": term.isoformat()}
    result = make_move(actor, dossier, MoveKey.CONSULT, Act(reason=question, detail=detail))
    Consultation.objects.create(
        dossier=dossier,
        agency_id=agency_id,
        agency_name=agency.name,
        question=question.strip(),
        asked_at=at,
        asked_by_id=actor.account_id,
        due_at=term,
    )
    return result


@transaction.atomic
def answer_consultation(
    *,
    actor: Actor,
    consultation_id: UUID,
    answer: str,
    is_agreed: bool | None = None,
    file_id: UUID | None = None,
) -> Moved:
    """The consulted agency answers, late or not. Refuses: `ConsultationClosed`, `ReasonMissing`."""
    consultation = in_scope(Consultation.objects.filter(pk=consultation_id).first())
    dossier = lock_dossier(actor, consultation.dossier_id, None)
    consultation.refresh_from_db()
    if consultation.answered_at is not None:
        raise ConsultationClosed
    check_files(actor, dossier, file_id)
    act = Act(
        reason=answer,
        agency_id=consultation.agency_id,
        detail={"agency": consultation.agency_name, "is_agreed": is_agreed},
    )
    result = make_move(actor, dossier, MoveKey.ANSWER_CONSULTATION, act)
    consultation.answer, consultation.is_agreed = answer.strip(), is_agreed
    consultation.answered_at, consultation.answered_by_name = clock.now(), actor.name
    consultation.file_id = file_id
    consultation.save()
    return result
