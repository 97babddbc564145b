"""The nine indicators by which units are evaluated (Circular 01/2018/TT-VPCP arts 13–15), each worth 0, 1 or 2.

1–4 and 7 are scored per dossier and averaged, 5, 8 and 9 per unit, 6 either way. Thresholds of 8 and 9 and the classes are
from the circular; those of 3 and 4 (how many contacts, how many agencies) are parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from motcua.oversight.rules.indicators import Figure

NINE: Final[dict[int, tuple[str, str]]] = {
    1: ("Tổng thời gian giải quyết", "Total time"),
    2: ("Thời gian của từng cơ quan", "Time of each agency"),
    3: ("Số lần phải liên hệ", "Contacts needed"),
    4: ("Số cơ quan phải liên hệ", "Agencies contacted"),
    5: ("Thực hiện cơ chế một cửa", "One-stop organisation"),
    6: ("Công khai thủ tục", "Publicity"),
    7: ("Thái độ phục vụ", "Attitude"),
    8: ("Xử lý phản ánh, kiến nghị", "Handling of petitions"),
    9: ("Chất lượng trực tuyến", "Online quality"),
}


class Class(StrEnum):
    """Classification of a unit by its sum."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


def total_time(spent: int, allowed: int) -> int:
    """1: shorter than allowed 2, exactly the time allowed 1, longer 0."""
    return 2 if spent < allowed else 1 if spent == allowed else 0


def each_agency_time(in_time: Iterable[bool]) -> int:
    """2: every agency within its part 2, all but one 1, else 0."""
    late = sum(not kept for kept in in_time)
    return max(0, 2 - late)


def contacts(count: int, *, full: int = 1, half: int = 2) -> int:
    """3: contacts needed beyond the submission itself; one or none is full."""
    return 2 if count <= full else 1 if count <= half else 0


def agencies(count: int, *, full: int = 1, half: int = 2) -> int:
    """4: agencies the applicant had to see; the one-stop alone is full."""
    return contacts(count, full=full, half=half)


def petitions(handled: Figure) -> int | None:
    """8: all handled in time 2, at least 90 % 1, less 0; none to handle, not scored here."""
    share = handled.ratio
    if share is None:
        return None
    return 2 if share == 1 else 1 if share >= Fraction(9, 10) else 0


def online_quality(services: Figure, dossiers: Figure, *, late: int) -> int | None:
    """9: ≥ 20 % of services online, ≥ 30 % of dossiers online and none late 2; 15–30 % of dossiers online 1."""
    offered, filed = services.ratio, dossiers.ratio
    if offered is None or filed is None:
        return None
    if offered >= Fraction(1, 5) and filed >= Fraction(3, 10) and late == 0:
        return 2
    return 1 if filed >= Fraction(15, 100) else 0


@dataclass(frozen=True, slots=True)
class UnitEvaluation:
    """Scores by indicator (None: nothing to score), their sum with one decimal, and the class."""

    scores: Mapping[int, Decimal | None]

    @property
    def total(self) -> Decimal:
        return sum((score for score in self.scores.values() if score is not None), Decimal(0))

    @property
    def classification(self) -> Class | None:
        """Only for a unit with all nine scores: a missing score is not a zero."""
        return None if any(self.scores.get(number) is None for number in NINE) else classify(self.total)


def average(scores: Iterable[int]) -> Decimal | None:
    """The mean of the dossiers' scores with one decimal (half up)."""
    held = list(scores)
    return (Decimal(sum(held)) / len(held)).quantize(Decimal("0.1"), ROUND_HALF_UP) if held else None


def classify(total: Decimal) -> Class:
    """≥ 15 excellent, 12–15 good, 9–12 fair, 6–9 average, below weak."""
    for least, found in ((15, Class.EXCELLENT), (12, Class.GOOD), (9, Class.FAIR), (6, Class.AVERAGE)):
        if total >= least:
            return found
    return Class.WEAK


def of_counts(counts: Mapping[str, int], services: Figure) -> UnitEvaluation:
    """The nine indicators as far as facts tell: 1 by early, on the day and late; 3 by requests for supplements; 9 by online.

    `counts` are those of the unit in the period: resolved, early, on_time, late, supplemented_again, received,
    received_online. `services`: procedures offered online of those with dossiers. What asks for a paper about
    the organisation, an interview or petitions (2, 4 to 8) has no score until there are such data.
    """
    resolved = counts["resolved"]
    again = counts["supplemented_again"]
    scores: dict[int, Decimal | None] = dict.fromkeys(NINE)
    scores[1] = _mean(2 * counts["early"] + counts["on_time"], resolved)
    scores[3] = _mean(2 * (resolved - again) + again, resolved)
    online = online_quality(
        services, Figure(counts["received_online"], counts["received"]), late=counts["late"]
    )
    scores[9] = None if online is None else Decimal(online)
    return UnitEvaluation(scores)


def _mean(total: int, count: int) -> Decimal | None:
    return (Decimal(total) / count).quantize(Decimal("0.1"), ROUND_HALF_UP) if count else None
