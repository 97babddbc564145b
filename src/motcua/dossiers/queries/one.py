"""One dossier with everything its page shows, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import UUIDField

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import (
    ClockPause,
    Consultation,
    Dossier,
    DossierPaper,
    IssuedForm,
    Passage,
    Result,
)
from motcua.dossiers.models.dossier import IDS, reach_of
from motcua.dossiers.queries.term import reckoning_for
from motcua.dossiers.queries.views import (
    ConsultationView,
    DossierPage,
    FormView,
    MoveView,
    PaperLine,
    ResultView,
    TimelineEntry,
)
from motcua.dossiers.rules.lifecycle import is_in_time, moves_from
from motcua.dossiers.rules.sides import agencies_of
from motcua.dossiers.words import MOVES, STATE_NAMES, Move, MoveKey, MovePlace, Side, State
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, in_scope
from motcua.kernel.deadline import Pause, Reckoning
from motcua.kernel.statements import Bundle, Part, Question, slot


def dossier_page(*, actor: Actor, dossier_id: UUID, is_explained: bool = True) -> DossierPage:
    """Everything about one dossier the actor may see; the reckoning of its term only where it `is_explained`.

    Three statements: the dossier, what hangs on it, the applicant. Raises `OutOfScope`.
    """
    dossier = _visible(actor, dossier_id)
    hanging = _HANGING.of(dossier_id)
    ledger = [Pause(*row.values()) for row in hanging["pauses"]]
    version = catalogue.version(dossier.version_id)
    applicant = directory.party(dossier.applicant_id)
    same = dossier.submitter_id == dossier.applicant_id
    return DossierPage(
        **{name: getattr(dossier, name) for name in _PLAIN},
        outcome=dossier.outcome if _knows_outcome(actor, dossier) else "",
        state_name=STATE_NAMES[State(dossier.state)],
        applicant=_as_seen_by(actor, applicant),
        submitter=_as_seen_by(actor, applicant if same else directory.party(dossier.submitter_id)),
        receiving=directory.agency(dossier.receiving_id),
        competent=directory.agency(dossier.competent_id),
        returning=directory.agency(dossier.returning_id),
        helping=directory.agency(dossier.helping_id) if dossier.helping_id else None,
        form=version.form,
        papers=[PaperLine(**row) for row in hanging["papers"]],
        timeline=_timeline(hanging["passages"]),
        consultations=[ConsultationView(**row) for row in hanging["consultations"]],
        forms=[FormView(**row) for row in hanging["forms"]],
        # What is proposed or signed inside the administration is nobody's result before it is issued.
        results=[
            ResultView(**row) for row in hanging["results"] if row["issued_at"] or not _is_outside(actor)
        ],
        moves=[
            MoveView(m.key, m.name, m.needs_reason, m.form or "")
            for m in _open_moves(actor, dossier, version)
        ],
        reckoning=reckoning_for(dossier, version, ledger=ledger) if is_explained else None,
    )


_SEEN = Question(
    lambda reach: Dossier.objects.within(reach, slot("ids", IDS)).filter(pk=slot("id", UUIDField()))
)


def _visible(actor: Actor, dossier_id: UUID) -> Dossier:
    reach, ids = reach_of(actor)
    return in_scope(_SEEN.first(reach, ids=ids, id=dossier_id))


def _is_outside(actor: Actor) -> bool:
    return actor.kind is ActorKind.PERSON


def _knows_outcome(actor: Actor, dossier: Dossier) -> bool:
    return not _is_outside(actor) or State(dossier.state) not in _BEFORE_ISSUE


def _as_seen_by(actor: Actor, party: directory.PartyView) -> directory.PartyView:
    """Somebody who acts for another learns nothing recorded about them but the name they gave, and the other way round."""
    if actor.kind is not ActorKind.PERSON or party.id in actor.party_ids:
        return party
    return directory.PartyView(
        id=party.id,
        kind=party.kind,
        full_name=party.full_name,
        number=None,
        phone="",
        email="",
        address="",
        territory_id=None,
    )


def reckoning_of(*, actor: Actor, dossier_id: UUID) -> Reckoning | None:
    """How the due moment came about. Raises `OutOfScope`."""
    dossier = _visible(actor, dossier_id)
    return reckoning_for(dossier, catalogue.version(dossier.version_id))


def form_file(*, actor: Actor, form_id: UUID) -> FormView:
    """A statutory form of a visible dossier. Raises `OutOfScope`."""
    form = in_scope(IssuedForm.objects.filter(pk=form_id).first())
    _visible(actor, form.dossier_id)
    return FormView(form.id, form.code, form.issued_at, form.file_id, form.content, form.signed_file_id)


def open_consultations_of(*, actor: Actor, limit: int = 100) -> Sequence[ConsultationView]:
    """Questions waiting for the actor's agencies, nearest term first."""
    agencies = actor.agencies_with("dossier.answer_consultation")
    rows = Consultation.objects.filter(agency_id__in=agencies, answered_at=None).order_by("due_at", "id")
    return [consultation_view(row) for row in rows[:limit]]


def consultation_view(row: Consultation) -> ConsultationView:
    return ConsultationView(
        row.id,
        row.dossier_id,
        row.agency_id,
        row.agency_name,
        row.question,
        row.asked_at,
        row.due_at,
        row.answer,
        row.is_agreed,
        row.answered_at,
        row.answered_by_name,
    )


def _timeline(passages: Sequence[Mapping[str, Any]]) -> list[TimelineEntry]:
    agencies = directory.agencies({row["agency_id"] for row in passages if row["agency_id"]})
    return [
        TimelineEntry(
            **{name: row[name] for name in _PASSAGE},
            name=MOVES[row["move"]].name,
            agency_name=agencies[row["agency_id"]].name if row["agency_id"] else "",
            passage_id=row["id"],
        )
        for row in passages
    ]


def _open_moves(actor: Actor, dossier: Dossier, version: catalogue.VersionSnapshot) -> list[Move]:
    theirs = [move for move in moves_from(State(dossier.state)) if _is_theirs(actor, move, dossier)]
    theirs = [move for move in theirs if is_in_time(move, dossier.received_at, clock.now())]
    theirs = [
        move for move in theirs if not (move.not_online and dossier.channel == catalogue.Channel.ONLINE)
    ]
    if not dossier.awaits_acknowledgement:
        theirs = [move for move in theirs if move.key is not MoveKey.ACKNOWLEDGE]
    # Asked only where a leader's act is due: a right borrowed for other procedures opens nothing here.
    if any(move.is_leaders for move in theirs) and not _signs(actor, dossier, version):
        return [move for move in theirs if not move.is_leaders]
    return theirs


def _signs(actor: Actor, dossier: Dossier, version: catalogue.VersionSnapshot) -> bool:
    if actor.kind is ActorKind.SYSTEM or actor.account_id is None:
        return actor.kind is ActorKind.SYSTEM
    return (
        directory.signing_authority(
            actor.account_id, dossier.competent_id, dossier.procedure_code, version.field_code
        )
        is not None
    )


def _is_theirs(actor: Actor, move: Move, dossier: Dossier) -> bool:
    if move.side is Side.APPLICANT:
        if actor.kind is ActorKind.PERSON:
            return not actor.party_ids.isdisjoint({dossier.applicant_id, dossier.submitter_id})
        return actor.may("dossier.receive", dossier.receiving_id)
    if MovePlace.ADMINISTRATION in move.places:
        return False  # done to many dossiers at once, never offered on the page of one
    return any(actor.may(move.permission or "", agency) for agency in agencies_of(move.side, dossier))


_BEFORE_ISSUE = frozenset({State.AT_LEADER, State.DECIDED, State.SIGNED, State.SEALED})
_PLAIN = (
    "id",
    "code",
    "version_id",
    "procedure_code",
    "procedure_title",
    "case_key",
    "channel",
    "state",
    "national_status",
    "is_open",
    "is_paused",
    "mandate",
    "contact",
    "form_data",
    "submitted_at",
    "received_at",
    "promised_due_at",
    "extended_due_at",
    "due_at",
    "ended_at",
    "returned_at",
    "step_key",
    "step_name",
    "step_due_at",
    "assignee_id",
    "assignee_name",
    "supplements_asked",
    "extensions",
    "revision",
    "return_way",
    "sets",
    "ledger_number",
    "awaits_acknowledgement",
)
_PASSAGE = (
    "seq",
    "move",
    "at",
    "actor_name",
    "reason",
    "from_state",
    "to_state",
    "national_after",
    "due_before",
    "due_after",
    "form_code",
    "left_step",
    "left_step_due_at",
    "detail",
)
_PAPER = (
    "id",
    "component_key",
    "name",
    "originals",
    "copies",
    "electronic",
    "is_presented",
    "exemption",
    "paper_id",
    "file_id",
    "must_digitize",
    "digitization",
    "declared",
    "photocopies",
)
_RESULT = (
    "id",
    "title",
    "outcome",
    "symbol",
    "template",
    "content",
    "draft_file_id",
    "signed_file_id",
    "sealed_file_id",
    "signed_at",
    "signed_by_name",
    "sealed_at",
    "issued_at",
    "handed_over_at",
    "handed_over_to",
    "replaces_id",
    "paper_id",
)
_CONSULTATION = (
    "id",
    "dossier_id",
    "agency_id",
    "agency_name",
    "question",
    "asked_at",
    "due_at",
    "answer",
    "is_agreed",
    "answered_at",
    "answered_by_name",
)
_FORM = ("id", "code", "issued_at", "file_id", "content", "signed_file_id")
_REPLACEMENT = "(SELECT r.id FROM dossiers_result AS r WHERE r.replaces_id = t.id)"
_HANGING = Bundle(
    passages=Part(Passage, "dossier_id", ("id", "agency_id", *_PASSAGE), ("seq",)),
    papers=Part(DossierPaper, "dossier_id", _PAPER, ("order", "id")),
    forms=Part(IssuedForm, "dossier_id", _FORM, ("issued_at",)),
    results=Part(Result, "dossier_id", _RESULT, ("drafted_at",), {"replaced_by_id": (_REPLACEMENT, "id")}),
    consultations=Part(Consultation, "dossier_id", _CONSULTATION, ("asked_at",)),
    pauses=Part(ClockPause, "dossier_id", ("began_at", "ended_at", "ground", "form_code"), ("began_at",)),
)
