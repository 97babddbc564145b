"""The lines that make up a due moment: every office interval counted, every day that was not, every pause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.kernel.calendar import DayNote, Limit, WorkingCalendar
from motcua.kernel.deadline.ledger import Stretch, taken
from motcua.kernel.deadline.reckoning import Line, LineKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """What the engine went through: the same values, by name, for the two narrators below."""

    start_at: datetime
    begun_at: datetime  # after the cut-off
    run_from: datetime  # after the restart, if any
    due_at: datetime
    reached: date  # resulting date of a term in days or months, before it was moved to an office day
    limit: Limit
    pauses: Sequence[Stretch]  # all that end after begun_at
    running: Sequence[Stretch]  # those that matter from run_from on
    opened: Sequence[Stretch]


def explain_office_term(calendar: WorkingCalendar, course: Course) -> tuple[Line, ...]:
    """Lines of a term in hours or working days; the counted ones add up to the limit exactly."""
    counted_from = calendar.next_opening(course.run_from)
    lines = [*_before_the_run(calendar, course)]
    if counted_from != course.run_from:
        lines.append(
            Line(
                LineKind.OUTSIDE_HOURS,
                course.run_from,
                counted_from,
                name="Ngoài giờ làm việc, tính từ giờ mở cửa kế tiếp",
                name_en="Outside office hours, counted from the next opening",
            )
        )
    effective = [pause for pause in taken(course.running, course.run_from) if pause.begin < course.due_at]
    told = [
        *_days_closed(calendar, course.run_from.date(), course.due_at.date()),
        *_counted(calendar, course.run_from, course.due_at, effective),
        *(_pause(pause, office_time=_office(calendar, pause)) for pause in effective),
    ]
    if counted_from == course.due_at:  # nothing to count
        told = []
    lines += sorted(told, key=lambda line: line.from_at)
    return (*lines, *_after_the_run(calendar, course))


def explain_wall_term(calendar: WorkingCalendar, course: Course) -> tuple[Line, ...]:
    """Lines of a term in calendar days or months: the resulting date, and what moved it to an office day."""
    zone = calendar.tz
    began_before = max(course.due_at, course.run_from + timedelta.resolution)
    effective = [pause for pause in taken(course.running, course.run_from) if pause.begin < began_before]
    lines = [*_before_the_run(calendar, course)]
    lines += [_pause(pause, days=(pause.end.date() - pause.begin.date()).days) for pause in effective]
    lines.append(
        Line(
            LineKind.CALENDAR_TERM,
            course.run_from,
            datetime.combine(course.reached, time.max, zone).replace(microsecond=0),
            name="Tính theo ngày trên lịch, kể cả ngày nghỉ",
            name_en="Counted on the wall calendar, days off included",
            days=(course.reached - course.run_from.date()).days,
        )
    )
    lines += _days_closed(calendar, course.reached, course.due_at.date() - _DAY)
    return (*lines, *_after_the_run(calendar, course))


def _before_the_run(calendar: WorkingCalendar, course: Course) -> Iterator[Line]:
    if course.begun_at != course.start_at:
        yield Line(
            LineKind.CUTOFF,
            course.start_at,
            course.begun_at,
            name="Sau giờ chốt, tính từ giờ mở cửa ngày làm việc kế tiếp",
            name_en="After the cut-off, counted from the opening of the next office day",
        )
    if course.running or not course.pauses:
        return
    void = calendar.office_time_between(course.begun_at, course.run_from)
    for pause in taken(course.pauses, course.begun_at):
        yield _pause(pause, office_time=_office(calendar, pause))
        void -= _office(calendar, pause)
    yield Line(
        LineKind.RESTART,
        course.begun_at,
        course.run_from,
        office_time=max(void, timedelta(0)),
        name="Thời hạn tính lại từ đầu sau khi tạm dừng",
        name_en="The full term runs again after the pause",
    )


def _after_the_run(calendar: WorkingCalendar, course: Course) -> Iterator[Line]:
    for pause in course.opened:
        yield Line(
            LineKind.PAUSE,
            pause.begin,
            None,
            name=pause.ground or "Đang tạm dừng",
            source=pause.form,
            name_en=pause.ground or "Paused",
        )
    decided = calendar.decided_through
    if decided is None:
        return
    for year in range(max(course.begun_at.year, decided + 1), course.due_at.year + 1):
        yield Line(
            LineKind.NOTICE,
            max(course.begun_at, datetime(year, 1, 1, tzinfo=calendar.tz)),
            min(course.due_at, datetime(year, 12, 31, 23, 59, 59, tzinfo=calendar.tz)),
            name=f"Ngày nghỉ năm {year} được tính theo luật và âm lịch; chưa có thông báo chính thức",
            source="Bộ luật Lao động 2019, điều 112",
            name_en=f"Days off in {year} come from the law and the lunar calendar; not yet announced",
        )


def _counted(
    calendar: WorkingCalendar, start: datetime, due: datetime, pauses: Sequence[Stretch]
) -> Iterator[Line]:
    day = start.date()
    while day <= due.date():
        note = calendar.days_worked.get(day)
        for opens, closes in calendar.hours_on(day):
            begin = max(start, datetime.combine(day, opens, calendar.tz))
            end = min(due, datetime.combine(day, closes, calendar.tz))
            for from_at, to_at in _without(begin, end, pauses):
                yield _counted_line(from_at, to_at, note)
        day += _DAY


def _counted_line(from_at: datetime, to_at: datetime, note: DayNote | None) -> Line:
    if note is None:
        return Line(
            LineKind.COUNTED, from_at, to_at, to_at - from_at, name="Giờ làm việc", name_en="Office hours"
        )
    return Line(
        LineKind.SWAP_WORKED,
        from_at,
        to_at,
        to_at - from_at,
        note.name,
        note.source,
        note.name_en or note.name,
    )


def _without(
    begin: datetime, end: datetime, pauses: Sequence[Stretch]
) -> Iterator[tuple[datetime, datetime]]:
    for pause in pauses:
        if pause.end <= begin:
            continue
        if pause.begin >= end:
            break
        if pause.begin > begin:
            yield begin, pause.begin
        begin = pause.end
    if begin < end:
        yield begin, end


def _days_closed(calendar: WorkingCalendar, first: date, last: date) -> Iterator[Line]:
    """Days off one by one, days of weekly rest by the run."""
    rest_began: date | None = None
    day = first
    while day <= last + _DAY:
        is_open = day > last or calendar.is_working_day(day)
        note = None if is_open else calendar.days_off.get(day)
        if rest_began is not None and (is_open or note is not None):
            yield _closed(
                calendar, LineKind.WEEKEND, rest_began, day, "Ngày nghỉ hằng tuần", "", "Weekly rest"
            )
            rest_began = None
        if note is not None:
            kind = LineKind.HOLIDAY if note.stands_for is None else LineKind.SWAP_OFF
            yield _closed(calendar, kind, day, day + _DAY, note.name, note.source, note.name_en or note.name)
        elif not is_open and rest_began is None:
            rest_began = day
        day += _DAY


def _closed(
    calendar: WorkingCalendar, kind: LineKind, first: date, after: date, name: str, source: str, name_en: str
) -> Line:
    return Line(
        kind,
        datetime.combine(first, time.min, calendar.tz),
        datetime.combine(after, time.min, calendar.tz),
        name=name,
        source=source,
        name_en=name_en,
        days=(after - first).days,
    )


def _pause(pause: Stretch, *, office_time: timedelta = timedelta(0), days: int = 0) -> Line:
    return Line(
        LineKind.PAUSE,
        pause.begin,
        pause.end,
        office_time=office_time,
        name=pause.ground or "Tạm dừng",
        source=pause.form,
        name_en=pause.ground or "Paused",
        days=days,
    )


def _office(calendar: WorkingCalendar, pause: Stretch) -> timedelta:
    return calendar.office_time_between(pause.begin, pause.end)
