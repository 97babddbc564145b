"""The one way a dossier moves. Private to the services of this package.

Lock through the actor's scope, authorise, check the move, write the state, append the passage, adjust the deadline,
announce: the same for every act, so that nothing can happen to a dossier without a trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, UUIDField

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.events import DossierMoved, FormIssued, NoticeDue
from motcua.dossiers.models import Consultation, Dossier, DossierPaper, IssuedForm, Passage
from motcua.dossiers.models.dossier import IDS, reach_of
from motcua.dossiers.rules.chain import digest_of
from motcua.dossiers.rules.lifecycle import check_move
from motcua.dossiers.rules.sides import agencies_of
from motcua.dossiers.services.statutory import statutory_content
from motcua.dossiers.services.term import adjust_term, take_code, walk_steps
from motcua.dossiers.words import (
    ABANDONED,
    MOVES,
    NATIONAL,
    OPEN,
    PAUSED,
    Clock,
    Move,
    MoveKey,
    NoticeKind,
    Side,
    State,
)
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind, authorise, authorise_in_one, in_scope
from motcua.kernel.errors import MovedOn, PermissionRefused
from motcua.kernel.events import Event, announce
from motcua.kernel.statements import Changed, Question, slot, write
from motcua.payments import services as payments

#: What an act may change on the row; who asked, for what, where and when stays as it came in (a name may be corrected).
MOVING_FIELDS = (
    "code",
    "ledger_number",
    "version_id",
    "helping",
    "receiving",
    "competent",
    "returning",
    "awaits_acknowledgement",
    "applicant_name",
    "form_data",
    "consulted_agencies",
    "state",
    "national_status",
    "is_open",
    "is_paused",
    "outcome",
    "received_at",
    "promised_due_at",
    "extended_due_at",
    "due_at",
    "proposed_due_at",
    "ended_at",
    "returned_at",
    "changed_at",
    "step_key",
    "step_name",
    "step_entered_at",
    "step_due_at",
    "assignee_id",
    "assignee_name",
    "supplements_asked",
    "extensions",
    "pauses",
    "revision",
    "head_digest",
)


_LOCKED = Question(
    lambda reach: (
        Dossier.objects.within(reach, slot("ids", IDS)).filter(pk=slot("id", UUIDField())).select_for_update()
    )
)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the dossier stands after an act."""

    dossier_id: UUID
    code: str | None
    state: str
    national_status: int
    revision: int
    due_at: datetime | None
    passage_id: UUID
    is_repeat: bool = False


@dataclass(slots=True)
class Act:
    """What a service adds to a move: reason, detail for the timeline, changed fields."""

    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    agency_id: UUID | None = None
    on_behalf_of_id: UUID | None = None
    new_due_at: datetime | None = None
    form_content: Mapping[str, object] = field(default_factory=dict)
    lands_on_step: str | None = None
    papers: Sequence[DossierPaper] = ()
    applicant: directory.PartyView | None = None


def lock_dossier(actor: Actor, dossier_id: UUID, seen: int | None) -> Dossier:
    """The row, locked until the transaction ends. `seen` is the revision the caller decided on."""
    reach, ids = reach_of(actor)
    dossier = in_scope(_LOCKED.first(reach, ids=ids, id=dossier_id))
    if seen is not None and seen != dossier.revision:
        raise MovedOn(revision=dossier.revision)
    return dossier


@dataclass(frozen=True, slots=True)
class _Before:
    """What a passage tells of the moment before the move."""

    state: State | None
    due_at: datetime | None
    step_key: str
    step_due_at: datetime | None


def make_move(actor: Actor, dossier: Dossier, key: MoveKey, act: Act | None = None) -> Moved:
    """Carry out the move on a locked (or, when the move begins a dossier, a new unsaved) dossier."""
    act = act or Act()
    move = MOVES[key]
    agency_id = authorise_move(actor, move, dossier, act)
    state = State(dossier.state) if dossier.state else None
    target = check_move(move, state, act.reason) if state else move.arrives_at(State.SUBMITTED)
    at = clock.now()
    before = _Before(state, dossier.due_at, dossier.step_key, dossier.step_due_at)
    version = catalogue.version(dossier.version_id)

    dossier.state, dossier.national_status = target, NATIONAL[target]
    dossier.is_open, dossier.is_paused = target in OPEN, target in PAUSED
    dossier.changed_at = at
    adjust_term(dossier, version, move, at, ground=act.reason, new_due_at=act.new_due_at)
    walk_steps(dossier, version, move, at, lands_on=act.lands_on_step)

    passage = _passage(actor, dossier, move, act, before, agency_id)
    dossier.revision, dossier.head_digest = passage.seq, passage.digest
    form = _form(dossier, passage, move)
    listed = _listed(dossier, move, act, is_new=state is None)
    events = _events(dossier, passage, move.notice, form)
    new: list[Model] = [passage, *act.papers]
    if move.clock is Clock.START:
        # Everything that does without the number is written before it is taken.
        announce(*events, writing=new)
        events, new = [], []
        take_code(dossier, at)
    if form is not None:
        form.content = statutory_content(
            dossier, passage, move, act.form_content, papers=listed, applicant=act.applicant
        )
        new.append(form)
    rows = [dossier if state is None else Changed(dossier, MOVING_FIELDS), *new]
    if events:
        announce(*events, writing=rows)
    else:
        write(*rows)
    if target in ABANDONED and dossier.received_at is not None:
        payments.cancel_open_charges(actor=actor, dossier_id=dossier.id, reason=move.name)
    return moved(dossier, passage.id)


def _passage(
    actor: Actor, dossier: Dossier, move: Move, act: Act, before: _Before, agency_id: UUID | None
) -> Passage:
    """The record of the move, linked to the one before; the dossier already stands where the move led."""
    moved_step = dossier.step_key != before.step_key
    passage = Passage(
        dossier_id=dossier.id,
        seq=dossier.revision + 1,
        move=move.key.value,
        from_state=before.state or "",
        to_state=dossier.state,
        national_before=NATIONAL[before.state] if before.state else None,
        national_after=dossier.national_status,
        at=dossier.changed_at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        on_behalf_of_id=act.on_behalf_of_id,
        agency_id=agency_id,
        reason=act.reason.strip(),
        form_code=move.form or "",
        due_before=before.due_at,
        due_after=dossier.due_at,
        left_step=before.step_key if moved_step else "",
        left_step_due_at=before.step_due_at if moved_step else None,
        entered_step=dossier.step_key if moved_step else "",
        detail=dict(act.detail),
        previous_digest=dossier.head_digest,
    )
    passage.digest = digest_of(passage.digested(), passage.previous_digest)
    return passage


def check_may_move(actor: Actor, dossier: Dossier, key: MoveKey, act: Act) -> None:
    """Everything `make_move` would refuse, asked before an act that cannot be undone (a signature)."""
    move = MOVES[key]
    authorise_move(actor, move, dossier, act)
    check_move(move, State(dossier.state), act.reason or "-")


def moved(dossier: Dossier, passage_id: UUID, *, is_repeat: bool = False) -> Moved:
    return Moved(
        dossier.id,
        dossier.code,
        dossier.state,
        dossier.national_status,
        dossier.revision,
        dossier.due_at,
        passage_id,
        is_repeat,
    )


def authorise_move(actor: Actor, move: Move, dossier: Dossier, act: Act) -> UUID | None:
    """Let pass or raise `PermissionRefused`; returns the agency in whose name an officer acts."""
    if actor.kind is ActorKind.SYSTEM:
        return act.agency_id
    if move.side is Side.APPLICANT:
        return _authorise_applicant(actor, dossier)
    held_in = authorise_in_one(actor, move.permission or "", _agencies_of(move.side, dossier, act))
    # Whoever looks after the whole province acts for no agency of the dossier; the act may name one.
    return act.agency_id if held_in == EVERYWHERE else held_in


def _authorise_applicant(actor: Actor, dossier: Dossier) -> UUID | None:
    """The applicant or submitter; or a reception officer who enters for them at the desk."""
    if actor.kind is ActorKind.PERSON:
        if actor.party_ids.isdisjoint({dossier.applicant_id, dossier.submitter_id}):
            raise PermissionRefused
        return None
    authorise(actor, "dossier.receive", dossier.receiving_id)
    return dossier.receiving_id


def _agencies_of(side: Side, dossier: Dossier, act: Act) -> tuple[UUID, ...]:
    agencies = agencies_of(side, dossier)
    if side is Side.CONSULTED:
        agencies = tuple(agency for agency in agencies if agency == act.agency_id)
    return agencies


def _form(dossier: Dossier, passage: Passage, move: Move) -> IssuedForm | None:
    """The statutory form the move issues, if it does; what it says is stated when the code is known."""
    if move.form is None:
        return None
    return IssuedForm(dossier=dossier, passage=passage, code=move.form, issued_at=passage.at)


def _listed(dossier: Dossier, move: Move, act: Act, *, is_new: bool) -> list[DossierPaper]:
    """The lines of the checklist, for a form that shows them."""
    if not move.lists_papers:
        return []
    known = () if is_new else dossier.papers.all()
    return [*known, *act.papers]


def _events(
    dossier: Dossier, passage: Passage, notice: NoticeKind | None, form: IssuedForm | None
) -> list[Event]:
    events: list[Event] = [
        DossierMoved(
            dossier_id=dossier.id,
            passage_id=passage.id,
            seq=passage.seq,
            move=passage.move,
            from_state=passage.from_state,
            to_state=passage.to_state,
            national_before=passage.national_before,
            national_after=passage.national_after,
            at=passage.at,
        )
    ]
    if notice is not None:
        events.append(
            NoticeDue(dossier_id=dossier.id, passage_id=passage.id, kind=notice.value, at=passage.at)
        )
    if form is not None:
        events.append(FormIssued(form_id=form.id, dossier_id=dossier.id, code=form.code))
    return events


def open_consultations(dossier: Dossier, at: datetime) -> int:
    """Opinions neither answered nor overdue; silence past the term lets the work go on (Decree 61/2018 art. 17)."""
    return Consultation.objects.filter(dossier=dossier, answered_at=None, due_at__gt=at).count()
