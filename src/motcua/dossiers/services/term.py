"""What a move does to the legal term and to the place on the process graph."""

from datetime import datetime
from decimal import Decimal

from motcua.catalogue.queries import VersionSnapshot
from motcua.catalogue.words import StepKind
from motcua.directory import queries as directory
from motcua.dossiers.models import ClockPause, Dossier
from motcua.dossiers.models.counters import next_received
from motcua.dossiers.queries.term import reckoning_for
from motcua.dossiers.rules.code import DossierCode, unit_code_on
from motcua.dossiers.rules.steps import last_of_stage, walk
from motcua.dossiers.words import ABANDONED, Clock, Move
from motcua.kernel import clock
from motcua.kernel.calendar import Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline import due_at


def adjust_term(
    dossier: Dossier,
    version: VersionSnapshot,
    move: Move,
    at: datetime,
    *,
    ground: str = "",
    new_due_at: datetime | None = None,
) -> None:
    """Start, pause, resume or stop the clock on the row in hand; a pause is a ledger line of its own."""
    match move.clock:
        case Clock.START:
            _start(dossier, version, at)
        case Clock.PAUSE:
            ClockPause.objects.create(dossier=dossier, began_at=at, ground=ground, form_code=move.form or "")
            dossier.pauses += 1
        case Clock.RESUME:
            _resume(dossier, version, at)
        case Clock.STOP:
            dossier.ended_at = at
            if dossier.pauses:
                ClockPause.objects.filter(dossier=dossier, ended_at=None).update(ended_at=at)
        case Clock.NONE:
            if new_due_at is not None:
                dossier.extended_due_at = dossier.due_at = new_due_at


def walk_steps(
    dossier: Dossier, version: VersionSnapshot, move: Move, at: datetime, *, lands_on: str | None = None
) -> None:
    """Carry the token and give the entered step its own due moment."""
    steps = version.process.steps
    if lands_on is not None:
        entered: str | None = lands_on
    else:
        entered = walk(steps, dossier.step_key or version.process.start, move).entered
    if dossier.state in ABANDONED:
        entered = None
    if (entered or "") == dossier.step_key:
        return
    dossier.step_key, dossier.step_entered_at, dossier.step_due_at = entered or "", at, None
    dossier.step_name = ""
    if entered:
        step = version.process.step(entered)
        dossier.step_name = step.name
        if step.days > 0:
            dossier.step_due_at = _within(directory.calendar_of(dossier.competent_id), at, step.days)


def step_of_stage(version: VersionSnapshot, stage: StepKind) -> str | None:
    """Where a dossier sent back lands."""
    return last_of_stage(version.process.steps, stage)


def _start(dossier: Dossier, version: VersionSnapshot, at: datetime) -> None:
    dossier.received_at = at
    reckoning = reckoning_for(dossier, version, explain=False)
    dossier.promised_due_at = dossier.due_at = reckoning.due_at if reckoning else None


def take_code(dossier: Dossier, at: datetime) -> None:
    """Give a dossier received at this moment its code and its place in the year's ledger. Whoever else receives in this
    unit today waits until this transaction ends: take it as late as you can.
    """
    day = clock.local(at).date()
    unit = directory.agency(dossier.receiving_id)
    code = unit_code_on(day, bottom_up=unit.code_qcvn or unit.code, top_down=unit.code)
    of_day, dossier.ledger_number = next_received(code, day, dossier.receiving_id)
    dossier.code = str(DossierCode(code, day, of_day))


def _resume(dossier: Dossier, version: VersionSnapshot, at: datetime) -> None:
    pause = ClockPause.objects.get(dossier=dossier, ended_at=None)
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    calendar = directory.calendar_of(dossier.competent_id)
    stood_still = calendar.office_time_between(pause.began_at, at)
    if dossier.extended_due_at is not None:
        # An extended term was fixed by hand: the pause moves it on by the office time it took.
        dossier.due_at = calendar.add_office_time(dossier.extended_due_at, stood_still)
        dossier.extended_due_at = dossier.due_at
    else:
        reckoning = reckoning_for(dossier, version, explain=False)
        dossier.due_at = reckoning.due_at if reckoning else None
    if dossier.step_due_at is not None:
        dossier.step_due_at = calendar.add_office_time(dossier.step_due_at, stood_still)


def _within(calendar: WorkingCalendar, at: datetime, days: Decimal) -> datetime:
    return due_at(at, Limit(days, LimitUnit.WORKING_DAY), calendar, explain=False).due_at
