"""Reads of what was given at the door: the slip at the desk, its public standing, and the counts of a desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from motcua.directory import queries as directory
from motcua.dossiers.models import DoorSlip, Passage
from motcua.dossiers.rules.door_number import parse_door_number
from motcua.dossiers.words import MoveKey, StatutoryForm
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope


@dataclass(frozen=True, slots=True)
class SlipView:
    """A slip as the desk sees it."""

    id: UUID
    number: str
    code: str
    agency_id: UUID
    applicant_id: UUID
    procedure_code: str
    content: Mapping[str, Any]
    kept: Mapping[str, Any]
    issued_at: datetime
    file_id: UUID | None
    signed_file_id: UUID | None
    dossier_id: UUID | None

    @property
    def best_file_id(self) -> UUID | None:
        """The signed one where there is one."""
        return self.signed_file_id or self.file_id


@dataclass(frozen=True, slots=True)
class PublicSlip:
    """What anybody may learn by the number: no name, no paper, no reason."""

    number: str
    is_request: bool
    procedure_title: str
    issued_at: datetime
    supply_by: date | None
    was_received: bool
    agency: directory.AgencyView


@dataclass(frozen=True, slots=True)
class DoorCounts:
    """Visits that opened no dossier."""

    requests: int
    refusals: int


def door_slip(*, actor: Actor, slip_id: UUID) -> SlipView:
    """A slip of an agency where the actor reads. Raises `OutOfScope`."""
    return _view(in_scope(_visible(actor, DoorSlip.objects.filter(pk=slip_id).first())))


def door_slip_numbered(*, actor: Actor, number: str) -> SlipView | None:
    """The slip of a number typed with or without care; None where there is none within the actor's reach."""
    plain = parse_door_number(number)
    found = _visible(actor, DoorSlip.objects.filter(number=plain).first()) if plain else None
    return _view(found) if found else None


def door_slips(*, actor: Actor, agency_id: UUID, on: date) -> Sequence[SlipView]:
    """The slips a desk gave on a day, the last first. Empty for whoever does not read there."""
    if not actor.may("dossier.read", agency_id):
        return []
    rows = DoorSlip.objects.filter(agency_id=agency_id, **_within(on, on)).order_by("-issued_at")
    return [_view(row) for row in rows]


def door_counts(*, actor: Actor, agency_ids: Sequence[UUID], first: date, last: date) -> DoorCounts:
    """Requests and refusals of desks where the actor reads."""
    agencies = [one for one in agency_ids if actor.may("dossier.read", one)]
    rows = DoorSlip.objects.filter(agency_id__in=agencies, **_within(first, last))
    by_code = dict(rows.values_list("code").annotate(n=Count("id")))
    return DoorCounts(by_code.get(StatutoryForm.SUPPLEMENT, 0), by_code.get(StatutoryForm.REFUSAL, 0))


@dataclass(frozen=True, slots=True)
class UndoneReception:
    """A receipt that the desk took back the same day: the number it keeps, why, who, when."""

    dossier_id: UUID
    code: str | None
    reason: str
    actor_name: str
    at: datetime


def undone_receptions(*, actor: Actor, agency_ids: Sequence[UUID], on: date) -> tuple[UndoneReception, ...]:
    """Those of a day at desks where the actor receives, oldest first: counted apart from what was received. One statement."""
    mine = [one for one in agency_ids if actor.may("dossier.receive", one)]
    rows = (
        Passage.objects.filter(
            dossier__receiving_id__in=mine,
            dossier__received_at__gte=datetime.combine(on, time.min, tzinfo=clock.LOCAL),
            dossier__received_at__lt=datetime.combine(on + timedelta(days=1), time.min, tzinfo=clock.LOCAL),
            dossier__is_open=False,
            move=MoveKey.UNDO_RECEPTION.value,
        )
        .select_related("dossier")
        .order_by("at", "id")
    )
    return tuple(
        UndoneReception(row.dossier_id, row.dossier.code, row.reason, row.actor_name, row.at) for row in rows
    )


def track_slip(number: str) -> PublicSlip | None:
    """What anybody may learn of a slip by its number; None where it is not the number of one."""
    plain = parse_door_number(number)
    row = DoorSlip.objects.filter(number=plain).first() if plain else None
    if row is None:
        return None
    supply_by = row.content.get("supply_by")
    return PublicSlip(
        row.number,
        row.code == StatutoryForm.SUPPLEMENT,
        row.content["procedure_title"],
        row.issued_at,
        date.fromisoformat(supply_by) if supply_by else None,
        row.dossier_id is not None,
        directory.agency(row.agency_id),
    )


def _visible(actor: Actor, row: DoorSlip | None) -> DoorSlip | None:
    return row if row is not None and actor.may("dossier.read", row.agency_id) else None


def _within(first: date, last: date) -> dict[str, datetime]:
    return {
        "issued_at__gte": datetime.combine(first, time.min, tzinfo=clock.LOCAL),
        "issued_at__lt": datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.LOCAL),
    }


def _view(row: DoorSlip) -> SlipView:
    return SlipView(
        row.id,
        row.number,
        row.code,
        row.agency_id,
        row.applicant_id,
        row.procedure_code,
        row.content,
        row.kept,
        row.issued_at,
        row.file_id,
        row.signed_file_id,
        row.dossier_id,
    )
