"""The ledger of pauses, brought to the calendar's clock, in order, with no two that touch."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline.reckoning import Pause
from motcua.kernel.term_errors import PauseInvalid


class Stretch(NamedTuple):
    """A pause on the calendar's clock; an open one has `end == begin`: it is reckoned as of its beginning."""

    begin: datetime
    end: datetime
    ground: str
    form: str


def merged(calendar: WorkingCalendar, ledger: Sequence[Pause]) -> tuple[list[Stretch], list[Stretch]]:
    """Closed pauses, disjoint and in order, and the open ones; none of no length. Refuses: PauseInvalid."""
    closed: list[Stretch] = []
    opened: list[Stretch] = []
    for pause in ledger:
        begin = calendar.local(pause.began_at)
        if pause.ended_at is None:
            opened.append(Stretch(begin, begin, pause.ground, pause.form))
            continue
        end = calendar.local(pause.ended_at)
        if end < begin:
            raise PauseInvalid(given=f"{begin.isoformat()}/{end.isoformat()}")
        if begin < end:
            closed.append(Stretch(begin, end, pause.ground, pause.form))
    closed.sort()
    joined: list[Stretch] = []
    for stretch in closed:
        touches = joined and stretch.begin <= joined[-1].end
        joined.append(_join(joined.pop(), stretch) if touches else stretch)
    return joined, sorted(opened)


def taken(pauses: Sequence[Stretch], start: datetime) -> Iterator[Stretch]:
    """What of each pause lies after `start`."""
    for pause in pauses:
        if pause.end > start:
            yield pause if pause.begin >= start else pause._replace(begin=start)


def _join(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(
        one.begin, max(one.end, other.end), _both(one.ground, other.ground), _both(one.form, other.form)
    )


def _both(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(text for text in (*one.split("; "), other) if text))
