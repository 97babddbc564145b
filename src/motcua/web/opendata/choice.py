"""What the reader chose, from the address: province, indicator, period, layer of the map, units of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope
from motcua.oversight import queries
from motcua.oversight.queries import Indicator, Period

FIRST_INDICATOR = "on_time_local"
#: Units of today, the others folded into them.
TODAY = "nay"


@dataclass(frozen=True, slots=True)
class Choice:
    """One selection for map, table and explanation alike; its address can be shared."""

    province: str
    provinces: dict[str, str]
    indicator: Indicator
    period: Period
    periods: list[Period]
    layer: str
    #: Empty: the units of the period, each as counted; `TODAY`; or the day of an earlier map, as in an address.
    units: str = ""
    is_alone: bool = False
    #: Whether the period before was counted from its first day on; a part of it is nothing to compare with.
    is_comparable: bool = True

    @property
    def fold_to(self) -> date | None:
        """The day to whose units counts are folded; None where each stays as it was counted."""
        if self.units == TODAY:
            return clock.today()
        return date.fromisoformat(self.units) if self.units else None

    @property
    def query(self) -> str:
        """The selection as an address."""
        parts = {
            "tinh": self.province,
            "chi-tieu": self.indicator.key,
            "ky": self.period.key,
            "lop": self.layer,
            "don-vi": self.units,
        }
        return urlencode({key: value for key, value in parts.items() if value})


def choice_of(request: HttpRequest) -> Choice:
    """Read the selection; what is missing is chosen kindly, what is wrong is refused with a sentence."""
    asked = request.GET
    provinces = queries.provinces()
    province = asked.get("tinh") or next(iter(provinces), "")
    if asked.get("tinh") and province not in provinces:
        raise OutOfScope
    periods = queries.periods_with_facts(province)
    period = queries.parse_period(asked["ky"]) if asked.get("ky") else _latest(periods)
    one = queries.indicator(asked.get("chi-tieu") or FIRST_INDICATOR, period.last)
    layer = asked.get("lop", "")
    layer = layer if layer in ("district", "commune") else ""
    begins = min((held.first for held in periods), default=period.first)
    return Choice(
        province,
        provinces,
        one,
        period,
        periods,
        layer,
        _units(asked.get("don-vi", "")),
        is_alone="rieng" in asked,
        is_comparable=_first_month(periods, begins) <= period.previous.first,
    )


def _units(asked: str) -> str:
    """What is no day and no `TODAY` is the default, like an unknown layer."""
    if asked == TODAY:
        return asked
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        return ""


def _first_month(periods: list[Period], begins: date) -> date:
    """The first month with facts: years and quarters begin earlier than what happened in them."""
    months = [held.first for held in periods if len(held.key) == 7 and "Q" not in held.key]
    return min(months, default=begins)


def _latest(periods: list[Period]) -> Period:
    """The latest quarter in which anything happened; this month where nothing did yet."""
    return periods[0] if periods else queries.parse_period(f"{clock.today():%Y-%m}")
