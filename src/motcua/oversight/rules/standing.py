"""How one dossier stands for the statistics: a pure function of its passages and traits.

The national status (`dossiers.words.National`) is taken as it is, and a dossier ends as the move that ended it says
(`Move.ends_as`). A pause is never turned into an end to make a figure look better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple, Protocol

from motcua.dossiers.words import NATIONAL_FACTS, Ending, Mood, National

LOCAL: Final = timezone(timedelta(hours=7))  # Việt Nam has had one fixed offset since 1975
ACCEPTANCE_LIMIT: Final = timedelta(hours=8)  # one working day to accept an online dossier; customary

RECEIVED: Final = int(National.RECEIVED)
NOT_RECEIVED: Final = int(National.NOT_RECEIVED)
PROCESSING: Final = int(National.PROCESSING)
SUPPLEMENT: Final = int(National.SUPPLEMENT)
PROCESSED: Final = int(National.PROCESSED)
RETURNED: Final = int(National.RETURNED)
_WITHDRAWN: Final = int(National.WITHDRAWN)
_PAUSES: Final = frozenset(int(status) for status, facts in NATIONAL_FACTS.items() if facts.stands_still)
#: Statuses that leave an open request for more open: the request is the end, if this is one.
_LEAVES_OPEN: Final = frozenset(
    {int(status) for status, facts in NATIONAL_FACTS.items() if facts.mood is Mood.WITHOUT_RESULT}
)


class OfficeTime(Protocol):
    """What the rules need of a working calendar."""

    def office_time_between(self, start: datetime, end: datetime) -> timedelta: ...


class Outcome(StrEnum):
    """Where the dossier is for the report."""

    NOT_RECEIVED = "not_received"
    REFUSED_AT_DOOR = "refused_at_door"
    OPEN = "open"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    SENT_BACK = "sent_back"


class Verdict(StrEnum):
    """The local definition, by date (not by hour)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Phase(IntEnum):
    """What the dossier is doing at the end of a day."""

    AWAY = 0
    RUNNING = 1
    PAUSED = 2


class Sighting(NamedTuple):
    """One passage as oversight sees it. `due_at` is the due moment after it; `competent` the agency in charge after it."""

    at: datetime
    status: int
    due_at: datetime | None
    competent: str
    ending: Ending | None = None
    is_extension: bool = False
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class Traits:
    """What does not follow from the passages: who, which procedure, by which channel, papers, money."""

    province: str
    receiving: str
    procedure: str
    channel: str
    level: str = "commune"
    service: str = ""  # "full", "partial" or "" (information only)
    has_written_result: bool = True
    has_electronic_result: bool = False
    has_result_file: bool = False
    is_result_shared: bool = False
    must_digitize: bool = False
    has_component_files: bool = False
    exemption: str = ""
    is_reusable: bool = False
    is_reused: bool = False
    is_population_connected: bool = False
    uses_population: bool = False
    has_fee: bool = False
    is_fee_paid: bool = False
    is_fee_paid_online: bool = False
    longest_limit_minutes: int | None = None


class Mark(NamedTuple):
    """The state at the end of `day` (ordinal) and of the days after it until the next mark."""

    day: int
    phase: Phase
    due_day: int | None
    competent: str
    is_late_already: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One dossier counted. `trail` is all that the stocks need; the rest is what the flows and the lists need."""

    traits: Traits
    outcome: Outcome
    competent: str
    received_at: datetime | None = None
    due_at: datetime | None = None
    statutory_due_at: datetime | None = None
    ended_at: datetime | None = None
    handed_over_at: datetime | None = None
    verdict: Verdict | None = None
    is_late_statutory: bool = False
    is_in_time_national: bool = False
    is_refused_on_merits: bool = False
    is_accepted_late: bool = False
    is_extended: bool = False
    supplements: int = 0
    minutes_spent: int = 0
    minutes_allowed: int = 0
    trail: tuple[Mark, ...] = field(default=())


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in Việt Nam."""
    return moment.astimezone(LOCAL).date()


def verdict_of(ended_at: datetime, due_at: datetime | None) -> Verdict:
    """Early `end < due`, on time `end = due`, late `end > due`, by calendar day; without a due date, on time."""
    if due_at is None:
        return Verdict.ON_TIME
    ended_on, due_on = local_day(ended_at), local_day(due_at)
    if ended_on == due_on:
        return Verdict.ON_TIME
    return Verdict.EARLY if ended_on < due_on else Verdict.LATE


def standing_of(
    sightings: Sequence[Sighting], traits: Traits, calendar: OfficeTime | None = None
) -> Standing:
    """Count one dossier from its passages so far, in order. Without a calendar no minutes are counted.

    A correction after the end (a reopened result) does not take the end back: the first end counts, as it was given.
    """
    reading = _Reading(traits)
    before: Sighting | None = None
    for sighting in sightings:
        # Most passages are further steps of the same work, and say nothing that is counted.
        if sighting.status != PROCESSING or before is None or not _goes_on(before, sighting):
            reading.see(sighting)
            before = sighting
    return reading.close(calendar)


def _goes_on(before: Sighting, sighting: Sighting) -> bool:
    """Work as before: the same status, due moment and agency, and nothing else to note."""
    return (
        before.status == sighting.status
        and before.due_at == sighting.due_at
        and before.competent == sighting.competent
        and not (sighting.ending or sighting.is_extension or sighting.is_refusal)
    )


@dataclass(slots=True)
class _Reading:
    """The fold over the passages."""

    traits: Traits
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    refused_at: datetime | None = None
    ended_at: datetime | None = None
    handed_over_at: datetime | None = None
    outcome: Outcome = Outcome.NOT_RECEIVED
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    statutory_due_at: datetime | None = None
    is_extended: bool = False
    is_refused: bool = False
    supplements: int = 0
    paused_at: datetime | None = None
    is_supplement_open: bool = False
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    competent: str = ""
    days: dict[int, Mark] = field(default_factory=dict)
    due_seen: datetime | None = None
    due_day: int | None = None

    def see(self, sighting: Sighting) -> None:
        if self.ended_at is not None:
            if (
                sighting.status == RETURNED
                and self.outcome is Outcome.RESOLVED
                and self.handed_over_at is None
            ):
                self.handed_over_at = sighting.at
            return
        self.is_refused = self.is_refused or (sighting.is_refusal and self.received_at is not None)
        self._note_dates(sighting)
        self._note_pause(sighting)
        self._note_outcome(sighting)
        self.competent = sighting.competent
        if self.received_at is not None:
            self._mark(sighting)

    def _note_dates(self, sighting: Sighting) -> None:
        if self.submitted_at is None:
            self.submitted_at = sighting.at
        if sighting.status == RECEIVED and self.received_at is None:
            self.received_at = sighting.at
            self.outcome = Outcome.OPEN
        if sighting.is_extension and not self.is_extended:
            self.is_extended = True
            self.statutory_due_at = self.due_at
        if sighting.due_at is not None:
            self.due_at = sighting.due_at
            if self.first_due_at is None:
                self.first_due_at = sighting.due_at

    def _note_pause(self, sighting: Sighting) -> None:
        is_pause = sighting.status in _PAUSES and sighting.ending is None
        if sighting.status == SUPPLEMENT and not self.is_supplement_open:
            self.supplements += 1
        self.is_supplement_open = sighting.status == SUPPLEMENT or (
            self.is_supplement_open and sighting.status in _LEAVES_OPEN
        )
        if is_pause and self.paused_at is None:
            self.paused_at = sighting.at
        elif not is_pause and self.paused_at is not None and sighting.status not in _LEAVES_OPEN:
            self.pauses.append((self.paused_at, sighting.at))
            self.paused_at = None

    def _note_outcome(self, sighting: Sighting) -> None:
        if self.received_at is None:
            if sighting.status == NOT_RECEIVED:
                self.outcome, self.refused_at = Outcome.REFUSED_AT_DOOR, sighting.at
            elif sighting.status == _WITHDRAWN:
                self.outcome = Outcome.NOT_RECEIVED
            return
        if sighting.ending is not None:
            self.outcome, self.ended_at = ENDS[sighting.ending], sighting.at
            if sighting.status == RETURNED:
                self.handed_over_at = sighting.at

    def _mark(self, sighting: Sighting) -> None:
        day = local_day(sighting.at).toordinal()
        if self.ended_at is not None:
            phase = Phase.AWAY
        else:
            phase = Phase.PAUSED if self.paused_at is not None else Phase.RUNNING
        late_at_pause = (
            self.paused_at is not None and self.due_at is not None and self.paused_at > self.due_at
        )
        is_late = late_at_pause or self.supplements > 1
        self.days[day] = Mark(day, phase, self._due_day(), self.competent, is_late)

    def _due_day(self) -> int | None:
        """The day of the due moment, which rarely moves."""
        if self.due_at is not self.due_seen:
            self.due_seen = self.due_at
            self.due_day = local_day(self.due_at).toordinal() if self.due_at is not None else None
        return self.due_day

    def close(self, calendar: OfficeTime | None) -> Standing:
        ended, received = self.ended_at, self.received_at
        # An end out of an open supplement: the request is the end (national definition).
        effective = (
            self.paused_at if ended is not None and self.is_supplement_open and self.paused_at else ended
        )
        spent, allowed = self._minutes(calendar, effective)
        statutory = self.statutory_due_at or self.due_at
        return Standing(
            traits=self.traits,
            outcome=self.outcome,
            competent=self.competent,
            received_at=received,
            due_at=self.due_at,
            statutory_due_at=statutory,
            ended_at=ended or (self.refused_at if self.outcome is Outcome.REFUSED_AT_DOOR else None),
            handed_over_at=self.handed_over_at,
            verdict=verdict_of(ended, self.due_at) if ended and self.outcome is Outcome.RESOLVED else None,
            is_late_statutory=bool(ended) and self.outcome is Outcome.RESOLVED and _is_late(ended, statutory),
            is_in_time_national=(
                effective is not None
                and self.outcome is not Outcome.SENT_BACK
                and self._in_time_national(effective, spent)
            ),
            is_refused_on_merits=self.is_refused,
            is_accepted_late=self._accepted_late(calendar),
            is_extended=self.is_extended,
            supplements=self.supplements,
            minutes_spent=spent,
            minutes_allowed=allowed,
            trail=tuple(self.days[day] for day in sorted(self.days)),
        )

    def _in_time_national(self, ended_at: datetime, spent: int) -> bool:
        if self.supplements > 1:
            return False
        if self.due_at is None:
            limit = self.traits.longest_limit_minutes
            return limit is None or spent <= limit
        return ended_at <= self.due_at

    def _minutes(self, calendar: OfficeTime | None, ended_at: datetime | None) -> tuple[int, int]:
        if calendar is None or ended_at is None or self.received_at is None:
            return 0, 0
        spent = calendar.office_time_between(self.received_at, ended_at)
        for begin, end in self.pauses:
            spent -= calendar.office_time_between(begin, end)
        if self.paused_at is not None and self.paused_at < ended_at:
            spent -= calendar.office_time_between(self.paused_at, ended_at)
        allowed = timedelta(0)
        if self.first_due_at is not None:
            allowed = calendar.office_time_between(self.received_at, self.first_due_at)
        return max(int(spent.total_seconds() // 60), 0), int(allowed.total_seconds() // 60)

    def _accepted_late(self, calendar: OfficeTime | None) -> bool:
        if (
            calendar is None
            or self.traits.channel != "online"
            or not self.submitted_at
            or not self.received_at
        ):
            return False
        return calendar.office_time_between(self.submitted_at, self.received_at) > ACCEPTANCE_LIMIT


def _is_late(ended_at: datetime | None, due_at: datetime | None) -> bool:
    return ended_at is not None and verdict_of(ended_at, due_at) is Verdict.LATE


#: What each ending is once the dossier was received: refused later than at the door, or taken in by mistake, it was sent back,
#: and never resolved.
ENDS: Final = {
    Ending.RESOLVED: Outcome.RESOLVED,
    Ending.REFUSED_AT_DOOR: Outcome.SENT_BACK,
    Ending.SENT_BACK: Outcome.SENT_BACK,
    Ending.WITHDRAWN: Outcome.WITHDRAWN,
    Ending.STOPPED: Outcome.STOPPED,
    Ending.MISTAKEN: Outcome.SENT_BACK,
}


def steps_of(trail: Iterable[Mark]) -> Iterator[tuple[int, Mark]]:
    """The days on which a stock can change: each mark, and the due day and the day after it while the clock runs."""
    marks = list(trail)
    for place, mark in enumerate(marks):
        yield mark.day, mark
        if mark.phase is not Phase.RUNNING or mark.due_day is None:
            continue
        until = marks[place + 1].day if place + 1 < len(marks) else None
        for day in (mark.due_day, mark.due_day + 1):
            if mark.day < day and (until is None or day < until):
                yield day, mark
