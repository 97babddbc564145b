"""Soundness of process graphs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.rules.process import (
    find_faults,
    longest_path_days,
    shortest,
    standard_process,
    working_days,
)
from motcua.catalogue.rules.types import ProcessGraph, Step
from motcua.catalogue.words import StepKind
from motcua.kernel.calendar import Limit, LimitUnit

ROLES = {"reception", "assigner", "case_officer", "leader", "seal_clerk", "return_officer"}


def step(
    key: str, *onward: str, days: str = "1", kind: StepKind = StepKind.APPRAISE, role: str = "case_officer"
) -> Step:
    return Step(key, f"Bước {key}", kind, role, Decimal(days), onward)


def graph(*steps: Step, start: str = "in") -> ProcessGraph:
    return ProcessGraph(start, steps)


IN = step("in", "work", kind=StepKind.RECEIVE, role="reception")
OUT = step("out", kind=StepKind.RETURN, role="return_officer", days="0")


def codes(process: ProcessGraph, limit: str | None = None) -> set[str]:
    return {
        fault.code
        for fault in find_faults(process, limit_days=Decimal(limit) if limit else None, roles=ROLES)
    }


def test_a_straight_process_is_sound() -> None:
    assert codes(graph(IN, step("work", "out"), OUT), "2") == set()


def test_the_longest_way_counts_not_the_sum_of_all_steps() -> None:
    forked = graph(
        replace(IN, next=("quick", "slow")), step("quick", "out"), step("slow", "out", days="4"), OUT
    )
    assert longest_path_days(forked) == Decimal(5)
    assert codes(forked, "5") == set()
    assert codes(forked, "4.99") == {"over_limit"}


def test_steps_of_a_loop_count_once_each() -> None:
    sent_back = graph(IN, step("work", "sign"), step("sign", "work", "out", days="2"), OUT)
    assert longest_path_days(sent_back) == Decimal(4)
    assert codes(sent_back, "4") == set()


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        (graph(), {"no_steps"}),
        (graph(IN, step("work", "out"), OUT, start="other"), {"unknown_start"}),
        (graph(IN, step("work", "out"), OUT, step("island", "out")), {"unreachable"}),
        (graph(IN, step("work", "out", "trap"), step("trap", "trap"), OUT), {"dead_end"}),
        (graph(IN, step("work", "in")), {"no_end", "dead_end"}),
        (graph(IN, step("work", "out", "nowhere"), OUT), {"unknown_next"}),
        (graph(IN, step("work", "out", role=""), OUT), {"no_role"}),
        (graph(IN, step("work", "out", role="wizard"), OUT), {"unknown_role"}),
        (graph(IN, step("work", "out", days="-1"), OUT), {"negative_days"}),
        (graph(IN, replace(step("work", "out"), name=" "), OUT), {"no_name"}),
        (graph(IN, replace(step("work", "out"), name="BƯỚC IN"), OUT), {"repeated_name"}),
        (graph(IN, step("work", "out"), step("work", "out"), OUT), {"repeated_key", "repeated_name"}),
        (graph(IN, step("work")), {"end_without_return"}),
        (graph(step("in", "work"), step("work", "out"), OUT), {"one_start"}),
        (graph(IN, step("work", "out", kind=StepKind.RECEIVE), OUT), {"one_start"}),
    ],
)
def test_each_fault_is_found(process: ProcessGraph, expected: set[str]) -> None:
    assert codes(process) == expected


def test_all_faults_are_named_at_once() -> None:
    broken = graph(IN, step("work", "nowhere", role="", days="-2"), step("island"))
    assert codes(broken) >= {"unknown_next", "no_role", "negative_days", "unreachable"}
    assert all(fault.sentence() for fault in find_faults(broken, limit_days=None, roles=ROLES))


@pytest.mark.parametrize(
    ("amount", "unit", "days"),
    [
        ("4", "hour", "0.50"),
        ("3", "working_day", "3.00"),
        ("15", "calendar_day", "10.71"),
        ("1", "month", "21.42"),
    ],
)
def test_limits_in_working_days(amount: str, unit: str, days: str) -> None:
    assert working_days(Limit(Decimal(amount), LimitUnit(unit))) == Decimal(days)


def test_the_shortest_limit_binds() -> None:
    limits = [Limit(Decimal(3), LimitUnit.WORKING_DAY), Limit(Decimal(4), LimitUnit.HOUR)]
    assert shortest(limits) == Decimal("0.50")
    assert shortest([]) is None


@settings(max_examples=60)
@given(st.decimals(min_value="0.01", max_value="300", places=2) | st.none())
def test_the_standard_process_is_sound_for_every_limit(days: Decimal | None) -> None:
    assert find_faults(standard_process(days), limit_days=days, roles=ROLES) == ()


@st.composite
def graphs(draw: st.DrawFn) -> ProcessGraph:
    keys = [f"s{n}" for n in range(draw(st.integers(1, 7)))]
    steps = [
        step(
            key,
            *draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)),
            days=str(draw(st.integers(0, 5))),
            kind=StepKind.RECEIVE if key == "s0" else StepKind.APPRAISE,
        )
        for key in keys
    ]
    return ProcessGraph("s0", tuple(steps))


def simple_ways(process: ProcessGraph) -> list[list[str]]:
    """All ways from the start that visit no step twice: the slow and obvious way to look."""
    ways, ahead = [], [[process.start]]
    while ahead:
        way = ahead.pop()
        ways.append(way)
        ahead += [[*way, name] for name in process.step(way[-1]).next if name not in way]
    return ways


@settings(max_examples=150)
@given(graphs())
def test_reachability_and_longest_way_agree_with_trying_every_way(process: ProcessGraph) -> None:
    ways = simple_ways(process)
    reached = {way[-1] for way in ways}
    faults = find_faults(process, limit_days=None, roles=ROLES)
    unreachable = {dict(fault.params)["name"] for fault in faults if fault.code == "unreachable"}
    assert unreachable == {s.name for s in process.steps if s.key not in reached}
    days = {s.key: s.days for s in process.steps}
    longest = longest_path_days(process)
    assert longest >= max(sum((days[key] for key in way), Decimal(0)) for way in ways)
    assert longest <= sum((days[key] for key in reached), Decimal(0))


@settings(max_examples=100)
@given(graphs(), st.integers(0, 6), st.integers(1, 5))
def test_giving_a_step_more_time_never_shortens_the_process(
    process: ProcessGraph, at: int, more: int
) -> None:
    index = at % len(process.steps)
    slower = tuple(
        replace(s, days=s.days + more) if position == index else s for position, s in enumerate(process.steps)
    )
    assert longest_path_days(replace(process, steps=slower)) >= longest_path_days(process)
