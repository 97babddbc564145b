"""What is said of terms."""

from enum import StrEnum


class Punctuality(StrEnum):
    """Local definition, by day (a result on the due day is on time whatever the hour)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Urgency(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    WAITING = "waiting"
