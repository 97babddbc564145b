"""Terms around the clock: extension, punctuality, urgency. The arithmetic itself is kernel.deadline."""

from datetime import date, datetime, timedelta

from motcua.dossiers.errors import ExtensionRefused, SupplementExhausted, SupplyDayWrong
from motcua.dossiers.words import Punctuality, Urgency

#: A day typed with a wrong year is not an appointment.
_FARTHEST = timedelta(days=2 * 366)


def punctuality(ended_on: date, due_on: date) -> Punctuality:
    if ended_on == due_on:
        return Punctuality.ON_TIME
    return Punctuality.EARLY if ended_on < due_on else Punctuality.LATE


def check_extension(
    *,
    now: datetime,
    due_at: datetime | None,
    new_due_at: datetime,
    extended: int,
    today: date,
    due_on: date | None,
) -> None:
    """Once, at least one day before the due date, and only to a later moment (Decree 61/2018 art. 19)."""
    if due_at is None or due_on is None:
        raise ExtensionRefused(why="hồ sơ không có hạn trả kết quả.")
    if extended:
        raise ExtensionRefused(why="đã hẹn lại một lần.")
    if today > due_on - timedelta(days=1):
        raise ExtensionRefused(why="phải báo trước hạn trả ít nhất một ngày.")
    if new_due_at <= due_at or new_due_at <= now:
        raise ExtensionRefused(why="ngày hẹn mới phải sau hạn hiện tại.")
    if new_due_at > now + _FARTHEST:
        raise ExtensionRefused(why="ngày hẹn mới quá xa.")


def check_supplement(*, asked: int, allowed: int) -> None:
    """Only as many requests as the procedure's rule allows (one, Decree 118/2025)."""
    if asked >= allowed:
        raise SupplementExhausted(count=asked)


def check_supply_day(wanted: date, today: date) -> None:
    """A day to come, and not so far that it was typed with a wrong year."""
    if not today < wanted <= today + _FARTHEST:
        raise SupplyDayWrong


def urgency(*, due_on: date | None, today: date, waiting: bool) -> Urgency:
    """The inbox's groups: overdue, due today, due within three days, later; waiting for the citizen or before receipt."""
    if waiting or due_on is None:
        return Urgency.WAITING
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    return Urgency.SOON if due_on <= today + timedelta(days=3) else Urgency.LATER
