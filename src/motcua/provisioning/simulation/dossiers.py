"""A province's year by the real rules: every dossier gets passages and due dates from the same clock as a real one.

Deterministic by seed and unit, so that units can be made in any order and in several processes.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from motcua.dossiers.words import MOVES, NATIONAL, Clock, MoveKey
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline import Pause, due_at
from motcua.oversight.rules.standing import Sighting, Traits
from motcua.provisioning.simulation.packs import Pack, Quota, UnitPlan
from motcua.provisioning.simulation.procedures import BY_CODE, PROCEDURES, SimulatedProcedure

_MONTHS: Final = (0.85, 0.65, 1.1, 1.0, 1.0, 1.05, 1.05, 1.05, 1.05, 1.1, 1.05, 1.05)  # Tết empties February
_WEEKDAYS: Final = (1.25, 1.05, 1.0, 0.95, 0.85, 0.35, 0.1)
_MINUTES: Final = [*range(7 * 60 + 30, 11 * 60 + 30), *range(13 * 60 + 30, 17 * 60)]


@dataclass(frozen=True)
class Days:
    """The working days on which dossiers come in, with how busy each is."""

    first: date
    last: date
    calendar: WorkingCalendar

    @cached_property
    def days(self) -> tuple[date, ...]:
        span = (self.last - self.first).days
        every = (self.first + timedelta(days=number) for number in range(span + 1))
        return tuple(day for day in every if self.calendar.is_working_day(day))

    @cached_property
    def sums(self) -> list[float]:
        return list(accumulate(_MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in self.days))

    def moment(self, chance: random.Random) -> datetime:
        """A moment in office hours of a day drawn by its weight."""
        place = bisect_right(self.sums, chance.random() * self.sums[-1])
        return _at(self.days[min(place, len(self.days) - 1)], chance.choice(_MINUTES), chance, self.calendar)


class Deed(NamedTuple):
    """One move of a life, by its key in the lifecycle of dossiers, and when."""

    move: MoveKey
    at: datetime


@dataclass(frozen=True, slots=True)
class SimulatedDossier:
    """One made-up dossier: its moves, the passages statistics see of them, its traits; `number` counts within the unit."""

    number: int
    deeds: tuple[Deed, ...]
    sightings: tuple[Sighting, ...]
    traits: Traits


#: From the last act of work to the end: when each step towards the result is done, as a share of that time.
_TOWARDS_THE_END: Final = (
    (MoveKey.SUBMIT_TO_LEADER, 0.7),
    (MoveKey.APPROVE, 0.82),
    (MoveKey.SIGN, 0.9),
    (MoveKey.NUMBER_AND_SEAL, 0.96),
)


@dataclass(slots=True)
class _Draft:
    received_at: datetime
    due_at: datetime
    procedure: SimulatedProcedure
    is_carried: bool
    pause: tuple[datetime, datetime] | None = None
    first_due_at: datetime | None = None


def simulate_unit(
    pack: Pack, plan: UnitPlan, calendar: WorkingCalendar, seed: int = 1
) -> Iterator[SimulatedDossier]:
    """All dossiers one unit handles in the period of its pack: exactly as many received, ended and in time as planned."""
    chance = random.Random(f"{pack.key}/{seed}/{plan.unit.code}")  # noqa: S311 - a repeatable simulation, not a secret
    drafts = _drafts(pack, plan, calendar, chance)
    ends = _ends(pack, plan, drafts, calendar, chance)
    marks = _marks(plan, drafts, ends)
    shares = _Shares(chance)
    for number, (draft, end) in enumerate(zip(drafts, ends, strict=True)):
        traits = _traits(pack, plan, draft, marks[number], shares)
        deeds = _deeds(draft, end, traits.channel, chance)
        yield SimulatedDossier(number, deeds, _sightings(plan.unit.code, draft, deeds), traits)


def _drafts(pack: Pack, plan: UnitPlan, calendar: WorkingCalendar, chance: random.Random) -> list[_Draft]:
    """Receptions with their due moments, the carried-over ones first, then by time."""
    period = pack.period
    closing = datetime.combine(period.last, time(0, 0), calendar.tz)
    slow = max(PROCEDURES[plan.unit.level], key=lambda one: one.limit.amount)
    asked = [BY_CODE[code] for code, count in plan.asked.items() for _ in range(count)]
    chance.shuffle(asked)
    # Carried over: asked so late before the period that they are not yet due when it begins.
    back = min(24, max(int(slow.limit.amount) - 2, 1))
    before = Days(period.first - timedelta(days=back + 4), period.first - timedelta(days=1), calendar)
    inside = Days(period.first, period.last, calendar)
    drafts = []
    for number in range(plan.carried + plan.received):
        is_carried = number < plan.carried
        procedure = slow if is_carried else asked[number - plan.carried]
        received_at = (before if is_carried else inside).moment(chance)
        draft = _draft(received_at, procedure, plan, calendar, chance, is_carried=is_carried)
        drafts.append(draft if draft.pause is None or draft.pause[1] < closing else _unpaused(draft))
    return sorted(drafts, key=lambda draft: (not draft.is_carried, draft.received_at))


def _draft(
    received_at: datetime,
    procedure: SimulatedProcedure,
    plan: UnitPlan,
    calendar: WorkingCalendar,
    chance: random.Random,
    *,
    is_carried: bool,
) -> _Draft:
    due = due_at(received_at, procedure.limit, calendar, explain=False).due_at
    draft = _Draft(received_at, due, procedure, is_carried)
    if not is_carried and procedure.limit.amount > 1 and chance.random() < plan.rates["supplement"]:
        began = received_at + (due - received_at) * chance.uniform(0.1, 0.4)
        ended = began + timedelta(days=chance.uniform(0.5, 6))
        ledger = (Pause(began, ended, "Bổ sung hồ sơ", "02"),)
        draft.pause, draft.first_due_at = (began, ended), due
        draft.due_at = due_at(received_at, procedure.limit, calendar, ledger, explain=False).due_at
    return draft


def _unpaused(draft: _Draft) -> _Draft:
    """Without a pause that would outlast the period."""
    return _Draft(draft.received_at, draft.first_due_at or draft.due_at, draft.procedure, draft.is_carried)


def _ends(
    pack: Pack, plan: UnitPlan, drafts: Sequence[_Draft], calendar: WorkingCalendar, chance: random.Random
) -> list[datetime | None]:
    """When each ends: the planned number inside the period, the planned number of those by their due day."""
    closing = datetime.combine(pack.period.last, time(17, 0), calendar.tz)
    opening = datetime.combine(pack.period.first, time(7, 30), calendar.tz)
    places = range(len(drafts))
    # Those that came last, or whose pause runs on, stay open.
    stays = sorted(places, key=lambda place: _earliest_end(drafts[place], opening), reverse=True)[
        : plan.still_open
    ]
    is_open = set(stays)
    ending = [place for place in places if place not in is_open]
    could_be_late = [place for place in ending if drafts[place].due_at.date() < pack.period.last]
    forced = [place for place in ending if drafts[place].due_at.date() < pack.period.first]
    late_wanted = plan.resolved - plan.in_time
    chosen = set(forced[:late_wanted])
    others = [place for place in could_be_late if place not in chosen]
    chosen |= set(chance.sample(others, min(late_wanted - len(chosen), len(others))))
    return [
        None if place in is_open else _end(drafts[place], place in chosen, opening, closing, calendar, chance)
        for place in places
    ]


def _earliest_end(draft: _Draft, opening: datetime) -> datetime:
    return max(draft.pause[1] if draft.pause else draft.received_at, opening)


def _end(
    draft: _Draft,
    is_late: bool,
    opening: datetime,
    closing: datetime,
    calendar: WorkingCalendar,
    chance: random.Random,
) -> datetime:
    """A moment on or before the due day, or on a later one, never after the close of the period."""
    earliest = _earliest_end(draft, opening)
    if is_late:
        first = max(earliest.date(), draft.due_at.date() + timedelta(days=1))
        slack = min(int(chance.expovariate(1 / 3)), (closing.date() - first).days)
        day = calendar.first_office_day(first + timedelta(days=max(slack, 0)))
        day = min(day, closing.date())
        return max(_at(day, chance.choice(_MINUTES), chance, calendar), earliest)
    latest = min(draft.due_at, closing)
    moment = earliest + (max(latest, earliest) - earliest) * chance.betavariate(2, 1.4)
    return max(min(calendar.next_opening(moment), latest), earliest)


class _Mark(NamedTuple):
    is_exempt: bool
    is_digitized: bool
    has_e_result: bool
    is_online: bool


def _marks(plan: UnitPlan, drafts: Sequence[_Draft], ends: Sequence[datetime | None]) -> list[_Mark]:
    """Who is exempt, digitized, answered electronically, online: exactly as many as planned, spread evenly.

    Digitization is counted on the dossiers received in the period and needs a result; an electronic result on the ended.
    """
    exempt = Quota(plan.exempt, plan.received)
    is_exempt = [not draft.is_carried and exempt.draw() for draft in drafts]
    may_be = [
        end is not None and not draft.is_carried and not free
        for draft, end, free in zip(drafts, ends, is_exempt, strict=True)
    ]
    digitized = Quota(min(plan.digitized, sum(may_be)), sum(may_be))
    e_results = Quota(plan.e_results, plan.resolved)
    online = {
        "full": Quota(plan.online_full, plan.offered("full")),
        "partial": Quota(plan.online_partial, plan.offered("partial")),
    }
    return [
        _Mark(
            free,
            candidate and digitized.draw(),
            end is not None and e_results.draw(),
            not draft.is_carried and online[draft.procedure.service].draw(),
        )
        for draft, free, candidate, end in zip(drafts, is_exempt, may_be, ends, strict=True)
    ]


@dataclass(slots=True)
class _Shares:
    """Shares of draws whose number is not known beforehand: right to one draw, beginning at a chance place."""

    chance: random.Random
    held: dict[str, float] = field(default_factory=dict)

    def hit(self, key: str, share: float) -> bool:
        level = self.held.get(key)
        level = (self.chance.random() if level is None else level) + share
        self.held[key] = level - 1 if level >= 1 else level
        return level >= 1


def _traits(pack: Pack, plan: UnitPlan, draft: _Draft, mark: _Mark, shares: _Shares) -> Traits:
    rates, unit, procedure = plan.rates, plan.unit, draft.procedure
    # Carried-over dossiers came in before the period; the shares published for the period are of those received in it.
    period = "before" if draft.is_carried else "in"
    channel = "online" if mark.is_online else "postal" if shares.hit("postal", rates["postal"]) else "counter"
    return Traits(
        province=pack.code,
        receiving=unit.code,
        procedure=procedure.code,
        channel=channel,
        level=unit.level,
        service=procedure.service,
        has_electronic_result=mark.has_e_result,
        # The others were signed on paper; where the dossier is digitized, what was signed has been scanned.
        has_result_file=mark.is_digitized and not mark.has_e_result,
        must_digitize=True,
        has_component_files=mark.is_digitized or mark.is_exempt,
        exemption="format" if mark.is_exempt else "",
        is_reusable=mark.is_digitized,
        is_reused=mark.is_digitized and shares.hit("reuse", rates["reuse"]),
        has_fee=procedure.has_fee,
        is_fee_paid=procedure.has_fee,
        is_fee_paid_online=procedure.has_fee and shares.hit(f"{period}/paid", rates["paid_online"]),
    )


def _deeds(draft: _Draft, end: datetime | None, channel: str, chance: random.Random) -> tuple[Deed, ...]:
    """The whole life, one act after the other."""
    received_at = draft.received_at
    if channel == "online":
        waited = timedelta(minutes=chance.expovariate(1 / 90))
        deeds = [Deed(MoveKey.SUBMIT, received_at - waited), Deed(MoveKey.RECEIVE, received_at)]
    else:
        deeds = [Deed(MoveKey.REGISTER, received_at)]
    next_at = draft.pause[0] if draft.pause is not None else end
    assigned_at = received_at + timedelta(minutes=chance.randrange(5, 60))
    if next_at is not None:
        assigned_at = min(assigned_at, received_at + (next_at - received_at) / 3)
    deeds.append(Deed(MoveKey.ASSIGN, assigned_at))
    if draft.pause is not None:
        deeds += (Deed(MoveKey.ASK_SUPPLEMENT, draft.pause[0]), Deed(MoveKey.SUPPLY, draft.pause[1]))
    if end is not None:
        began = deeds[-1].at
        deeds += (Deed(move, began + (end - began) * share) for move, share in _TOWARDS_THE_END)
        deeds.append(Deed(MoveKey.ISSUE, end))
        deeds.append(Deed(MoveKey.HAND_OVER, end + timedelta(hours=chance.expovariate(1 / 20))))
    return tuple(deeds)


def _sightings(place: str, draft: _Draft, deeds: Sequence[Deed]) -> tuple[Sighting, ...]:
    """What statistics see of the moves."""
    due = None
    seen = []
    for move, at in deeds:
        if MOVES[move].clock is Clock.START:
            due = draft.first_due_at or draft.due_at
        elif move is MoveKey.SUPPLY:
            due = draft.due_at
        seen.append(Sighting(at, _status_after(move), due, place, MOVES[move].ends_as))
    return tuple(seen)


def _status_after(move: MoveKey) -> int:
    """The national status after a move of these lives, each of which leads somewhere."""
    target = MOVES[move].target
    if target is None:
        raise ValueError(f"{move} leads nowhere")
    return int(NATIONAL[target])


def _at(day: date, minute: int, chance: random.Random, calendar: WorkingCalendar) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60, chance.randrange(60)), calendar.tz)
