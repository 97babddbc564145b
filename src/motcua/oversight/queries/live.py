"""Indicators on the roll-ups: the same Ibis expressions, compiled once for PostgreSQL and run with the days put in.

A period is covered by at most five spans of days, months and years, everything before it by three, so a page reads the
same few rows at any number of dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import connection

from motcua.kernel import clock
from motcua.oversight.rules.indicators import Attribution, Figure, Indicator
from motcua.oversight.rules.linear import Window
from motcua.oversight.rules.measures import KEYS, MEASURES
from motcua.oversight.rules.periods import Period, Span, cover, cover_before, last_of_month, so_far

_MARK_YEAR = 1111
_SIDE = {Attribution.COMPETENT: "c", Attribution.RECEIVING: "r"}
PROVINCE_SIDE = "p"


def figures_by_agency(
    indicators: Sequence[Indicator],
    period: Period,
    *,
    side: str | None = None,
    procedure: str = "",
    agencies: Sequence[str] | None = None,
) -> dict[str, dict[str, Figure]]:
    """For each agency with any fact (of those named): figure by indicator key. One query per side."""
    period = so_far(period, clock.today())
    result: dict[str, dict[str, Figure]] = {}
    for letter, group in by_side(indicators, side).items():
        for row in _rows(tuple(group), period, letter, procedure, "agency", agencies):
            held = result.setdefault(row["agency"], {})
            held.update(_figures(group, row))
    return result


def figures_by_procedure(
    indicators: Sequence[Indicator], period: Period, *, agencies: Sequence[str], side: str | None = None
) -> dict[str, dict[str, Figure]]:
    """For some agencies together (or, with side ``p``, provinces): figure by procedure and indicator.

    Single procedures are rolled up by month; a period that cuts a month is read from the facts themselves.
    """
    period = so_far(period, clock.today())
    result: dict[str, dict[str, Figure]] = {}
    for letter, group in by_side(indicators, side).items():
        if _is_whole_months(period):
            rows = _rows(tuple(group), period, letter, None, "procedure", agencies)
        else:
            rows = _rows_of_facts(group, period, letter, agencies)
        for row in rows:
            result.setdefault(row["procedure"], {}).update(_figures(group, row))
    return result


def _is_whole_months(period: Period) -> bool:
    return period.first.day == 1 and period.last == last_of_month(period.last)


def _rows_of_facts(
    indicators: Sequence[Indicator], period: Period, side: str, agencies: Sequence[str]
) -> list[dict[str, Any]]:
    import ibis

    from motcua.oversight.rules import expressions

    table = ibis.table(expressions.FACT_SCHEMA, name="oversight_fact")
    column = {"c": "competent", "r": "receiving", "p": "province"}[side]
    mine = table.filter((table[column] == "@agency@") & (table.day <= ibis.date(period.last.isoformat())))
    windows = expressions.period(mine, period.first, period.last)
    return _run(
        _postgres(expressions.figures(mine, indicators, windows, ["procedure"])), {"agency": list(agencies)}
    )


def sums_by_agency(
    period: Period, *, side: str, keys: Sequence[str] = KEYS, agencies: Sequence[str] | None = None
) -> dict[str, dict[Window, dict[str, int]]]:
    """Sums of measures before and within a period for each agency (of those named): what reports are made of."""
    period = so_far(period, clock.today())
    statement = compiled_sums(tuple(keys), agencies is not None)
    rows = _run(
        statement, _parameters(period) | {"side": side, "procedure": "", "agency": list(agencies or ())}
    )
    return {
        row["agency"]: {
            window: {key: int(row[f"{key}_{window}"]) for key in keys}
            for window in (Window.BEFORE, Window.WITHIN)
        }
        for row in rows
    }


def by_side(indicators: Sequence[Indicator], side: str | None) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for one in indicators:
        groups.setdefault(side or _SIDE[one.side], []).append(one)
    return groups


def _figures(indicators: Sequence[Indicator], row: Mapping[str, Any]) -> dict[str, Figure]:
    return {
        one.key: Figure(
            int(row[f"{one.key}_n"]), None if one.denominator is None else int(row[f"{one.key}_d"])
        )
        for one in indicators
    }


def _rows(
    indicators: tuple[Indicator, ...],
    period: Period,
    side: str,
    procedure: str | None,
    by: str,
    agencies: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    statement = compiled(indicators, by, agencies is not None)
    return _run(
        statement,
        _parameters(period) | {"side": side, "procedure": procedure, "agency": list(agencies or ())},
    )


def _run(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _parameters(period: Period) -> dict[str, object]:
    spans = (*cover(period), *cover_before(period.first))
    days = [day for span in spans for day in (span.first, span.last)]
    return {f"d{place}": day for place, day in enumerate([*days, period.first])}


@cache
def compiled(indicators: tuple[Indicator, ...], by: str, is_some: bool) -> str:
    from motcua.oversight.rules.expressions import figures

    forms = [form for one in indicators for form in (one.numerator, one.denominator) if form is not None]
    has_balance = any(term.window is not Window.WITHIN for form in forms for term in form.terms)
    table, windows = _rollups(by, is_some=is_some, has_balance=has_balance)
    return _postgres(figures(table, indicators, windows, [by]))


@cache
def compiled_sums(keys: tuple[str, ...], is_some: bool) -> str:
    from motcua.oversight.rules.expressions import sums

    table, windows = _rollups("agency", is_some=is_some, has_balance=True)
    return _postgres(sums(table, keys, windows, ["agency"]))


def _rollups(by: str, *, is_some: bool, has_balance: bool) -> tuple[Any, Any]:
    """The roll-up table limited to what is asked, and which of its rows lie within and before the period.

    Flows alone need nothing from before the period.
    """
    import ibis

    from motcua.oversight.rules.expressions import Windows

    text = dict.fromkeys(("side", "procedure", "grain", "agency"), "string")
    columns = text | {"bucket": "date"} | {measure.key: "int64" for measure in MEASURES}
    table = ibis.table(columns, name="oversight_rollup")
    inside, earlier = cover(Period(_mark(0), _mark(1))), cover_before(_mark(0))
    spans = [*enumerate(inside), *(enumerate(earlier, start=len(inside)) if has_balance else ())]
    wanted = (table.side == "@side@") & ibis.or_(*(_in(table, span, place) for place, span in spans))
    wanted &= (table.procedure == "@procedure@") if by == "agency" else (table.procedure != "")
    if is_some:
        wanted &= table.agency == "@agency@"
    kept = table.filter(wanted)
    # Every bucket taken lies wholly within or wholly before the period, so its first day tells which.
    first = ibis.date(_mark(2 * (len(inside) + len(earlier))).isoformat())
    return kept, Windows(within=kept.bucket >= first, before=kept.bucket < first, until=None)


def _in(table: Any, span: Span, place: int) -> Any:
    """Rows of one span; its days are marks, replaced by parameters in the compiled text."""
    import ibis

    first, last = ibis.date(_mark(2 * place).isoformat()), ibis.date(_mark(2 * place + 1).isoformat())
    return (table.grain == span.grain.value) & (table.bucket >= first) & (table.bucket <= last)


def _mark(place: int) -> date:
    return date(_MARK_YEAR, 1, 1) + timedelta(days=place)


def _postgres(expression: Any) -> str:
    import ibis

    text = str(ibis.to_sql(expression, dialect="postgres")).replace("%", "%%")
    for place in range(17):
        mark = _mark(place)
        text = text.replace(f"MAKE_DATE({mark.year}, {mark.month}, {mark.day})", f"%(d{place})s::date")
    text = text.replace("= '@agency@'", "= ANY(%(agency)s)")
    return text.replace("'@side@'", "%(side)s").replace("'@procedure@'", "%(procedure)s")
