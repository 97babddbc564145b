"""Indicators: the published figures, shares over nothing, linear forms, engines against plain sums."""

from datetime import date
from typing import Any

import ibis
import pytest

from motcua.oversight.errors import IndicatorUnknown
from motcua.oversight.rules.expressions import FACT_SCHEMA, figures, period
from motcua.oversight.rules.indicators import INDICATORS, Figure, Shape, in_force, indicator
from motcua.oversight.rules.linear import Window, during, opening
from motcua.oversight.rules.measures import KEYS

ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("on_time", "resolved", "percent"),
    [(12903, 14283, 90.34), (29278, 32974, 88.79), (124907, 257141, 48.58)],
)
def test_published_rates_follow_from_the_resolved_not_from_the_received(
    on_time: int, resolved: int, percent: float
) -> None:
    assert Figure(on_time, resolved).percent == percent


def test_the_printed_denominators_do_not_give_the_printed_rates() -> None:
    assert Figure(12903, 14428).percent != 90.34
    assert Figure(29278, 31513).percent != 88.79


def test_a_share_over_nothing_is_none_and_not_zero() -> None:
    assert Figure(0, 0).percent is None
    assert Figure(0, 7).percent == 0.0


def test_halves_round_up_without_floating_error() -> None:
    assert Figure(1, 800).percent == 0.13  # 0.125 %


def test_on_time_local_reads_early_and_on_time_over_resolved() -> None:
    one = indicator("on_time_local", ON)
    sums = {("early", Window.WITHIN): 5, ("on_time", Window.WITHIN): 2, ("resolved", Window.WITHIN): 8}
    assert one.denominator is not None
    assert (one.numerator.value(sums), one.denominator.value(sums)) == (7, 8)


def test_on_time_national_takes_the_open_ones_in_and_the_carried_over_too() -> None:
    one = indicator("on_time_national", ON)
    sums = {
        ("open", Window.BEFORE): 10,
        ("open", Window.WITHIN): 2,
        ("late_national", Window.BEFORE): 1,
        ("late_national", Window.WITHIN): 3,
        ("resolved_in_time_national", Window.WITHIN): 6,
        ("received", Window.WITHIN): 11,
    }
    assert one.denominator is not None
    assert (one.numerator.value(sums), one.denominator.value(sums)) == (6 + 12 - 4, 21)


def test_a_flow_has_no_balance_and_a_balance_no_flow() -> None:
    with pytest.raises(ValueError, match="flow"):
        opening("received")
    with pytest.raises(ValueError, match="balance"):
        during("open")


def test_indicators_are_looked_up_by_date() -> None:
    assert indicator("on_time_local", date(2019, 1, 1)).key == "on_time_local"
    with pytest.raises(IndicatorUnknown):
        indicator("on_time_national", date(2019, 1, 1))
    assert "digitized" not in {one.key for one in in_force(date(2020, 1, 1))}


def test_every_indicator_says_its_formula_and_source_in_both_languages() -> None:
    for one in INDICATORS:
        assert all((one.formula_vi, one.formula_en, one.source, one.vi, one.en))
        assert bool(one.excluded_vi) == bool(one.excluded_en)
        assert (one.shape is Shape.COUNT) == (one.denominator is None)
    assert len({one.key for one in INDICATORS}) == len(INDICATORS)


def test_duckdb_gives_what_the_linear_forms_give() -> None:
    rows: list[dict[str, Any]] = [
        dict.fromkeys(KEYS, 0)
        | {
            "day": day,
            "province": "H99",
            "receiving": "A",
            "competent": unit,
            "procedure": "1",
            "channel": "counter",
            "level": "x",
        }
        | counts
        for day, unit, counts in (
            (date(2026, 2, 1), "A", {"received": 9, "open": 9}),
            (date(2026, 3, 1), "A", {"received": 4, "resolved": 7, "early": 5, "late": 2, "open": -3}),
            (date(2026, 3, 9), "B", {"received": 2, "open": 2, "late_national": 1}),
            (date(2026, 4, 1), "A", {"resolved": 6, "early": 6, "open": -6}),
        )
    ]
    table = ibis.memtable(rows, schema=ibis.schema(FACT_SCHEMA))
    chosen = in_force(ON)
    result = figures(table, chosen, period(table, date(2026, 3, 1), ON), ["competent"]).execute()
    got = {row["competent"]: row for row in result.to_dict("records")}
    for unit in "AB":
        sums: dict[tuple[str, Window], int] = {}
        for row in rows:
            if row["competent"] == unit and row["day"] <= ON:
                window = Window.BEFORE if row["day"] < date(2026, 3, 1) else Window.WITHIN
                for key in KEYS:
                    sums[key, window] = sums.get((key, window), 0) + row[key]
        for one in chosen:
            assert got[unit][f"{one.key}_n"] == one.numerator.value(sums), one.key
            if one.denominator is not None:
                assert got[unit][f"{one.key}_d"] == one.denominator.value(sums), one.key
    assert (got["A"]["on_time_local_n"], got["A"]["on_time_local_d"]) == (5, 7)
