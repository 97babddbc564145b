"""What an administrator's decision would do to open dossiers, before it is made. Codes and procedures only, no names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.term import reckoning_for
from motcua.kernel.authority import Actor, authorise

#: More running dossiers than this are not reckoned for a preview; the count then says "at least".
MOST_RECKONED = 3000
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """One of the dossiers concerned, as an example."""

    id: UUID
    code: str
    procedure_title: str
    due_before: datetime | None
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Open dossiers that would go to the successor: all of them, those of which the agency decides, examples."""

    count: int
    competent: int
    unreceived: int
    examples: Sequence[OpenDossier]


@dataclass(frozen=True, slots=True)
class TermsMoved:
    """Running dossiers that would be due at another moment; `is_partial` where only the first ones were reckoned."""

    reckoned: int
    moved: int
    later: int
    is_partial: bool
    examples: Sequence[OpenDossier]


def hand_over_preview(*, actor: Actor, agency_ids: Collection[UUID]) -> HandOver:
    """What `hand_over_to_successor` would move. Two statements. Refuses: `PermissionRefused`."""
    authorise(actor, "directory.manage")
    part = Q()
    for role in ("helping", "receiving", "competent", "returning"):
        part |= Q(**{f"{role}_id__in": list(agency_ids)})
    rows = Dossier.objects.filter(part, is_open=True)
    counted = rows.aggregate(
        count=Count("id"),
        competent=Count("id", filter=Q(competent_id__in=list(agency_ids))),
        unreceived=Count("id", filter=Q(received_at=None)),
    )
    shown = rows.order_by("due_at", "id").only("id", "code", "procedure_title", "due_at")[:_SHOWN]
    return HandOver(**counted, examples=[_example(row) for row in shown])


def terms_if(*, actor: Actor, agency_id: UUID | None, day: date, is_worked: bool | None) -> TermsMoved:
    """What `reproject_terms` would do if this day were worked, off or (None) no longer decided, for one agency or all.

    Reckoned as the service does, on a calendar that nobody has written. Refuses: `PermissionRefused`.
    """
    authorise(actor, "directory.manage", agency_id)
    running = Dossier.objects.filter(
        is_open=True, is_paused=False, received_at__isnull=False, extended_due_at=None, due_at__isnull=False
    )
    if agency_id is not None:
        running = running.filter(competent_id=agency_id)
    rows = list(running.prefetch_related("clock_pauses").order_by("due_at", "id")[: MOST_RECKONED + 1])
    of_agency = agency_id is not None
    calendars = {
        competent: directory.calendar_if(competent, day, is_worked, of_agency=of_agency)
        for competent in {row.competent_id for row in rows}
    }
    moved = []
    for row in rows[:MOST_RECKONED]:
        version = catalogue.version(row.version_id)
        found = reckoning_for(row, version, explain=False, calendar=calendars[row.competent_id])
        if found is not None and found.due_at != row.due_at:
            moved.append(_example(row, found.due_at))
    later = sum(1 for one in moved if one.due_before and one.due_after and one.due_after > one.due_before)
    is_partial = len(rows) > MOST_RECKONED
    return TermsMoved(min(len(rows), MOST_RECKONED), len(moved), later, is_partial, moved[:_SHOWN])


def _example(row: Dossier, due_after: datetime | None = None) -> OpenDossier:
    return OpenDossier(row.id, row.code or "", row.procedure_title, row.due_at, due_after)
