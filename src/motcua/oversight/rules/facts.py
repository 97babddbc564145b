"""From one dossier to the cells it is counted in. Increment and rebuild both use this one function.

A cell is a day × receiving agency × competent agency × procedure × channel. What came in stands under the day of reception
and the competent agency at reception; what ended, under the day of the end and the agency that ended it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from motcua.oversight.rules.measures import CHANNELS, EXEMPTIONS
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


Counts = dict[str, int]
Deltas = dict[Cell, Counts]

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


def _raise(counts: Counts, **flags: int | bool) -> None:
    for key, value in flags.items():
        if value:
            counts[key] = counts.get(key, 0) + int(value)


def _count_reception(counts: Counts, standing: Standing) -> None:
    traits = standing.traits
    is_online = traits.channel == "online"
    _raise(
        counts,
        received=1,
        received_online_full=is_online and traits.service == "full",
        received_online_partial=is_online and traits.service == "partial",
        of_online_full=traits.service == "full",
        of_online_partial=traits.service == "partial",
        accepted_late=standing.is_accepted_late,
        with_fee=traits.has_fee,
        fee_paid=traits.has_fee and traits.is_fee_paid,
        fee_paid_online=traits.has_fee and traits.is_fee_paid_online,
        reusable=traits.is_reusable,
        reused=traits.is_reused,
        of_population=traits.is_population_connected,
        from_population=traits.uses_population,
    )
    _raise(counts, **{CHANNELS[traits.channel]: 1})
    _count_digitization(counts, standing)


def _count_digitization(counts: Counts, standing: Standing) -> None:
    """Domain 8.7: a dossier is digitized when component file *and* result file are present; exempt ones are set apart."""
    traits = standing.traits
    if traits.exemption:
        _raise(counts, **{EXEMPTIONS[traits.exemption]: 1})
        return
    if not traits.must_digitize:
        return
    has_file = traits.has_result_file or traits.has_electronic_result or not traits.has_written_result
    has_result = standing.outcome is Outcome.RESOLVED and has_file
    _raise(
        counts,
        to_digitize=1,
        components_digitized=traits.has_component_files,
        digitized=traits.has_component_files and has_result,
    )


def _count_end(counts: Counts, standing: Standing) -> None:
    _raise(counts, resolved_in_time_national=standing.is_in_time_national)
    if standing.outcome is Outcome.WITHDRAWN:
        _raise(counts, withdrawn=1)
    elif standing.outcome is Outcome.STOPPED:
        _raise(counts, stopped=1)
    else:
        _count_resolution(counts, standing)


def _count_resolution(counts: Counts, standing: Standing) -> None:
    traits = standing.traits
    written = traits.has_written_result
    _raise(
        counts,
        resolved=1,
        late_statutory=standing.is_late_statutory,
        refused_on_merits=standing.is_refused_on_merits,
        extended=standing.is_extended,
        supplemented=standing.supplements == 1,
        supplemented_again=standing.supplements > 1,
        minutes_spent=standing.minutes_spent,
        minutes_allowed=standing.minutes_allowed,
        resolved_written=written,
        e_result=written and traits.has_electronic_result,
        result_shared=written and traits.is_result_shared,
        online_complete=traits.channel == "online" and (traits.has_electronic_result or not written),
    )
    if standing.verdict is not None:
        _raise(counts, **{_OPEN_VERDICTS[standing.verdict]: 1})


def _count_stocks(cells: Deltas, standing: Standing) -> None:
    before: Counts = {}
    before_at = ""
    for day, mark in steps_of(standing.trail):
        after = _stock(mark, day)
        if before_at and before_at != mark.competent:
            _hand_over(cells, standing.traits, date.fromordinal(day), before_at, mark.competent, before)
            before = {}
        _shift(cells, _cell(standing.traits, date.fromordinal(day), mark.competent), before, after)
        before, before_at = after, mark.competent


def _hand_over(cells: Deltas, traits: Traits, day: date, giver: str, taker: str, stock: Counts) -> None:
    """An open dossier goes from one agency to another between two ends of day."""
    if not stock:
        return
    given = _cell(traits, day, giver)
    _shift(cells, given, stock, {})
    _add(cells, given, "given_over", 1)
    _add(cells, _cell(traits, day, taker), "taken_over", 1)


def _shift(cells: Deltas, cell: Cell, before: Counts, after: Counts) -> None:
    for key in before.keys() | after.keys():
        change = after.get(key, 0) - before.get(key, 0)
        if change:
            _add(cells, cell, key, change)


def _stock(mark: Mark, day: int) -> Counts:
    if mark.phase is Phase.AWAY:
        return {}
    stock: Counts = {"open": 1}
    is_running = mark.phase is Phase.RUNNING
    if not is_running:
        stock["paused"] = 1
    if is_running and mark.due_day is not None and day > mark.due_day:
        stock["overdue"] = 1
    is_past = is_running and mark.due_day is not None and day >= mark.due_day
    if mark.is_late_already or is_past:
        stock["late_national"] = 1
    return stock


def state_at(standing: Standing, moment: datetime) -> Counts:
    """The stocks one dossier stands in at the end of the day of `moment`: the slow way, for tests and explanations."""
    day = local_day(moment).toordinal()
    held = [mark for mark in standing.trail if mark.day <= day]
    return _stock(held[-1], day) if held else {}
