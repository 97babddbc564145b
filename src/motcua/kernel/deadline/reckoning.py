"""The values that go into a reckoning and come out of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.kernel.calendar import Limit
from motcua.kernel.term_errors import PauseInvalid


class Policy(StrEnum):
    """What becomes of the term when a pause ends."""

    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stands still; `ended_at` is None while it is open. Refuses: PauseInvalid.

    `ground` is the legal ground, `form` the statutory form by which it was announced.
    """

    began_at: datetime
    ended_at: datetime | None
    ground: str = ""
    form: str = ""

    def __post_init__(self) -> None:
        # A naive moment compares with an aware one only once the zone is known: the engine does that.
        if self.ended_at is None or (self.began_at.tzinfo is None) != (self.ended_at.tzinfo is None):
            return
        if self.ended_at < self.began_at:
            raise PauseInvalid(given=f"{self.began_at.isoformat()}/{self.ended_at.isoformat()}")


class LineKind(StrEnum):
    """What a line of the explanation says."""

    CUTOFF = "cutoff"  # started at or after the cut-off
    OUTSIDE_HOURS = "outside_hours"  # started when the office was closed
    COUNTED = "counted"  # office time that counts
    SWAP_WORKED = "swap_worked"  # office time that counts, on a day worked by decision
    WEEKEND = "weekend"  # days on which the office never opens
    HOLIDAY = "holiday"  # a day off
    SWAP_OFF = "swap_off"  # a day off that is made up on another
    PAUSE = "pause"  # office time or days taken out
    RESTART = "restart"  # what ran before the restart no longer counts
    CALENDAR_TERM = "calendar_term"  # days or months on the wall calendar
    NOTICE = "notice"  # a year whose days off are not yet announced


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the explanation; `name` is Vietnamese, `name_en` English, `to_at` None for an open pause.

    `office_time` counts for the kinds COUNTED and SWAP_WORKED only; for PAUSE it was taken out, for RESTART
    it is void. `days` is what a pause takes from a term in calendar days or months, or how many days a
    stretch of days off has.
    """

    kind: LineKind
    from_at: datetime
    to_at: datetime | None
    office_time: timedelta = timedelta(0)
    name: str = ""
    source: str = ""
    name_en: str = ""
    days: int = 0

    @property
    def is_counted(self) -> bool:
        return self.kind in (LineKind.COUNTED, LineKind.SWAP_WORKED)

    @property
    def minutes(self) -> int | float:
        """Office time in minutes; whole unless moments with seconds came in."""
        minutes = self.office_time / timedelta(minutes=1)
        return int(minutes) if minutes.is_integer() else minutes


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer: when it is due, what it was counted from, and the lines that make it so.

    `counted_from` is the first moment that counts: after cut-off, opening hours and, if any, the restart. The
    counted lines of a term in hours or working days add up to exactly the limit. `explanation` is empty when
    not asked for.
    """

    due_at: datetime
    start_at: datetime
    counted_from: datetime
    limit: Limit
    explanation: tuple[Line, ...] = ()
    is_paused: bool = False

    @property
    def counted(self) -> timedelta:
        """The office time of all counted lines."""
        return sum((line.office_time for line in self.explanation if line.is_counted), timedelta(0))
