"""Folding over successions: whatever became of whom, every dossier stands in exactly one place."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.oversight.rules.folding import (
    Fate,
    Left,
    as_counted,
    difference,
    fold_figures,
    fold_units,
    together,
)
from motcua.oversight.rules.indicators import Figure

DAY = date(2026, 7, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=30)


@dataclass(frozen=True)
class Step:
    predecessor: str
    successor: str
    effective_on: date = DAY


MERGER = [Step("A", "N"), Step("B", "N")]
UNITS = {"A": None, "B": None, "C": None, "N": DAY}


def test_merged_units_are_counted_under_their_successor() -> None:
    folding = fold_units(UNITS, ["C", "N"], MERGER, AFTER)
    assert folding.target == {"A": "N", "B": "N", "C": "C", "N": "N"}
    assert folding.by_row() == {"N": ["N", "A", "B"], "C": ["C"]}
    folded = fold_figures({"A": Figure(1, 2), "B": Figure(3, 4), "N": Figure(5, 6)}, folding)
    assert folded.rows == {"N": Figure(9, 12)}


def test_a_merged_unit_is_never_split_over_an_earlier_map() -> None:
    folding = fold_units(UNITS, ["A", "B", "C"], MERGER, BEFORE)
    assert folding.left == {"N": Left(Fate.MERGED, ("A", "B"))}
    folded = fold_figures({"A": Figure(1, 2), "N": Figure(5, 6)}, folding)
    assert (folded.rows, folded.left) == ({"A": Figure(1, 2)}, {"N": Figure(5, 6)})


def test_a_divided_unit_is_not_split_forward_and_is_whole_again_backward() -> None:
    steps = [Step("A", "X"), Step("A", "Y")]
    units = {"A": None, "X": DAY, "Y": DAY}
    assert fold_units(units, ["X", "Y"], steps, AFTER).left == {"A": Left(Fate.DIVIDED, ("X", "Y"))}
    assert fold_units(units, ["A"], steps, BEFORE).target == {"A": "A", "X": "A", "Y": "A"}


def test_chains_are_followed_and_broken_ones_are_not_guessed() -> None:
    later = DAY + timedelta(days=10)
    chain = [Step("A", "N"), Step("N", "M", later)]
    units = {"A": None, "N": DAY, "M": later}
    assert fold_units(units, ["M"], chain, AFTER).target["A"] == "M"
    assert fold_units(units, ["N"], chain, DAY).target == {"A": "N", "N": "N", "M": "N"}
    halfway = fold_units({"A": None, "X": DAY}, ["X"], [Step("A", "X"), Step("A", "gone")], AFTER)
    assert halfway.left["A"] == Left(Fate.DIVIDED, ("X",))
    assert (
        fold_units({"A": None}, ["X"], [Step("A", "B"), Step("B", "A")], AFTER).left["A"].fate is Fate.ENDED
    )


def test_as_counted_moves_nothing_and_hides_nothing() -> None:
    folding = as_counted(UNITS, ["C", "N"], AFTER)
    assert folding.target == {"C": "C", "N": "N"}
    assert {unit: left.fate for unit, left in folding.left.items()} == {"A": Fate.ENDED, "B": Fate.ENDED}
    assert as_counted(UNITS, ["A"], BEFORE).left["N"].fate is Fate.LATER


_UNITS = st.sampled_from("ABCDEFGH")
_DAYS = st.integers(0, 20).map(lambda number: DAY + timedelta(days=number))
_COUNT = st.integers(0, 10**6)


@settings(max_examples=150)
@given(
    units=st.dictionaries(_UNITS, st.none() | _DAYS),
    shown=st.sets(_UNITS),
    steps=st.lists(st.builds(Step, _UNITS, _UNITS, _DAYS), max_size=12),
    on=_DAYS,
    counts=st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.builds(Figure, _COUNT, _COUNT)),
)
def test_nothing_is_lost_and_nothing_doubled(
    units: dict[str, date | None],
    shown: set[str],
    steps: list[Step],
    on: date,
    counts: dict[str, Figure],
) -> None:
    folding = fold_units(units, shown, steps, on)
    assert not set(folding.target) & set(folding.left)
    assert set(folding.target.values()) <= shown
    assert all(folding.target[unit] == unit for unit in shown)
    assert all(set(left.others) <= shown for left in folding.left.values())
    folded = fold_figures(counts, folding)
    parts = [*folded.rows.values(), *folded.left.values(), *folded.unknown]
    whole = together(counts.values())
    assert together(parts) == whole
    assert difference(whole, parts) == Figure(0, 0 if counts else None)
    known = [*folded.rows.values(), *folded.left.values()]
    assert together([*known, difference(whole, known)]) == whole
