"""The reckoning itself. The rules are stated in the package's docstring; here they are carried out."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING

from motcua.kernel.calendar import FIRST_DAY, LAST_DAY, Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline.explain import Course, explain_office_term, explain_wall_term
from motcua.kernel.deadline.ledger import Stretch, merged, taken
from motcua.kernel.deadline.reckoning import Line, Pause, Policy, Reckoning
from motcua.kernel.term_errors import MomentOutsideCalendar

_DAYS_IN_PART_MONTH = 30


def due_at(
    start: datetime,
    limit: Limit,
    calendar: WorkingCalendar,
    ledger: Sequence[Pause] = (),
    policy: Policy = Policy.RESUME,
    cutoff: time | None = None,
    explain: bool = True,
) -> Reckoning:
    """When a term that starts at `start` is due on `calendar`, with the explanation of it.

    `start` and pauses may be aware or naive (naive = local to the calendar); the answer is aware, in the
    calendar's zone. `ledger` need not be in order. `explain=False` leaves the explanation empty and is some
    thirty times faster. Refuses: MomentOutsideCalendar, CalendarHasNoOfficeTime, PauseInvalid.
    """
    start_at = calendar.local(start)
    begun_at = _after_cutoff(calendar, start_at, cutoff)
    closed, opened = merged(calendar, ledger)
    pauses = [pause for pause in closed if pause.end > begun_at] if closed else closed
    # The run that decides: from `run_from`, with the pauses that still lie in it.
    run_from, running = begun_at, pauses
    if policy is Policy.RESTART and pauses:
        run_from, running = pauses[-1].end, []
    reached = run_from.date()
    if limit.is_office_time:
        counted_from = calendar.next_opening(run_from)
        due = _office_due(calendar, run_from, limit.office_time, running)
    else:
        counted_from = run_from
        due, reached = _wall_due(calendar, run_from, limit, running)
    lines: tuple[Line, ...] = ()
    if explain:
        course = Course(start_at, begun_at, run_from, due, reached, limit, pauses, running, opened)
        lines = (explain_office_term if limit.is_office_time else explain_wall_term)(calendar, course)
    return Reckoning(due, start_at, counted_from, limit, lines, bool(opened))


def _after_cutoff(calendar: WorkingCalendar, at: datetime, cutoff: time | None) -> datetime:
    return at if cutoff is None or at.time() < cutoff else calendar.opening_after(at)


def _office_due(
    calendar: WorkingCalendar, start: datetime, amount: timedelta, pauses: Sequence[Stretch]
) -> datetime:
    if not amount:
        return calendar.next_opening(start)
    at, left = start, amount
    for pause in taken(pauses, start):
        run = calendar.office_time_between(at, pause.begin)
        if run >= left:
            break
        at, left = pause.end, left - run
    return calendar.add_office_time(at, left)


def _wall_due(
    calendar: WorkingCalendar, start: datetime, limit: Limit, pauses: Sequence[Stretch]
) -> tuple[datetime, date]:
    """The due moment, and the resulting date before it was moved to an office day."""
    origin = start.date()
    reached = _added(origin, limit)
    due = _close_from(calendar, reached, start)
    for pause in taken(pauses, start):
        if pause.begin >= due and pause.begin > start:  # one in which the term starts always counts
            break
        origin += pause.end.date() - pause.begin.date()
        reached = _added(origin, limit)
        due = _close_from(calendar, reached, pause.end)
    return due, reached


def _close_from(calendar: WorkingCalendar, reached: date, not_before: datetime) -> datetime:
    """The close of the first office day on or after `reached` that is not before `not_before`."""
    day = calendar.first_office_day(max(reached, not_before.date()))
    due = calendar.close(day)
    return due if due >= not_before else calendar.close(calendar.first_office_day(day + timedelta(days=1)))


def _added(origin: date, limit: Limit) -> date:
    if limit.amount > (LAST_DAY - FIRST_DAY).days:
        raise MomentOutsideCalendar(first=FIRST_DAY.year, last=LAST_DAY.year)
    if limit.unit is LimitUnit.CALENDAR_DAY:
        return origin + timedelta(days=int(limit.amount.to_integral_value(ROUND_CEILING)))
    whole = int(limit.amount)
    reached = _months_after(origin, whole)
    part = (limit.amount - whole) * _DAYS_IN_PART_MONTH
    if not part:
        return reached
    days = int(part.to_integral_value(ROUND_CEILING))
    return min(reached + timedelta(days=days), _months_after(origin, whole + 1))


def _months_after(origin: date, months: int) -> date:
    years, month = divmod(origin.month - 1 + months, 12)
    year = origin.year + years
    if year > LAST_DAY.year:
        raise MomentOutsideCalendar(first=FIRST_DAY.year, last=LAST_DAY.year)
    return date(year, month + 1, min(origin.day, monthrange(year, month + 1)[1]))
