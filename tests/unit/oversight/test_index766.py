"""Decision 766: the points of the text, thresholds and linear readings, missing data, why the index changed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.oversight.rules.evaluation import (
    Class,
    UnitEvaluation,
    average,
    classify,
    contacts,
    each_agency_time,
    online_quality,
    petitions,
    total_time,
)
from motcua.oversight.rules.index766 import (
    GROUPS,
    LINEAR_2026,
    TEXT_2022,
    VERSIONS,
    changes,
    score,
    version_on,
)
from motcua.oversight.rules.indicators import Figure

FULL = {component.figure: Figure(10, 10) for component in TEXT_2022.components} | {"troubled": Figure(0, 10)}


def points(inputs: dict[str, Figure | None], key: str, version: str = "2022") -> Decimal | None:
    return {one.component.key: one.points for one in score(inputs, VERSIONS[version]).components}[key]


@pytest.mark.parametrize("version", ["2022", "2026"])
def test_the_set_has_one_hundred_points_in_six_groups(version: str) -> None:
    of_group = dict.fromkeys(GROUPS, 0)
    for component in VERSIONS[version].components:
        of_group[component.group] += component.maximum
    assert of_group == {1: 18, 2: 20, 3: 12, 4: 10, 5: 22, 6: 18}
    assert VERSIONS[version].maximum == 100
    assert score(FULL, VERSIONS[version]).points == Decimal("100.00")


def test_ha_tinh_electronic_results_and_digitization() -> None:
    inputs: dict[str, Figure | None] = {"e_result": Figure(597, 1000), "digitized": Figure(8109, 10000)}
    assert points(inputs, "5.1") == Decimal("3.58")
    assert points(inputs, "5.2", "2022") == Decimal("4.00")
    assert points(inputs, "5.2", "2026") == Decimal("3.24")
    # The published 13.7 of 22 leaves 6.1 to 6.9 of the other 12 points in the two readings.
    for version, rest in (("2022", Decimal("6.12")), ("2026", Decimal("6.87"))):
        group = score(inputs, VERSIONS[version]).groups[4]
        assert group.points is not None
        assert Decimal("13.70") - group.points == rest
        assert (group.attainable, group.maximum) == (10, 22)


@pytest.mark.parametrize(
    ("figure", "key", "expected"),
    [
        (Figure(40, 100), "3.1", "1.00"),  # min(2, 2·A/0.80)
        (Figure(90, 100), "3.1", "2.00"),
        (Figure(25, 100), "3.3", "3.00"),  # min(6, 6·C/0.50)
        (Figure(60, 100), "3.3", "6.00"),
        (Figure(1, 4), "3.2", "1.00"),  # 4·B
        (Figure(2, 5), "4.2", "1.00"),  # min(2, 2.5·x)
        (Figure(1, 3), "2.1", "6.67"),
        (Figure(19, 100), "6.3", "5.40"),  # min(6, 6·(1 − 0.19)/0.90)
        (Figure(5, 100), "6.3", "6.00"),
    ],
)
def test_component_formulas(figure: Figure, key: str, expected: str) -> None:
    name = next(component.figure for component in TEXT_2022.components if component.key == key)
    assert points({name: figure}, key) == Decimal(expected)


def test_no_petition_is_full_marks_but_no_petition_data_is_not() -> None:
    assert points({"petitions_on_time": Figure(0, 0)}, "6.1") == Decimal("6.00")
    assert points({"petitions_on_time": None}, "6.1") is None


def test_nothing_to_divide_by_is_left_out_and_never_a_silent_zero() -> None:
    result = score({"paid_online": Figure(0, 0), "on_time_national": Figure(9, 10)}, TEXT_2022)
    assert result.attainable == 20
    assert result.points == Decimal("18.00")
    assert result.groups[3].points is None


def test_versions_are_chosen_by_date() -> None:
    assert version_on(date(2024, 1, 1)) is TEXT_2022
    assert version_on(date(2026, 5, 1)) is LINEAR_2026
    assert version_on(date(2021, 1, 1)) is TEXT_2022


def test_the_change_is_explained_by_components_largest_first() -> None:
    before = score(FULL | {"e_result": Figure(5, 10), "reuse": Figure(4, 10)}, TEXT_2022)
    after = score(FULL | {"e_result": Figure(6, 10), "reuse": Figure(1, 10)}, TEXT_2022)
    moved = changes(before, after)
    assert [(one.component.key, one.points) for one in moved] == [
        ("5.3", Fraction(-3, 4)),
        ("5.1", Fraction(3, 5)),
    ]
    assert sum(one.points for one in moved) == after.exact - before.exact


@given(st.fixed_dictionaries({c.figure: st.integers(0, 50) for c in TEXT_2022.components}))
def test_points_stay_within_their_bounds_and_grow_with_the_share(shares: dict[str, int]) -> None:
    inputs: dict[str, Figure | None] = {key: Figure(share, 50) for key, share in shares.items()}
    for version in VERSIONS.values():
        result = score(inputs, version)
        assert 0 <= result.exact <= 100
        for one in result.components:
            assert one.exact is not None
            assert 0 <= one.exact <= one.component.maximum
            raised = Figure(min(50, shares[one.component.figure] + 1), 50)
            better = one.component.points(raised)
            assert better is not None
            assert better <= one.exact if one.component.is_complement else better >= one.exact


def test_nine_indicators_of_unit_evaluation() -> None:
    assert [total_time(a, 10) for a in (9, 10, 11)] == [2, 1, 0]
    assert [each_agency_time(kept) for kept in ([True, True], [True, False], [False, False, True])] == [
        2,
        1,
        0,
    ]
    assert [contacts(n) for n in (0, 1, 2, 3)] == [2, 2, 1, 0]
    assert [petitions(Figure(n, 10)) for n in (10, 9, 8)] == [2, 1, 0]
    assert petitions(Figure(0, 0)) is None
    assert online_quality(Figure(2, 10), Figure(3, 10), late=0) == 2
    assert online_quality(Figure(2, 10), Figure(3, 10), late=1) == 1
    assert online_quality(Figure(2, 10), Figure(14, 100), late=0) == 0
    assert average([2, 1, 2]) == Decimal("1.7")
    assert average([]) is None


def test_units_are_classified_by_their_sum_and_only_with_all_nine() -> None:
    assert [classify(Decimal(n)) for n in ("15", "14.9", "11.9", "8.9", "5.9")] == [
        Class.EXCELLENT,
        Class.GOOD,
        Class.FAIR,
        Class.AVERAGE,
        Class.WEAK,
    ]
    all_nine = UnitEvaluation({number: Decimal("1.8") for number in range(1, 10)})
    assert (all_nine.total, all_nine.classification) == (Decimal("16.2"), Class.EXCELLENT)
    assert UnitEvaluation({1: Decimal(2)}).classification is None
