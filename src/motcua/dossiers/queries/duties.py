"""The work that waits for one person in every role they hold: lists by kind, counts, and who has a dossier in hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.lists import MOST_COUNTED, DossierRow, rows_by_due
from motcua.dossiers.rules.holding import GIVEN, PERSONAL, awaited, states_of_duties
from motcua.dossiers.rules.sides import columns_of
from motcua.dossiers.words import MOVES, MoveKey, Side, State
from motcua.dossiers.words.duties import DUTY_NAMES
from motcua.kernel.authority import EVERYWHERE, Actor

_STATES = states_of_duties()
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """A dossier and the act of the reader's that it waits for."""

    row: DossierRow
    duty: MoveKey


@dataclass(frozen=True, slots=True)
class Tasks:
    """The most urgent tasks; `after` goes on within one kind."""

    rows: Sequence[Task]
    after: str | None
    is_more: bool


def duties_of(actor: Actor) -> tuple[MoveKey, ...]:
    """The kinds of work the roles of somebody bring, in the order of a dossier's way."""
    return tuple(key for key in DUTY_NAMES if _agencies(actor, key))


def tasks(*, actor: Actor, duty: MoveKey | None = None, after: str | None = None, limit: int = 50) -> Tasks:
    """What waits for the actor, nearest term first: of one kind (with further pages), or of all (the most urgent ones).

    One statement for each kind that the actor's roles bring.
    """
    if duty is not None:
        if not _agencies(actor, duty):
            return Tasks((), None, False)
        page = rows_by_due(_lanes(actor, duty), after, limit)
        return Tasks([Task(row, duty) for row in page.rows], page.after, page.after is not None)
    found: list[Task] = []
    is_more = False
    for key in duties_of(actor):
        page = rows_by_due(_lanes(actor, key), None, limit)
        found += [Task(row, key) for row in page.rows]
        is_more |= page.after is not None
    found.sort(key=lambda task: (task.row.due_at or _FAR, task.row.id))
    return Tasks(found[:limit], None, is_more or len(found) > limit)


def task_counts(*, actor: Actor, most: int = MOST_COUNTED) -> Mapping[MoveKey, int]:
    """How much waits, by kind, each counted up to `most`; one statement."""
    keys = duties_of(actor)
    if not keys:
        return {}
    parts: list[str] = []
    params: list[Any] = []
    for key in keys:
        counted = _waiting(actor, key).order_by().values("pk")[:most]
        try:
            sql, given = counted.query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - made by the query sets above
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(keys, cursor.fetchone(), strict=True))


def duty_of(row: DossierRow) -> MoveKey | None:
    """The act a line of a list waits for; None where it waits for the applicant or is over."""
    return awaited(
        State(row.state),
        is_assigned=row.assignee_id is not None,
        awaits_acknowledgement=row.awaits_acknowledgement,
    )


def _agencies(actor: Actor, duty: MoveKey) -> frozenset[UUID]:
    """Where the actor may do this act for an agency of their own; whoever watches over the province has no such work."""
    return actor.agencies_with(MOVES[duty].permission or "") - {EVERYWHERE}


def _waiting(actor: Actor, duty: MoveKey) -> DossierQuerySet:
    agencies = sorted(_agencies(actor, duty))
    rows = _rows(actor, duty)
    if duty is MoveKey.ANSWER_CONSULTATION:
        return rows
    return rows.filter(_of_one(columns_of(MOVES[duty].side), agencies))


def _lanes(actor: Actor, duty: MoveKey) -> list[DossierQuerySet]:
    """One lane per agency, because an index gives the order only within one."""
    rows = _rows(actor, duty)
    if duty is MoveKey.ANSWER_CONSULTATION or MOVES[duty].side is Side.EITHER:
        return [_waiting(actor, duty)]
    (column,) = columns_of(MOVES[duty].side)
    return [rows.filter(**{column: agency}) for agency in sorted(_agencies(actor, duty))]


def _rows(actor: Actor, duty: MoveKey) -> DossierQuerySet:
    """The dossiers that wait for this act, wherever."""
    if duty is MoveKey.ANSWER_CONSULTATION:
        asked = Consultation.objects.filter(
            dossier=OuterRef("pk"), agency_id__in=sorted(_agencies(actor, duty)), answered_at=None
        )
        return Dossier.objects.filter(Exists(asked), is_open=True)
    if duty is MoveKey.ACKNOWLEDGE:
        return Dossier.objects.filter(is_open=True, awaits_acknowledgement=True)
    rows = Dossier.objects.filter(state__in=sorted(_STATES[duty]), awaits_acknowledgement=False)
    if duty is MoveKey.HAND_OVER:
        return rows.filter(returned_at=None)
    rows = rows.filter(is_open=True)
    if duty in PERSONAL:
        return rows.filter(assignee_id=actor.account_id)
    return rows.exclude(state__in=sorted(GIVEN), assignee_id__isnull=False)


def _of_one(columns: Iterable[str], agencies: Sequence[UUID]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__in": agencies})
    return found
