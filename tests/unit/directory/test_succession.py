"""Facts move along successions and totals do not change on the way."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.directory.errors import SuccessionSharesUnbalanced
from motcua.directory.rules.succession import (
    Succession,
    check_shares,
    equal_shares,
    fold_backward,
    fold_forward,
    shares_by_weight,
)

BEFORE, REFORM, LATER, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 7, 1), date(2026, 12, 31)
_OLD = ("a", "b", "c", "d", "e")
_NEW = ("x", "y", "z", "a")
_LAST = ("p", "q")


def _divided(olds: Sequence[str], news: Sequence[str], on: date) -> st.SearchStrategy[list[Succession]]:
    """Every old unit is divided over some new ones by weights."""

    def rows(weights: list[list[int]]) -> list[Succession]:
        made = []
        for old, of_old in zip(olds, weights, strict=True):
            parts = shares_by_weight(Fraction(weight) for weight in of_old)
            made += [Succession(old, new, part, on) for new, part in zip(news, parts, strict=True) if part]
        return made

    one = st.lists(st.integers(0, 9), min_size=len(news), max_size=len(news))
    return st.lists(one, min_size=len(olds), max_size=len(olds)).map(rows)


_HISTORIES = st.builds(lambda one, two: one + two, _divided(_OLD, _NEW, REFORM), _divided(_NEW, _LAST, LATER))
_AMOUNTS = st.dictionaries(st.sampled_from((*_OLD, "untouched")), st.integers(0, 10**9).map(Fraction))


@given(_HISTORIES)
@settings(max_examples=50)
def test_shares_of_each_unit_sum_to_one(history: list[Succession]) -> None:
    check_shares(history)


@given(_HISTORIES, _AMOUNTS)
@settings(max_examples=80)
def test_folding_forward_keeps_the_total(history: list[Succession], amounts: dict[str, Fraction]) -> None:
    for until in (REFORM, AFTER):
        folded = fold_forward(amounts, history, after=BEFORE, until=until)
        assert sum(folded.values()) == sum(amounts.values())
    whole = fold_forward(amounts, history, after=BEFORE, until=AFTER)
    first = fold_forward(amounts, history, after=BEFORE, until=REFORM)
    assert fold_forward(first, history, after=REFORM, until=AFTER) == whole
    assert set(whole) <= {*_LAST, "untouched"}


@given(_HISTORIES, _AMOUNTS, st.dictionaries(st.sampled_from(_OLD), st.integers(1, 99).map(Fraction)))
@settings(max_examples=80)
def test_folding_backward_keeps_the_total(
    history: list[Succession], amounts: dict[str, Fraction], weights: dict[str, Fraction]
) -> None:
    on_new_map = fold_forward(amounts, history, after=BEFORE, until=AFTER)
    back = fold_backward(on_new_map, history, after=BEFORE, until=AFTER, weights=weights)
    assert sum(back.values()) == sum(amounts.values())
    assert set(back) <= {*_OLD, "untouched"}


@given(st.lists(st.integers(1, 99), min_size=5, max_size=5))
@settings(max_examples=30)
def test_there_and_back_by_the_same_weights_is_where_we_began(counts: list[int]) -> None:
    amounts = {old: Fraction(count) for old, count in zip(_OLD, counts, strict=True)}
    merged = [Succession(old, "x" if old in "ab" else "y", Fraction(1), REFORM) for old in _OLD]
    there = fold_forward(amounts, merged, after=BEFORE, until=AFTER)
    assert fold_backward(there, merged, after=BEFORE, until=AFTER, weights=amounts) == amounts


def test_a_day_outside_the_period_moves_nothing() -> None:
    row = Succession("a", "x", Fraction(1), REFORM)
    amounts = {"a": Fraction(5)}
    assert fold_forward(amounts, [row], after=REFORM, until=AFTER) == amounts
    assert fold_forward(amounts, [row], after=BEFORE, until=REFORM) == {"x": Fraction(5)}


def test_a_divided_unit_by_its_shares() -> None:
    rows = [Succession("a", "x", Fraction(3, 5), REFORM), Succession("a", "y", Fraction(2, 5), REFORM)]
    folded = fold_forward({"a": Fraction(10)}, rows, after=BEFORE, until=AFTER)
    assert folded == {"x": 6, "y": 4}


@pytest.mark.parametrize(
    "shares", [(Fraction(1, 2),), (Fraction(1), Fraction(1, 2)), (Fraction(2), Fraction(-1))]
)
def test_unbalanced_shares_are_refused(shares: tuple[Fraction, ...]) -> None:
    rows = [Succession("a", f"x{number}", share, REFORM) for number, share in enumerate(shares)]
    with pytest.raises(SuccessionSharesUnbalanced):
        check_shares(rows)


def test_equal_parts_and_weightless_parts() -> None:
    assert equal_shares(3) == (Fraction(1, 3),) * 3
    assert shares_by_weight([Fraction(), Fraction()]) == (Fraction(1, 2), Fraction(1, 2))
