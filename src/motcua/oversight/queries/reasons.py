"""Why a figure is what it is: the procedures behind a change of the index, the run of the months, how a unit is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import PriorityList
from motcua.kernel import clock
from motcua.oversight.models import Rollup
from motcua.oversight.queries.gazetteer import told_title
from motcua.oversight.queries.live import PROVINCE_SIDE, figures_by_procedure, sums_by_agency
from motcua.oversight.queries.wording import in_english
from motcua.oversight.rules.evaluation import UnitEvaluation, of_counts
from motcua.oversight.rules.index766 import Change, Part, inputs_on, parts_of_change
from motcua.oversight.rules.indicators import Figure, Indicator, indicator
from motcua.oversight.rules.linear import Linear, Window
from motcua.oversight.rules.periods import Period

EVALUATED = (
    "resolved",
    "early",
    "on_time",
    "late",
    "supplemented_again",
    "received",
    "received_online",
)
#: What tells whether a procedure is offered online, and whether it lived.
OFFERED = ("online_full_share", "online_partial_share", "received")
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ListedService:
    """A procedure on a list of priority services: how many of its dossiers came online."""

    code: str
    title: str
    online: Figure


def parts_of_changes(
    province: str, period: Period, changes: Sequence[Change], *, most: int = 3
) -> dict[str, tuple[Part, ...]]:
    """For each change of the index, the procedures that made most of it, by component. Two statements."""
    if not changes:
        return {}
    chosen = inputs_on(period.last)  # all of them: one statement for whatever changed
    now = figures_by_procedure(chosen, period, agencies=[province], side=PROVINCE_SIDE)
    past = figures_by_procedure(chosen, period.previous, agencies=[province], side=PROVINCE_SIDE)
    found = {}
    for change in changes:
        key = change.component.figure
        before = {code: figures[key] for code, figures in past.items() if key in figures}
        after = {code: figures[key] for code, figures in now.items() if key in figures}
        found[change.component.key] = parts_of_change(change, before, after)[:most]
    return found


def facts_begin(province: str) -> date | None:
    """The first day of the first month with anything received; nothing before it can be compared with."""
    rows = Rollup.objects.filter(
        side=PROVINCE_SIDE, procedure="", grain="m", agency=province, received__gt=0
    ).order_by("bucket")
    return rows.values_list("bucket", flat=True).first()


def procedure_titles(codes: Sequence[str], on: date) -> dict[str, str]:
    """Titles of procedures in the language of the reader: as the catalogue had it on the day or has it now, else as the
    simulated province it comes from calls it. Codes nobody knows are absent.
    """
    told = {code: title for code in codes if (title := told_title(code))}
    found = catalogue.titles_of(codes, on)
    return told | {
        code: (title_en or title) if in_english() else title for code, (title, title_en) in found.items()
    }


def run_of_months(
    one: Indicator, agencies: Sequence[str], side: str, last: date
) -> list[tuple[date, Figure]]:
    """The figure of some agencies together in each month of the year up to a day. One statement.

    Only for figures made of what happens within a month; a stock (an opening or closing balance) has no run here.
    """
    forms = [form for form in (one.numerator, one.denominator) if form is not None]
    if any(term.window is not Window.WITHIN for form in forms for term in form.terms):
        return []
    last = min(last, clock.today())
    first = (last.replace(day=1) - timedelta(days=330)).replace(day=1)
    keys = sorted({term.measure for form in forms for term in form.terms})
    rows = Rollup.objects.filter(
        side=side, procedure="", grain="m", agency__in=agencies, bucket__range=(first, last)
    )
    sums = rows.values("bucket").annotate(**{f"{key}_": Sum(key) for key in keys}).order_by("bucket")
    found = []
    for bucket, *values in sums.values_list("bucket", *(f"{key}_" for key in keys)):
        held = {(key, Window.WITHIN): int(value) for key, value in zip(keys, values, strict=True)}
        figure = Figure(one.numerator.value(held), _value(one.denominator, held))
        if figure.numerator or figure.denominator:
            found.append((bucket, figure))
    return found[-_MOST_MONTHS:]


def _value(form: Linear | None, held: dict[tuple[str, Window], int]) -> int | None:
    return None if form is None else form.value(held)


def evaluation_of(unit: str, period: Period) -> UnitEvaluation:
    """The nine indicators of Circular 01/2018 of one competent agency in a period, as far as facts tell."""
    sums = sums_by_agency(period, side="c", keys=EVALUATED, agencies=[unit]).get(unit, {})
    counts = {key: sums.get(Window.WITHIN, {}).get(key, 0) for key in EVALUATED}
    offered = [indicator(key, period.last) for key in OFFERED]
    by_procedure = figures_by_procedure(offered, period, agencies=[unit], side="c")
    lived = [figures for figures in by_procedure.values() if figures["received"].numerator]
    online = sum(
        bool(figures["online_full_share"].denominator or figures["online_partial_share"].denominator)
        for figures in lived
    )
    return of_counts(counts, Figure(online, len(lived)))


def priority_services(province: str, period: Period) -> dict[PriorityList, list[ListedService]]:
    """The procedures on each list of priority services on the last day of a period, with their online dossiers."""
    one = indicator("online_share", period.last)
    found = figures_by_procedure([one], period, agencies=[province], side=PROVINCE_SIDE)
    nothing = Figure(0, 0)
    result = {}
    for name in PriorityList:
        hits = catalogue.find_procedures(priority=name, on=period.last, limit=100).hits
        result[name] = [
            ListedService(
                hit.code,
                (hit.title_en or hit.title) if in_english() else hit.title,
                found.get(hit.code, {}).get(one.key, nothing),
            )
            for hit in hits
        ]
    return result
