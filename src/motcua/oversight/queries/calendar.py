"""Which periods there are figures for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, Sum

from motcua.oversight.models import Rollup
from motcua.oversight.rules.measures import MEASURES, Nature
from motcua.oversight.rules.periods import Period, parse_period

_BALANCES: Final = frozenset(measure.key for measure in MEASURES if measure.nature is Nature.BALANCE)


def periods_with_facts(province: str) -> list[Period]:
    """Years, quarters and months in which dossiers came in or ended, the latest first within each kind."""
    happened = Q(received__gt=0) | Q(resolved__gt=0)
    months = Rollup.objects.filter(happened, side="p", procedure="", grain="m", agency=province)
    days: list[date] = sorted(months.values_list("bucket", flat=True), reverse=True)
    years = dict.fromkeys(f"{day.year}" for day in days)
    quarters = dict.fromkeys(f"{day.year}-Q{(day.month + 2) // 3}" for day in days)
    return [parse_period(key) for key in (*quarters, *years, *(f"{day:%Y-%m}" for day in days))]


def daily(
    agencies: Sequence[str], *, side: str, keys: Sequence[str], period: Period
) -> Iterator[tuple[str, date, dict[str, int]]]:
    """Each agency's and day's counts up to the end of a period: what their figures are sums of.

    The balances of all days before the period come first as one row on its eve, so that stocks can be added up; flows
    of those days are no part of the figure and stand as 0.
    """
    rows = Rollup.objects.filter(side=side, procedure="", grain="d", agency__in=agencies)
    sums = {f"{key}_": Sum(key) for key in keys}
    eve = period.first - timedelta(days=1)
    before = rows.filter(bucket__lte=eve).values("agency").annotate(**sums).order_by("agency")
    for agency, *counts in before.values_list("agency", *sums):
        yield (
            agency,
            eve,
            {key: value if key in _BALANCES else 0 for key, value in zip(keys, counts, strict=True)},
        )
    inside = rows.filter(bucket__range=(period.first, period.last)).order_by("agency", "bucket")
    for agency, day, *counts in inside.values_list("agency", "bucket", *keys).iterator():
        yield agency, day, dict(zip(keys, counts, strict=True))


def months_until(units: Sequence[str], last: date, *, count: int = 12) -> list[tuple[date, int, int]]:
    """The months up to that of a day with anything received or resolved by some agencies (or one province) together:
    first day, received, resolved.
    """
    first = date(last.year - 1, last.month, 1) + timedelta(days=31)
    first = first.replace(day=1)
    side = "c" if all("." in unit for unit in units) else "p"
    rows = Rollup.objects.filter(
        side=side, procedure="", grain="m", agency__in=units, bucket__range=(first, last)
    )
    sums = rows.values("bucket").annotate(came=Sum("received"), went=Sum("resolved")).order_by("bucket")
    found = sums.values_list("bucket", "came", "went")
    return [row for row in found if row[1] or row[2]][-count:]
