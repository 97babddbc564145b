"""The one figure on the first page of the portal: how many dossiers of the province were resolved in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from motcua.kernel import clock
from motcua.oversight.queries.live import PROVINCE_SIDE, figures_by_agency
from motcua.oversight.queries.places import for_a_minute
from motcua.oversight.rules.indicators import indicator
from motcua.oversight.rules.periods import Period, parse_period

_KEY = "on_time_local"


@dataclass(frozen=True, slots=True)
class Headline:
    """Resolved in a month of the province, and those of them in time; `last` is the last day counted."""

    period: Period
    last: date
    in_time: int
    resolved: int

    @property
    def late(self) -> int:
        return self.resolved - self.in_time

    @property
    def of_hundred(self) -> int:
        """In time of a hundred, rounded down: one late dossier in a thousand is not "all in time"."""
        return 100 * self.in_time // self.resolved


def headline(province: str) -> Headline | None:
    """This month so far, or the month before while nothing was resolved in this one; None where nothing was in either.

    Held for a minute: every visitor reads it.
    """
    return for_a_minute(("headline", province), lambda: _headline(province))


def _headline(province: str) -> Headline | None:
    today = clock.today()
    for day in (today, today.replace(day=1) - timedelta(days=1)):
        period = parse_period(f"{day:%Y-%m}")
        figures = figures_by_agency(
            [indicator(_KEY, period.last)], period, side=PROVINCE_SIDE, agencies=[province]
        )
        found = figures.get(province, {}).get(_KEY)
        if found is not None and found.denominator:
            return Headline(period, min(period.last, today), found.numerator, found.denominator)
    return None
