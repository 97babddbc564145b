"""When a planned report falls due: the day after its week, month or quarter has ended."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.oversight.errors import ReportPlanInvalid
from motcua.oversight.rules.periods import Period, parse_period
from motcua.oversight.words import Rhythm


def period_before(rhythm: Rhythm, today: date) -> Period:
    """The last period of this rhythm that has wholly passed."""
    match rhythm:
        case Rhythm.WEEK:
            monday = today - timedelta(days=today.weekday())
            return Period(monday - timedelta(days=7), monday - timedelta(days=1))
        case Rhythm.MONTH:
            return parse_period(f"{today:%Y-%m}").previous
        case Rhythm.QUARTER:
            return parse_period(f"{today.year}-Q{(today.month + 2) // 3}").previous


def check_recipients(addresses: list[str]) -> list[str]:
    """Addresses without doubles, in order. Raises `ReportPlanInvalid`."""
    found = list(dict.fromkeys(address.strip() for address in addresses if address.strip()))
    wrong = [one for one in found if one.count("@") != 1 or " " in one or not all(one.split("@"))]
    if not found or wrong or len(found) > 50:
        raise ReportPlanInvalid(what=", ".join(wrong) or "cần từ 1 đến 50 địa chỉ")
    return found
