"""The working calendar of an agency: national, then the province's decisions, then its own."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from uuid import UUID

from django.db.models import Q

from motcua.directory.models import Agency, DayOverride, OfficeHours
from motcua.directory.queries.memory import remembered
from motcua.kernel import clock
from motcua.kernel.calendar import DayNote, Intervals, WorkingCalendar
from motcua.kernel.public_holidays import national_calendar


def calendar_of(agency_id: UUID, on: date | None = None) -> WorkingCalendar:
    """When an agency is open, by the hours in force on a day (today by default). Remembered until the
    directory changes.

    Nearer decisions win: agency over its commune over its province over the country. Without any, the
    national calendar with 07:30–11:30 and 13:30–17:30. An agency that does not exist has the national
    calendar.
    """
    day = on or clock.today()
    return remembered(("calendar", agency_id, day), lambda: _calendar(agency_id, day))


def calendars_of(agency_id: UUID) -> Sequence[tuple[date, WorkingCalendar]]:
    """Every calendar an agency had, has and will have, each with its first day, in order; the first from ever.

    For those who reckon what was: office hours that begin later do not change what was spent before.
    """
    return remembered(("calendars", agency_id), lambda: _calendars(agency_id))


def _calendars(agency_id: UUID) -> list[tuple[date, WorkingCalendar]]:
    of_place = Q(agency_id=agency_id) | Q(territory_id__in=places_of(agency_id))
    hours = OfficeHours.objects.filter(of_place).values_list("validity", flat=True)
    edges = {edge for validity in hours for edge in (validity.lower, validity.upper) if edge is not None}
    return [(day, _calendar(agency_id, day)) for day in (date.min, *sorted(edges))]


def calendar_if(agency_id: UUID, day: date, is_worked: bool | None, *, of_agency: bool) -> WorkingCalendar:
    """The calendar as it would be if one day were decided otherwise: worked, off, or (None) not decided at all; by the
    agency itself or for the whole country. Nothing is written.
    """
    place = {"agency_id": agency_id} if of_agency else {"agency": None, "territory": None}
    extra = None
    if is_worked is not None:
        extra = DayOverride(day=day, is_worked=is_worked, name="-", source="-", **place)
    return _calendar(agency_id, clock.today(), without=(day, of_agency), extra=extra)


def _calendar(
    agency_id: UUID,
    on: date,
    *,
    without: tuple[date, bool] | None = None,
    extra: DayOverride | None = None,
) -> WorkingCalendar:
    places = places_of(agency_id)
    calendar = national_calendar()
    of_place = Q(agency_id=agency_id) | Q(territory_id__in=places)
    hours = list(OfficeHours.objects.in_force(on).filter(of_place))
    if hours:
        calendar = calendar.with_hours(_week(hours, places, calendar.weekday_hours))
    decided = DayOverride.objects.filter(of_place | Q(agency=None, territory=None))
    if without is not None:
        day, of_agency = without
        same = Q(agency_id=agency_id) if of_agency else Q(agency=None, territory=None)
        decided = decided.exclude(same, day=day)
    days = [*decided, extra] if extra else list(decided)
    return _with_days(calendar, sorted(days, key=lambda row: _nearness(row, places)))


def places_of(agency_id: UUID) -> list[UUID]:
    """The agency's territory and those above it, widest first."""
    row = (
        Agency.objects.filter(pk=agency_id)
        .values_list("territory__parent__parent_id", "territory__parent_id", "territory_id")
        .first()
    )
    return [place for place in row or () if place is not None]


def _nearness(row: OfficeHours | DayOverride, places: list[UUID]) -> int:
    if row.agency_id is not None:
        return len(places) + 1
    return places.index(row.territory_id) + 1 if row.territory_id else 0


def _week(
    rows: Iterable[OfficeHours], places: list[UUID], national: tuple[Intervals, ...]
) -> tuple[Intervals, ...]:
    week = list(national)
    for row in sorted(rows, key=lambda row: _nearness(row, places)):
        week[row.weekday] = tuple(
            (time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in row.intervals
        )
    return tuple(week)


def _with_days(calendar: WorkingCalendar, rows: Iterable[DayOverride]) -> WorkingCalendar:
    decided = {row.day: row for row in rows}
    if not decided:
        return calendar
    return calendar.with_days(
        off={day: DayNote(row.name, row.source) for day, row in decided.items() if not row.is_worked},
        worked={day: DayNote(row.name, row.source) for day, row in decided.items() if row.is_worked},
    )
