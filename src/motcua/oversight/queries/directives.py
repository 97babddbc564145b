"""Directives as people see them: those given to them, and those about the agencies they oversee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.directory import queries as directory
from motcua.directory.queries import Role
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind, in_scope
from motcua.oversight.models import Directive
from motcua.oversight.rules.directives import acts_open, is_overdue
from motcua.oversight.words import Act, DirectiveSide, DirectiveState, Subject

DIRECT = "oversight.direct"
PAGE = 30
_ASSIGNABLE = (Role.LEADER, Role.HEAD_ONE_STOP, Role.ASSIGNER, Role.CASE_OFFICER, Role.RECEPTION)
_WAITING = (DirectiveState.OPEN, DirectiveState.ANSWERED)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the history."""

    act: Act
    at: datetime
    actor_name: str
    text: str
    due_after: datetime


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """A directive; `acts` are open to the reader, `history` is told on its own page only (oldest first)."""

    id: UUID
    subject: Subject
    agency_id: UUID
    agency_code: str
    agency_name: str
    dossier_id: UUID | None
    dossier_code: str
    indicator: str
    period: str
    text: str
    assignee_id: UUID
    assignee_name: str
    given_by_name: str
    given_at: datetime
    due_at: datetime
    state: DirectiveState
    answer: str
    answered_at: datetime | None
    is_overdue: bool
    is_mine: bool
    revision: int
    acts: tuple[Act, ...] = ()
    history: tuple[EntryView, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectivePage:
    """A page of a list; `after` is where the next begins."""

    rows: Sequence[DirectiveView]
    after: str


def directives(
    *,
    actor: Actor,
    group: str = "",
    agency_id: UUID | None = None,
    dossier_id: UUID | None = None,
    after: str = "",
) -> DirectivePage:
    """Directives the actor may see, nearest term first. `group`: mine, waiting, overdue, done or empty (all)."""
    rows = _of_group(visible(actor), actor, group)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    rows = _after(rows, after).select_related("agency").order_by("due_at", "id")
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return DirectivePage(
        [_view(row, actor) for row in found[:PAGE]],
        f"{last.due_at.isoformat()}~{last.id}" if last else "",
    )


def directive_counts(*, actor: Actor) -> Mapping[str, int]:
    """How many lie in each group of the list; one statement."""
    now = clock.now()
    return visible(actor).aggregate(
        mine=Count("pk", filter=_mine(actor)),
        waiting=Count("pk", filter=Q(state__in=_WAITING)),
        overdue=Count("pk", filter=_overdue(now)),
        done=Count("pk", filter=~Q(state__in=_WAITING)),
        all=Count("pk"),
    )


def directive(*, actor: Actor, directive_id: UUID) -> DirectiveView:
    """One directive with its history and the acts open to the reader. Raises `OutOfScope`."""
    row = in_scope(visible(actor).select_related("agency").filter(pk=directive_id).first())
    history = tuple(
        EntryView(Act(entry.act), entry.at, entry.actor_name, entry.text, entry.due_after)
        for entry in row.entries.all()
    )
    return _view(row, actor, history)


def visible(actor: Actor) -> QuerySet[Directive]:
    """Given to the actor, or about an agency they oversee."""
    if actor.kind is ActorKind.SYSTEM:
        return Directive.objects.all()
    held = actor.agencies_with("oversight.read") | actor.agencies_with(DIRECT)
    if EVERYWHERE in held:
        return Directive.objects.all()
    return Directive.objects.filter(Q(assignee_id=actor.account_id) | Q(agency_id__in=held))


def sides_of(actor: Actor, *, assignee_id: UUID, agency_id: UUID) -> frozenset[DirectiveSide]:
    """On which side of a directive somebody stands."""
    sides = set()
    if actor.account_id is not None and actor.account_id == assignee_id:
        sides.add(DirectiveSide.ASSIGNEE)
    if actor.may(DIRECT, agency_id):
        sides.add(DirectiveSide.DIRECTOR)
    return frozenset(sides)


def assignable(agency_id: UUID) -> Mapping[UUID, str]:
    """Who in an agency can be given a directive: account to name and post."""
    found: dict[UUID, str] = {}
    for role in _ASSIGNABLE:
        for one in directory.holders_of(role, agency_id):
            if one.account_id is not None:
                named = f"{one.staff_name} · {one.post_title}" if one.post_title else one.staff_name
                found.setdefault(one.account_id, named)
    return found


def _of_group(rows: QuerySet[Directive], actor: Actor, group: str) -> QuerySet[Directive]:
    match group:
        case "mine":
            return rows.filter(_mine(actor))
        case "waiting":
            return rows.filter(state__in=_WAITING)
        case "overdue":
            return rows.filter(_overdue(clock.now()))
        case "done":
            return rows.exclude(state__in=_WAITING)
        case _:
            return rows


def _mine(actor: Actor) -> Q:
    return Q(assignee_id=actor.account_id, state=DirectiveState.OPEN)


def _overdue(now: datetime) -> Q:
    return Q(state=DirectiveState.OPEN, due_at__lt=now)


def _after(rows: QuerySet[Directive], after: str) -> QuerySet[Directive]:
    due, _, key = after.rpartition("~")
    if not due:
        return rows
    at, last = datetime.fromisoformat(due), UUID(key)
    return rows.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=last))


def _view(row: Directive, actor: Actor, history: tuple[EntryView, ...] = ()) -> DirectiveView:
    state = DirectiveState(row.state)
    sides = sides_of(actor, assignee_id=row.assignee_id, agency_id=row.agency_id)
    return DirectiveView(
        id=row.id,
        subject=Subject(row.subject),
        agency_id=row.agency_id,
        agency_code=row.agency.code,
        agency_name=row.agency_name,
        dossier_id=row.dossier_id,
        dossier_code=row.dossier_code,
        indicator=row.indicator,
        period=row.period,
        text=row.text,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee_name,
        given_by_name=row.given_by_name,
        given_at=row.given_at,
        due_at=row.due_at,
        state=state,
        answer=row.answer,
        answered_at=row.answered_at,
        is_overdue=is_overdue(state, due_at=row.due_at, answered_at=row.answered_at, now=clock.now()),
        is_mine=DirectiveSide.ASSIGNEE in sides,
        revision=row.revision,
        acts=acts_open(state, sides),
        history=history,
    )
