"""One dossier's cells: the identity of the report, increments against rebuild, stocks against the slow way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.words import Ending
from motcua.oversight.rules.facts import Cell, Counts, cells_of, difference, gather, state_at, total
from motcua.oversight.rules.measures import KEYS, cell_is_balanced
from motcua.oversight.rules.standing import Outcome, Sighting, Traits, Verdict, standing_of

TRAITS = Traits(province="H99", receiving="H99.11", procedure="1.001193", channel="counter")


class EightToFour:
    """A calendar that counts 09:00–17:00 local time on every day: enough to see minutes."""

    def office_time_between(self, start: datetime, end: datetime) -> timedelta:
        spent, day = timedelta(0), start.date()
        while day <= end.date():
            opening = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
            low, high = max(start, opening), min(end, opening + timedelta(hours=8))
            spent += max(high - low, timedelta(0))
            day += timedelta(days=1)
        return spent


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def see(
    day: int,
    status: int,
    due: int | None = None,
    *,
    hour: int = 3,
    competent: str = "H99.11",
    is_final: bool = False,
    **more: bool,
) -> Sighting:
    """A passage whose move ended the dossier where its status alone says so, or `is_final` does."""
    ending = _ENDINGS.get(status) if status != 8 or is_final else None
    return Sighting(at(day, hour), status, at(due, 9) if due else None, competent, ending, **more)


_ENDINGS = {
    3: Ending.REFUSED_AT_DOOR,
    7: Ending.WITHDRAWN,
    8: Ending.STOPPED,
    9: Ending.RESOLVED,
    10: Ending.RESOLVED,
}


@pytest.mark.parametrize("ending", [Ending.SENT_BACK, Ending.REFUSED_AT_DOOR, Ending.MISTAKEN])
def test_what_was_sent_back_after_reception_was_never_resolved_in_time(ending: Ending) -> None:
    """Another authority's dossier, returned on the first day: no figure of punctuality gains from it."""
    sent_back = see(2, 3, 5)._replace(ending=ending)
    counts = summed(cells_of(standing_of([see(1, 2, 5), sent_back], TRAITS, EightToFour())))
    assert (counts["resolved"], counts["early"], counts["resolved_in_time_national"]) == (0, 0, 0)
    assert (counts["received"], counts["stopped"], counts["open"]) == (1, 1, 0)
    assert (counts["minutes_spent"], counts["minutes_allowed"]) == (0, 0)


def summed(cells: dict[Cell, Counts], until: int | None = None) -> Counts:
    result = dict.fromkeys(KEYS, 0)
    for cell, counts in cells.items():
        if until is None or cell.day <= date(2026, 3, 1) + timedelta(days=until - 1):
            for key, value in counts.items():
                result[key] += value
    return result


@pytest.mark.parametrize(
    ("end", "verdict", "key"),
    [(4, Verdict.EARLY, "early"), (5, Verdict.ON_TIME, "on_time"), (6, Verdict.LATE, "late")],
)
def test_the_local_verdict_is_by_date(end: int, verdict: Verdict, key: str) -> None:
    standing = standing_of([see(1, 2, 5), see(1, 4, 5, hour=4), see(end, 9, 5, hour=10)], TRAITS)
    assert standing.verdict is verdict
    counts = summed(cells_of(standing))
    assert (counts["resolved"], counts[key], counts["early"] + counts["on_time"] + counts["late"]) == (
        1,
        1,
        1,
    )


def test_an_hour_late_on_the_due_day_is_on_time_locally_and_late_nationally() -> None:
    standing = standing_of([see(1, 2, 5), see(5, 9, 5, hour=10)], TRAITS)  # due at 09:00 UTC, ended at 10:00
    counts = summed(cells_of(standing))
    assert counts["on_time"] == 1
    assert counts["resolved_in_time_national"] == 0


def test_more_than_one_supplement_is_late_nationally_even_when_ended_early() -> None:
    once = [see(1, 2, 9), see(2, 5, 9), see(3, 4, 10)]
    twice = [*once, see(4, 5, 10), see(5, 4, 11)]
    assert standing_of([*once, see(6, 9, 11)], TRAITS).is_in_time_national
    standing = standing_of([*twice, see(6, 9, 11)], TRAITS)
    assert standing.verdict is Verdict.EARLY
    assert not standing.is_in_time_national
    assert summed(cells_of(standing))["supplemented_again"] == 1


def test_withdrawn_out_of_an_open_supplement_ends_with_the_request() -> None:
    standing = standing_of([see(1, 2, 5), see(4, 5, 5), see(20, 7, 5)], TRAITS)
    assert standing.outcome is Outcome.WITHDRAWN
    assert standing.is_in_time_national
    counts = summed(cells_of(standing))
    assert (counts["withdrawn"], counts["resolved"], counts["open"]) == (1, 0, 0)


def test_refused_at_the_door_is_not_received() -> None:
    counts = summed(cells_of(standing_of([see(1, 1), see(2, 3)], TRAITS)))
    assert (counts["received"], counts["refused_at_door"], counts["open"]) == (0, 1, 0)


def test_a_paused_dossier_is_never_counted_as_done() -> None:
    counts = summed(cells_of(standing_of([see(1, 2, 5), see(2, 5, 5)], TRAITS)))
    assert (counts["resolved"], counts["paused"], counts["open"], counts["overdue"]) == (0, 1, 1, 0)


def test_overdue_needs_no_nightly_job_it_falls_due_by_itself() -> None:
    cells = cells_of(standing_of([see(1, 2, 5)], TRAITS))
    assert [summed(cells, until=day)["overdue"] for day in (4, 5, 6, 30)] == [0, 0, 1, 1]
    assert [summed(cells, until=day)["late_national"] for day in (4, 5, 6)] == [0, 1, 1]


def test_solving_an_overdue_dossier_takes_it_from_the_overdue() -> None:
    cells = cells_of(standing_of([see(1, 2, 5), see(9, 9, 5)], TRAITS))
    assert [summed(cells, until=day)["overdue"] for day in (5, 8, 9)] == [0, 1, 0]


def test_an_extension_keeps_the_statutory_verdict() -> None:
    passages = [see(1, 2, 5), see(4, 4, 9, is_extension=True), see(8, 9, 9)]
    counts = summed(cells_of(standing_of(passages, TRAITS)))
    assert (counts["early"], counts["late_statutory"], counts["extended"]) == (1, 1, 1)


def test_minutes_leave_out_the_pause() -> None:
    passages = [see(1, 2, 3, hour=2), see(1, 5, 3, hour=4), see(2, 4, 4, hour=4), see(2, 9, 4, hour=6)]
    standing = standing_of(passages, TRAITS, EightToFour())
    assert standing.minutes_spent == 4 * 60
    assert standing.minutes_allowed == (8 + 8 + 7) * 60


def test_late_acceptance_is_counted_from_the_submission() -> None:
    online = Traits(
        province="H99", receiving="H99.11", procedure="1.001193", channel="online", service="full"
    )
    late = standing_of([see(1, 1, hour=2), see(2, 2, 5, hour=3)], online, EightToFour())
    swift = standing_of([see(1, 1, hour=2), see(2, 2, 5, hour=2)], online, EightToFour())
    assert (late.is_accepted_late, swift.is_accepted_late) == (True, False)
    assert summed(cells_of(late))["received_online_full"] == 1


def test_a_hand_over_moves_the_stock_and_counts_the_dossier_once() -> None:
    cells = cells_of(
        standing_of(
            [see(1, 2, 5), see(7, 4, 5, competent="H99.12"), see(9, 9, 5, competent="H99.12")], TRAITS
        )
    )
    giver = {cell: counts for cell, counts in cells.items() if cell.competent == "H99.11"}
    taker = {cell: counts for cell, counts in cells.items() if cell.competent == "H99.12"}
    assert summed(giver)["given_over"] == summed(taker)["taken_over"] == 1
    assert [summed(giver, until=d)["overdue"] for d in (6, 7)] == [1, 0]
    assert [summed(taker, until=d)["overdue"] for d in (6, 7, 9)] == [0, 1, 0]
    assert summed(cells)["received"] == summed(cells)["resolved"] == 1


def test_digitized_needs_the_component_file_and_the_result_file() -> None:
    due = Traits(province="H99", receiving="H99.11", procedure="1", channel="counter", must_digitize=True)

    def of(**traits: Any) -> Counts:
        return summed(cells_of(standing_of([see(1, 2, 5), see(2, 9, 5)], replace(due, **traits))))

    assert of(has_component_files=True)["digitized"] == 0
    assert of(has_component_files=True, has_electronic_result=True)["digitized"] == 1
    assert of(has_component_files=True, has_result_file=True)["digitized"] == 1
    assert of(has_component_files=True, has_written_result=False)["digitized"] == 1
    thick = of(has_component_files=True, exemption="format")
    assert (thick["exempt_format"], thick["to_digitize"]) == (1, 0)


STATUSES = st.sampled_from([2, 4, 4, 5, 6, 7, 8, 9, 10])
PLACES = st.sampled_from(["H99.11", "H99.11", "H99.11", "H99.12"])


@st.composite
def histories(draw: st.DrawFn) -> list[Sighting]:
    moment, passages = at(1), []
    due = moment + timedelta(days=draw(st.integers(0, 6)))
    passages.append(Sighting(moment, draw(st.sampled_from([1, 2, 2])), due, "H99.11"))
    for _ in range(draw(st.integers(0, 8))):
        moment += timedelta(hours=draw(st.integers(0, 60)))
        due += timedelta(days=draw(st.integers(0, 2)))
        passages.append(
            Sighting(
                moment,
                draw(STATUSES),
                due,
                draw(PLACES),
                draw(st.sampled_from([None, None, *Ending])),
                draw(st.booleans()),
                draw(st.booleans()),
            )
        )
    return passages


@given(histories())
@settings(max_examples=150)
def test_increments_over_any_prefixes_equal_a_rebuild(passages: list[Sighting]) -> None:
    store: dict[Cell, Counts] = {}
    before: dict[Cell, Counts] = {}
    for length in range(1, len(passages) + 1):
        after = cells_of(standing_of(passages[:length], TRAITS, EightToFour()))
        gather(store, difference(after, before))
        before = after
    assert total([store]) == cells_of(standing_of(passages, TRAITS, EightToFour()))


@given(histories())
@settings(max_examples=150)
def test_every_cell_keeps_the_identity_and_the_stocks_equal_the_slow_way(passages: list[Sighting]) -> None:
    standing = standing_of(passages, TRAITS)
    cells = cells_of(standing)
    for counts in cells.values():
        assert cell_is_balanced(dict.fromkeys(KEYS, 0) | counts)
    for day in range(1, 40):
        stocks = {
            key: summed(cells, until=day)[key] for key in ("open", "paused", "overdue", "late_national")
        }
        assert {key: value for key, value in stocks.items() if value} == state_at(standing, at(day))


@given(histories(), st.integers(0, 30))
@settings(max_examples=150)
def test_a_further_step_of_the_same_work_changes_no_count(passages: list[Sighting], place: int) -> None:
    step = passages[place % len(passages)]
    following = passages[place % len(passages) + 1 :][:1]
    until = following[0].at if following else step.at + timedelta(days=2)
    again = step._replace(at=step.at + (until - step.at) / 2, is_extension=False, is_refusal=False)
    if again.status == 4 and again.ending is None:
        longer = sorted([*passages, again], key=lambda one: one.at)
        standing, other = (standing_of(some, TRAITS, EightToFour()) for some in (passages, longer))
        assert cells_of(standing) == cells_of(other)
        assert standing == replace(other, trail=standing.trail)


@given(st.lists(histories(), max_size=6))
@settings(max_examples=40)
def test_carry_in_plus_received_equals_what_became_of_them(many: list[list[Sighting]]) -> None:
    cells = total(cells_of(standing_of(passages, TRAITS)) for passages in many)
    for first, last in ((1, 3), (2, 9), (5, 30)):
        opening, closing = summed(cells, until=first - 1), summed(cells, until=last)
        flow = {key: closing[key] - opening[key] for key in KEYS}
        in_process = closing["open"] - closing["paused"]
        ended = flow["resolved"] + flow["withdrawn"] + flow["stopped"]
        assert opening["open"] + flow["received"] == ended + in_process + closing["paused"]
