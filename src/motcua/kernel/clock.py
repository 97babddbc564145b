"""The only place that asks for the time.

Moments are stored in UTC and shown in the time of Việt Nam. Tests and replays freeze the clock instead of patching it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock of Việt Nam."""
    return moment.astimezone(LOCAL)


def today() -> date:
    """The calendar day in Việt Nam."""
    return local(now()).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block, for this thread of control only."""
    if at.tzinfo is None:
        raise ValueError("a frozen moment must carry its time zone")
    token = _frozen_at.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen_at.reset(token)


def daily(hour: int, minute: int) -> str:
    """The cron line of a moment that comes every day in local time; the queue reads its lines in UTC.

    The zone keeps no summer time, so that one line holds all the year.
    """
    moment = datetime(2026, 1, 1, hour, minute, tzinfo=LOCAL).astimezone(UTC)
    return f"{moment.minute} {moment.hour} * * *"
