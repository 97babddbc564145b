"""From one dossier to the cells it is counted in. Increment and rebuild both use this one function.

A cell is a day × receiving agency × competent agency × procedure × channel. What came in stands under the day of reception
and the competent agency at reception; what ended, under the day of the end and the agency that ended it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple

from motcua.oversight.rules.measures import CHANNELS, EXEMPTIONS, CountingDay, decided_by
from motcua.oversight.rules.standing import (
    Mark,
    Outcome,
    Phase,
    Standing,
    Traits,
    Verdict,
    local_day,
    steps_of,
)


class Cell(NamedTuple):
    """The key of one row of facts."""

    day: date
    province: str
    receiving: str
    competent: str
    procedure: str
    channel: str
    level: str


class Stock(NamedTuple):
    """In which stocks one dossier stands at the end of a day."""

    open: int
    paused: int
    overdue: int
    late_national: int


_NO_STOCK: Final = Stock(0, 0, 0, 0)
_ALIKE: Final = 8192  # kinds of receptions and of ends that are remembered

Counts = dict[str, int]
Deltas = dict[Cell, Counts]

#: Ended by the administration with nothing decided: stopped, or sent back to who is competent.
_WITHOUT_RESULT = frozenset({Outcome.STOPPED, Outcome.SENT_BACK})
_OPEN_VERDICTS = {Verdict.EARLY: "early", Verdict.ON_TIME: "on_time", Verdict.LATE: "late"}


def cells_of(standing: Standing) -> Deltas:
    """Every count one dossier contributes, as far as its passages go; days in the future hold what will fall due."""
    cells: Deltas = {}
    traits = standing.traits
    if standing.received_at is None:
        if standing.outcome is Outcome.REFUSED_AT_DOOR and standing.ended_at is not None:
            _add(cells, _cell(traits, local_day(standing.ended_at), standing.competent), "refused_at_door", 1)
        return cells
    first = standing.trail[0].competent
    _count_reception(cells[_open(cells, _cell(traits, local_day(standing.received_at), first))], standing)
    if standing.outcome is not Outcome.OPEN and standing.ended_at is not None:
        _count_end(
            cells[_open(cells, _cell(traits, local_day(standing.ended_at), standing.competent))], standing
        )
    if standing.handed_over_at is not None:
        _add(cells, _cell(traits, local_day(standing.handed_over_at), standing.competent), "handed_over", 1)
    _count_stocks(cells, standing)
    return {cell: kept for cell, counts in cells.items() if (kept := _nonzero(counts))}


def difference(new: Deltas, old: Deltas) -> Deltas:
    """What has to be added to a store that holds `old` so that it holds `new`."""
    result: Deltas = {cell: dict(counts) for cell, counts in new.items()}
    for cell, counts in old.items():
        target = result.setdefault(cell, {})
        for key, value in counts.items():
            target[key] = target.get(key, 0) - value
    return {cell: kept for cell, counts in result.items() if (kept := _nonzero(counts))}


def gather(into: Deltas, more: Mapping[Cell, Mapping[str, int]]) -> None:
    """Add `more` to `into`, in place."""
    for cell, counts in more.items():
        target = into.setdefault(cell, {})
        for key, value in counts.items():
            target[key] = target.get(key, 0) + value


def total(many: Iterable[Deltas]) -> Deltas:
    """The sum of many dossiers."""
    result: Deltas = {}
    for deltas in many:
        gather(result, deltas)
    return {cell: kept for cell, counts in result.items() if (kept := _nonzero(counts))}


def _cell(traits: Traits, day: date, competent: str) -> Cell:
    return Cell(
        day, traits.province, traits.receiving, competent, traits.procedure, traits.channel, traits.level
    )


def _open(cells: Deltas, cell: Cell) -> Cell:
    cells.setdefault(cell, {})
    return cell


def _add(cells: Deltas, cell: Cell, key: str, value: int) -> None:
    counts = cells.setdefault(cell, {})
    counts[key] = counts.get(key, 0) + value


def _nonzero(counts: Counts) -> Counts:
    return {key: value for key, value in counts.items() if value}


def _ones(**flags: bool) -> Counts:
    return {key: 1 for key, flag in flags.items() if flag}


def _merge(counts: Counts, more: Counts) -> None:
    if not counts:
        counts.update(more)
        return
    for key, value in more.items():
        counts[key] = counts.get(key, 0) + value


def _count_reception(counts: Counts, standing: Standing) -> None:
    is_resolved = standing.outcome is Outcome.RESOLVED
    _merge(counts, _reception_of(standing.traits, standing.is_accepted_late, is_resolved))


@lru_cache(maxsize=_ALIKE)
def _reception_of(traits: Traits, is_accepted_late: bool, is_resolved: bool) -> Counts:
    """What a reception counts; a province has few kinds of dossiers and many of each."""
    is_online = traits.channel == "online"
    decided = decided_by(traits, CountingDay.RECEPTION)
    return (
        {CHANNELS[traits.channel]: 1}
        | decided
        | _ones(
            received=True,
            received_online_full=is_online and traits.service == "full",
            received_online_partial=is_online and traits.service == "partial",
            of_online_full=traits.service == "full",
            of_online_partial=traits.service == "partial",
            accepted_late=is_accepted_late,
            fee_paid=traits.has_fee and traits.is_fee_paid,
            fee_paid_online=traits.has_fee and traits.is_fee_paid_online,
            **_digitization_of(traits, is_resolved=is_resolved),
        )
    )


def _digitization_of(traits: Traits, *, is_resolved: bool) -> dict[str, bool]:
    """Domain 8.7: a dossier is digitized when component file *and* result file are present; exempt ones are set apart."""
    if traits.exemption:
        return {EXEMPTIONS[traits.exemption]: True}
    if not traits.must_digitize:
        return {}
    has_file = traits.has_result_file or traits.has_electronic_result or not traits.has_written_result
    return {
        "to_digitize": True,
        "components_digitized": traits.has_component_files,
        "digitized": traits.has_component_files and is_resolved and has_file,
    }


def _count_end(counts: Counts, standing: Standing) -> None:
    end = _End(
        standing.outcome,
        standing.verdict,
        standing.is_in_time_national,
        standing.is_late_statutory,
        standing.is_refused_on_merits,
        standing.is_extended,
        min(standing.supplements, 2),
    )
    _merge(counts, _end_of(standing.traits, end))
    if standing.outcome is Outcome.RESOLVED:
        minutes = {"minutes_spent": standing.minutes_spent, "minutes_allowed": standing.minutes_allowed}
        _merge(counts, _nonzero(minutes))


class _End(NamedTuple):
    """How a dossier ended, as far as it is counted but for the minutes."""

    outcome: Outcome
    verdict: Verdict | None
    is_in_time_national: bool
    is_late_statutory: bool
    is_refused_on_merits: bool
    is_extended: bool
    supplements: int


@lru_cache(maxsize=_ALIKE)
def _end_of(traits: Traits, end: _End) -> Counts:
    counts = decided_by(traits, CountingDay.END) | _ones(resolved_in_time_national=end.is_in_time_national)
    if end.outcome is Outcome.WITHDRAWN:
        return counts | {"withdrawn": 1}
    if end.outcome in _WITHOUT_RESULT:
        return counts | {"stopped": 1}
    written = traits.has_written_result
    if end.verdict is not None:
        counts[_OPEN_VERDICTS[end.verdict]] = 1
    return counts | _ones(
        resolved=True,
        late_statutory=end.is_late_statutory,
        refused_on_merits=end.is_refused_on_merits,
        extended=end.is_extended,
        supplemented=end.supplements == 1,
        supplemented_again=end.supplements > 1,
        resolved_written=written,
        e_result=written and traits.has_electronic_result,
        result_shared=written and traits.is_result_shared,
        online_complete=traits.channel == "online" and (traits.has_electronic_result or not written),
    )


def _count_stocks(cells: Deltas, standing: Standing) -> None:
    before, before_at = _NO_STOCK, ""
    for day, mark in steps_of(standing.trail):
        after = _stock(mark, day)
        if before_at and before_at != mark.competent:
            _hand_over(cells, standing.traits, date.fromordinal(day), before_at, mark.competent, before)
            before = _NO_STOCK
        if after != before:
            cell = _cell(standing.traits, date.fromordinal(day), mark.competent)
            _merge(cells.setdefault(cell, {}), _change(before, after))
        before, before_at = after, mark.competent


def _hand_over(cells: Deltas, traits: Traits, day: date, giver: str, taker: str, stock: Stock) -> None:
    """An open dossier goes from one agency to another between two ends of day."""
    if stock == _NO_STOCK:
        return
    given = _cell(traits, day, giver)
    _merge(cells.setdefault(given, {}), _change(stock, _NO_STOCK))
    _add(cells, given, "given_over", 1)
    _add(cells, _cell(traits, day, taker), "taken_over", 1)


@cache
def _change(before: Stock, after: Stock) -> Counts:
    return {key: new - old for key, old, new in zip(Stock._fields, before, after, strict=True) if new != old}


def _stock(mark: Mark, day: int) -> Stock:
    if mark.phase is Phase.AWAY:
        return _NO_STOCK
    if mark.phase is not Phase.RUNNING:
        return Stock(1, 1, 0, int(mark.is_late_already))
    past = -1 if mark.due_day is None else day - mark.due_day
    return Stock(1, 0, int(past > 0), int(mark.is_late_already or past >= 0))


def state_at(standing: Standing, moment: datetime) -> Counts:
    """The stocks one dossier stands in at the end of the day of `moment`: the slow way, for tests and explanations."""
    day = local_day(moment).toordinal()
    held = [mark for mark in standing.trail if mark.day <= day]
    stock = _stock(held[-1], day) if held else _NO_STOCK
    return {key: int(count) for key, count in stock._asdict().items() if count}
