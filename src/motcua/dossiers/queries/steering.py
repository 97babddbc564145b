"""What a leader steers by: open dossiers by how near their term is, those nobody moves, who holds how many, where they wait.

A group is a filter: its count and its list come from the same condition and cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lists import Filters, wanted
from motcua.dossiers.words import PAUSED, Urgency
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind, authorise
from motcua.kernel.calendar import WorkingCalendar

#: A stuck dossier: running, and nobody moved it for so many days.
STUCK_AFTER_DAYS: Final = 5
_LONGEST_PATIENCE_DAYS: Final = 365
_LONGEST_TABLE: Final = 100
_PERMISSION: Final = "oversight.read"


class Nearness(StrEnum):
    """How near the term is, in working days of the agency; stuck: nobody moved it; waiting: the next act is somebody else's."""

    LATE = "late"
    TODAY = "today"
    IN_1 = "in_1"
    IN_2 = "in_2"
    IN_3 = "in_3"
    STUCK = "stuck"
    WAITING = "waiting"


_AHEAD: Final = (Nearness.IN_1, Nearness.IN_2, Nearness.IN_3)


@dataclass(frozen=True, slots=True)
class Workload:
    """What one officer holds; nobody holds it where `assignee_id` is None."""

    assignee_id: UUID | None
    name: str
    open: int
    late: int
    soon: int
    stuck: int


@dataclass(frozen=True, slots=True)
class StepLoad:
    """Dossiers standing in one step; `overdue` of them beyond the time of the step; `waited` is the mean so far."""

    name: str
    open: int
    overdue: int
    waited: timedelta | None


@dataclass(frozen=True, slots=True)
class Steering:
    """The desk of a leader at one moment."""

    open: int
    counts: Mapping[Nearness, int]
    workload: Sequence[Workload]
    steps: Sequence[StepLoad]


def steering_filters(
    *, actor: Actor, agency_id: UUID | None = None, stuck_after_days: int = STUCK_AFTER_DAYS
) -> Mapping[Nearness, Filters]:
    """The filter of every group for the agencies the actor oversees, or one of them; for `inbox` and `export_rows`.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    base = Filters(agency_ids=overseen(actor, agency_id))
    today = clock.today()
    ends = [today, *_working_days_after(today, base.agency_ids)]
    near = {
        group: replace(base, is_running=True, due_from=after + timedelta(days=1), due_to=until)
        for group, after, until in zip(_AHEAD, ends, ends[1:], strict=False)
    }
    patience = timedelta(days=max(1, min(stuck_after_days, _LONGEST_PATIENCE_DAYS)))
    return {
        Nearness.LATE: replace(base, urgency=Urgency.OVERDUE),
        Nearness.TODAY: replace(base, urgency=Urgency.TODAY),
        **near,
        Nearness.STUCK: replace(base, unmoved_since=clock.now() - patience),
        Nearness.WAITING: replace(base, urgency=Urgency.WAITING),
    }


def steering(
    *, actor: Actor, agency_id: UUID | None = None, stuck_after_days: int = STUCK_AFTER_DAYS
) -> Steering:
    """Counts, workload and steps of the open dossiers the actor oversees; three statements whatever their number.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    filters = steering_filters(actor=actor, agency_id=agency_id, stuck_after_days=stuck_after_days)
    groups = {group: wanted(one) for group, one in filters.items()}
    rows = Dossier.objects.filter(wanted(Filters(agency_ids=overseen(actor, agency_id))), is_open=True)
    counted = rows.aggregate(
        open=Count("pk"),
        **{f"n_{group}": Count("pk", filter=condition) for group, condition in groups.items()},
    )
    return Steering(
        open=counted["open"],
        counts={group: counted[f"n_{group}"] for group in Nearness},
        workload=_workload(rows, groups),
        steps=_steps(rows),
    )


def overseen(actor: Actor, agency_id: UUID | None) -> frozenset[UUID]:
    """The agencies to look at; empty means all of the province."""
    if agency_id is not None:
        authorise(actor, _PERMISSION, agency_id)
        return frozenset({agency_id})
    authorise(actor, _PERMISSION)
    held = actor.agencies_with(_PERMISSION)
    return frozenset() if EVERYWHERE in held or actor.kind is ActorKind.SYSTEM else held


def _working_days_after(today: date, agencies: frozenset[UUID]) -> list[date]:
    """The next three days an agency is open; of several, the calendar of the first is taken."""
    first = min(agencies, default=None) or next((one.id for one in directory.find_agencies(limit=1)), None)
    calendar = directory.calendar_of(first, today) if first else WorkingCalendar()
    days = (today + timedelta(days=ahead) for ahead in range(1, 40))
    return list(islice((day for day in days if calendar.is_working_day(day)), len(_AHEAD)))


def _workload(rows: QuerySet[Dossier], groups: Mapping[Nearness, Q]) -> list[Workload]:
    soon = groups[Nearness.TODAY] | groups[Nearness.IN_1] | groups[Nearness.IN_2] | groups[Nearness.IN_3]
    held = rows.values("assignee_id", "assignee_name").annotate(
        open=Count("pk"),
        late=Count("pk", filter=groups[Nearness.LATE]),
        soon=Count("pk", filter=soon),
        stuck=Count("pk", filter=groups[Nearness.STUCK]),
    )
    return [
        Workload(
            row["assignee_id"], row["assignee_name"], row["open"], row["late"], row["soon"], row["stuck"]
        )
        for row in held.order_by("-late", "-open", "assignee_name")[:_LONGEST_TABLE]
    ]


def _steps(rows: QuerySet[Dossier]) -> list[StepLoad]:
    now = clock.now()
    waited = ExpressionWrapper(Value(now) - F("step_entered_at"), output_field=DurationField())
    running = rows.exclude(state__in=PAUSED).exclude(step_name="")
    held = running.values("step_name").annotate(
        open=Count("pk"), overdue=Count("pk", filter=Q(step_due_at__lt=now)), waited=Avg(waited)
    )
    return [
        StepLoad(row["step_name"], row["open"], row["overdue"], row["waited"])
        for row in held.order_by("-overdue", "-open", "step_name")[:_LONGEST_TABLE]
    ]
