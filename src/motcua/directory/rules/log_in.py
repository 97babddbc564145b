"""How log-in slows down guessing, and how long a session lives. Numbers here, clocks and tables elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FREE_ATTEMPTS: Final = 5
#: One address trying many names: an office shares one address, so the limit is generous.
FREE_ATTEMPTS_PER_ADDRESS: Final = 50
FIRST_LOCK: Final = timedelta(seconds=30)
LONGEST_LOCK: Final = timedelta(hours=1)
#: Failures older than this are forgotten.
MEMORY: Final = timedelta(hours=24)


def lock_after(failures: int, *, free_attempts: int = FREE_ATTEMPTS) -> timedelta:
    """How long the door stays shut after this many failures in a row: nothing, then 30 s, doubling up to an
    hour.
    """
    over = failures - free_attempts
    if over < 0:
        return timedelta()
    doublings = min(over, 16)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


@dataclass(frozen=True, slots=True)
class SessionRule:
    """When a session ends: after ``idle`` without a request, and after ``longest`` whatever happens."""

    idle: timedelta
    longest: timedelta

    def has_ended(self, *, began_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
        return now - last_seen_at > self.idle or now - began_at > self.longest


OFFICER_SESSION: Final = SessionRule(idle=timedelta(minutes=60), longest=timedelta(hours=12))
CITIZEN_SESSION: Final = SessionRule(idle=timedelta(hours=2), longest=timedelta(hours=24))


def session_rule(*, is_officer: bool) -> SessionRule:
    """Officers see other people's papers at shared desks: their sessions are shorter."""
    return OFFICER_SESSION if is_officer else CITIZEN_SESSION
