"""Which periods there are figures for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q, Sum

from motcua.oversight.models import Rollup
from motcua.oversight.rules.periods import Period, parse_period


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

    Days before the period come first as one row on the day before it, so that balances can be added up.
    """
    rows = Rollup.objects.filter(side=side, procedure="", grain="d", agency__in=agencies)
    sums = {f"{key}_": Sum(key) for key in keys}
    eve = period.first - timedelta(days=1)
    for row in rows.filter(bucket__lte=eve).values("agency").annotate(**sums).order_by("agency"):
        yield row["agency"], eve, {key: row[f"{key}_"] for key in keys}
    inside = rows.filter(bucket__range=(period.first, period.last)).order_by("agency", "bucket")
    for agency, day, *counts in inside.values_list("agency", "bucket", *keys).iterator():
        yield agency, day, dict(zip(keys, counts, strict=True))
