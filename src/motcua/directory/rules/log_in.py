"""How long a session lives, and how long a password must be. Numbers here, clocks and tables elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: With a second factor beside it, and without one (Decree 331/2026/NĐ-CP, TCVN 14423:2026, level 3).
SHORTEST_PASSWORD: Final = 10
SHORTEST_ALONE: Final = 14
#: How long another administrator has to confirm what needs two people.
REQUEST_LASTS: Final = timedelta(days=3)


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
