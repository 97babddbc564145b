"""What those who watch over agencies look into: how steps went, who took part, what never reached its person.

Counts and times of the newest dossiers of some agencies; the rows come from indexes, whatever the size of the table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from motcua.catalogue import queries as catalogue
from motcua.dossiers.models import Consultation, Dossier, Passage
from motcua.dossiers.queries.lists import Box, Filters, rows_of
from motcua.dossiers.queries.steering import overseen
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor

NEWEST = 400


class StepPassed(NamedTuple):
    """A dossier that left a step: when it came, when it went, when it should have gone."""

    competent_id: UUID
    step: str
    entered_at: datetime
    left_at: datetime
    due_at: datetime | None


class OpinionAsked(NamedTuple):
    """An opinion asked of another agency; `answered_at` None while it is awaited."""

    agency_id: UUID
    agency_name: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Interlinked:
    """A dossier more than one agency took part in."""

    id: UUID
    code: str
    receiving_id: UUID
    competent_id: UUID
    received_at: datetime
    assigned_at: datetime | None
    ended_at: datetime | None
    asked: Sequence[OpinionAsked]
    pauses: Sequence[tuple[datetime, datetime | None]]


def steps_passed(*, actor: Actor, agency_id: UUID | None = None, newest: int = NEWEST) -> list[StepPassed]:
    """Every step left by the newest dossiers of the agencies the actor oversees; paused dossiers are left out.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    rows = _newest(actor, agency_id).filter(pauses=0)
    found = {
        pk: (competent, version)
        for pk, competent, version in rows.values_list("id", "competent_id", "version_id")[:newest]
    }
    names = {version: _step_names(version) for version in {one for _, one in found.values()}}
    fields = ("dossier_id", "at", "left_step", "left_step_due_at", "entered_step")
    passed: list[StepPassed] = []
    entered: dict[UUID, tuple[str, datetime]] = {}
    passages = Passage.objects.filter(dossier_id__in=found).order_by("dossier_id", "seq")
    for pk, at, left, due_at, entry in passages.values_list(*fields):
        came = entered.get(pk)
        if left and came and came[0] == left:
            competent, version = found[pk]
            passed.append(StepPassed(competent, names[version].get(left, left), came[1], at, due_at))
        if entry:
            entered[pk] = (entry, at)
    return passed


def interlinked(*, actor: Actor, agency_id: UUID | None = None, newest: int = NEWEST) -> list[Interlinked]:
    """The newest dossiers in which other agencies were asked, or that one agency received for another.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    rows = _newest(actor, agency_id).filter(received_at__isnull=False)
    shared = rows.exclude(consulted_agencies=[]) | rows.exclude(receiving_id=F("competent_id"))
    asked = Prefetch("consultations", Consultation.objects.order_by("asked_at"))
    found = list(shared.order_by("-id").prefetch_related(asked, "clock_pauses")[:newest])
    assigned = _assigned([row.id for row in found])
    return [
        Interlinked(
            row.id,
            row.code or "",
            row.receiving_id,
            row.competent_id,
            row.received_at,
            assigned.get(row.id),
            row.ended_at,
            [
                OpinionAsked(one.agency_id, one.agency_name, one.asked_at, one.answered_at)
                for one in row.consultations.all()
            ],
            [(one.began_at, one.ended_at) for one in row.clock_pauses.all()],
        )
        for row in found
        if row.received_at is not None
    ]


def count_of(*, actor: Actor, box: Box, filters: Filters) -> int:
    """How many rows a list has; for lists that are short in a well-kept agency."""
    return rows_of(actor, box, filters).count()


def _newest(actor: Actor, agency_id: UUID | None) -> QuerySet[Dossier]:
    held = overseen(actor, agency_id)
    rows = Dossier.objects.order_by("-id")
    return rows.filter(competent_id__in=held) if held else rows


def _step_names(version_id: UUID) -> dict[str, str]:
    return {step.key: step.name for step in catalogue.version(version_id).process.steps}


def _assigned(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When each was first given to somebody."""
    rows = Passage.objects.filter(dossier_id__in=ids, move=MoveKey.ASSIGN.value).order_by("-seq")
    return dict(rows.values_list("dossier_id", "at"))
