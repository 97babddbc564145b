"""What will be late, which steps are the necks, who holds interlinked dossiers: read from the recent past, within rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from motcua.channels import queries as channels
from motcua.directory import queries as directory
from motcua.directory.queries import AgencyView
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Box, Filters, Interlinked
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.calendar import WorkingCalendar
from motcua.oversight.models import CountedDossier
from motcua.oversight.queries.rights import authorise_unit, is_province
from motcua.oversight.queries.units import units_of
from motcua.oversight.rules.forecast import (
    WINDOW_DAYS,
    BackTest,
    Course,
    ProcedureForecast,
    back_test,
    days_to_test,
    forecast,
)
from motcua.oversight.rules.holding import Asked, Held, Shared, Span, add_up, holding_of
from motcua.oversight.rules.periods import Period
from motcua.oversight.rules.waits import StepTime, StepWait, step_times

#: About how many ended dossiers a forecast reads; of more, every so-many-th is taken, by the last byte of its identifier.
_ENOUGH = 20_000
_MOST_OPEN = 50_000
_TESTED_DAYS = 150


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of a unit with its own back-test; `read` dossiers were looked at."""

    rows: Sequence[ProcedureForecast]
    test: BackTest
    read: int
    window_days: int = WINDOW_DAYS


@dataclass(frozen=True, slots=True)
class HolderTime:
    """One agency among the holders of interlinked dossiers; `share` of all their time, in percent."""

    agency: AgencyView
    held: Held
    share: float


def outlook_of(*, actor: Actor, unit: str, is_folded: bool = False) -> Outlook:
    """How many open dossiers of an agency or a province are expected to end late, by procedure. Three statements,
    at any size about twenty thousand ended dossiers. `is_folded`: an agency remembers what those it succeeded did.

    Raises `PermissionRefused` without `oversight.read` there.
    """
    authorise_unit(actor, unit)
    today = clock.today()
    if is_province(unit):
        mine = CountedDossier.objects.filter(province=unit)
    else:
        mine = CountedDossier.objects.filter(competent__in=_members(unit, today) if is_folded else [unit])
    fields = ("procedure", "received_on", "due_on", "ended_on")
    whole = mine.filter(received_on__isnull=False, due_on__isnull=False)
    ended = whole.filter(
        outcome="resolved", ended_on__range=(today - timedelta(days=WINDOW_DAYS + _TESTED_DAYS), today)
    ).order_by()
    one_in = min(256, -(-ended.count() // _ENOUGH))
    if one_in > 1:
        ended = ended.extra(where=["get_byte(uuid_send(dossier_id), 15) %% %s = 0"], params=[one_in])
    courses = [Course(*row) for row in ended.values_list(*fields)]
    running = whole.filter(is_open=True, is_paused=False).order_by("due_on")
    courses += [Course(*row) for row in running.values_list(*fields)[:_MOST_OPEN]]
    return Outlook(forecast(courses, today), back_test(courses, days_to_test(today)), len(courses))


def slow_steps(*, actor: Actor, agency_id: UUID | None = None) -> tuple[list[StepTime], int]:
    """Bottlenecks: median office time in each step against its limit, of the newest dossiers; and passages read.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    passed = dossiers.steps_passed(actor=actor, agency_id=agency_id)
    calendars = _calendars({one.competent_id for one in passed})
    waits = []
    for one in passed:
        calendar = calendars[one.competent_id]
        spent = calendar.office_time_between(one.entered_at, one.left_at).total_seconds() / 60
        allowed = (
            calendar.office_time_between(one.entered_at, one.due_at).total_seconds() / 60
            if one.due_at
            else None
        )
        waits.append(StepWait(one.step, spent, allowed))
    return step_times(waits), len(waits)


def holders(*, actor: Actor, agency_id: UUID | None = None) -> tuple[list[HolderTime], int]:
    """How long each agency held the newest interlinked dossiers, each dossier counted once; and how many there were.

    Raises `PermissionRefused` without `oversight.read` (in that agency).
    """
    found = dossiers.interlinked(actor=actor, agency_id=agency_id)
    calendars = _calendars({one.competent_id for one in found})
    held = add_up(holding_of(_shared(one), calendars[one.competent_id]) for one in found)
    agencies = directory.agencies(held.keys())
    whole = sum(one.minutes for one in held.values()) or 1.0
    rows = [
        HolderTime(agencies[key], one, round(100 * one.minutes / whole, 1))
        for key, one in held.items()
        if key in agencies
    ]
    return rows, len(found)


def troubles(*, actor: Actor, agency_ids: frozenset[UUID], days: int) -> Mapping[str, tuple[Box, Filters]]:
    """Dossiers that got stuck on the way to people: results nobody fetched or was given for so many days, hand-overs
    between agencies nobody acknowledged, notices that did not arrive."""
    since = clock.now() - timedelta(days=days)
    untold = frozenset(channels.dossiers_with_failed_notice())
    return {
        "unreturned": (Box.RETURN, Filters(agency_ids=agency_ids, ended_before=since)),
        "unacknowledged": (Box.WORK, Filters(agency_ids=agency_ids, awaits_acknowledgement=True)),
        "untold": (Box.ALL, Filters(agency_ids=agency_ids, ids=untold)),
    }


def _members(unit: str, today: date) -> Sequence[str]:
    units = units_of(unit.partition(".")[0], Period(today, today), today)
    return units.under.get(unit, [unit])


def _calendars(agency_ids: set[UUID]) -> dict[UUID, WorkingCalendar]:
    return {one: directory.calendar_of(one) for one in agency_ids}


def _shared(one: Interlinked) -> Shared:
    end = one.ended_at or clock.now()
    return Shared(
        receiving=one.receiving_id,
        competent=one.competent_id,
        span=Span(one.received_at, max(end, one.received_at)),
        assigned_at=one.assigned_at,
        asked=[Asked(ask.agency_id, ask.asked_at, ask.answered_at or end) for ask in one.asked],
        pauses=[Span(begin, until or end) for begin, until in one.pauses],
    )
