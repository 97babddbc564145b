"""Indicators as Ibis expressions: written once, run by PostgreSQL, DuckDB and Spark alike.

The table needs the measures as integer columns, and columns that tell which rows lie within and before the period. Nothing
here touches a database: an expression is a value. Ibis is loaded by the first expression made, not by who only reads names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.oversight.rules.indicators import Indicator
from motcua.oversight.rules.linear import Linear, Term, Window
from motcua.oversight.rules.measures import MEASURES

FACT_SCHEMA: dict[str, str] = {
    "day": "date",
    "province": "string",
    "receiving": "string",
    "competent": "string",
    "procedure": "string",
    "channel": "string",
    "level": "string",
} | {measure.key: "int64" for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Windows:
    """Which rows lie within, before and until the end of the period (None: all rows of the table)."""

    within: Any
    before: Any
    until: Any

    def of(self, window: Window) -> Any:
        match window:
            case Window.WITHIN:
                return self.within
            case Window.BEFORE:
                return self.before
            case Window.UNTIL:
                return self.until


def period(table: Any, first: date, last: date) -> Windows:
    """Windows over a table at day grain."""
    import ibis

    start, end = ibis.date(first.isoformat()), ibis.date(last.isoformat())
    return Windows((table.day >= start) & (table.day <= end), table.day < start, table.day <= end)


def figures(table: Any, indicators: Iterable[Indicator], windows: Windows, by: Sequence[str]) -> Any:
    """One row per group with `<key>_n` and `<key>_d` for each indicator (`_d` is missing for plain counts)."""
    columns: dict[str, Any] = {}
    for one in indicators:
        columns[f"{one.key}_n"] = linear(table, one.numerator, windows)
        if one.denominator is not None:
            columns[f"{one.key}_d"] = linear(table, one.denominator, windows)
    return table.group_by(list(by)).aggregate(**columns) if by else table.aggregate(**columns)


def sums(table: Any, keys: Iterable[str], windows: Windows, by: Sequence[str]) -> Any:
    """Plain sums `<key>_within` and `<key>_before`, from which every linear form can be made."""
    columns = {
        f"{key}_{window}": _term(table, Term(key, window), windows)
        for key in keys
        for window in (Window.WITHIN, Window.BEFORE)
    }
    return table.group_by(list(by)).aggregate(**columns)


def services_used(table: Any, measure: str, windows: Windows, by: Sequence[str]) -> Any:
    """In how many procedures the measure occurred at all: one row per group with `procedures`."""
    each = table.group_by([*by, "procedure"]).aggregate(
        used=_term(table, Term(measure, Window.WITHIN), windows)
    )
    lived = each.filter(each.used > 0)
    return lived.group_by(list(by)).aggregate(procedures=lived.count())


def linear(table: Any, form: Linear, windows: Windows) -> Any:
    """A linear form as one aggregate."""
    total: Any = None
    for term in form.terms:
        part = _term(table, term, windows) * term.factor if term.factor != 1 else _term(table, term, windows)
        total = part if total is None else total + part
    return total


def _term(table: Any, term: Term, windows: Windows) -> Any:
    return table[term.measure].sum(where=windows.of(term.window)).fill_null(0)
