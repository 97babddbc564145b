"""Which way of handing in is best for this case, and how it is said: the quickest one that is open, then the cheapest, then
the one without a journey. A page says which way its facts are about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext

from motcua.catalogue.queries import Case, Channel, OnlineLevel, VersionSnapshot
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.web.portal import words

#: How long a unit is in hours of work, only to compare limits of different units with each other.
_HOURS = {
    LimitUnit.HOUR: Decimal(1),
    LimitUnit.WORKING_DAY: Decimal(8),
    LimitUnit.CALENDAR_DAY: Decimal(40) / 7,
    LimitUnit.MONTH: Decimal(174),
}
_NO_LIMIT = Decimal(10**9)
_ORDER = (Channel.ONLINE, Channel.COUNTER, Channel.POSTAL)


@dataclass(frozen=True, slots=True)
class Offer:
    """One way of handing in: its time, its money, whether it is the one the page recommends."""

    channel: Channel
    name: Promise | str
    time: str
    fees: tuple[str, ...]
    reliefs: tuple[str, ...] = ()
    is_best: bool = False


def offers_of(version: VersionSnapshot, case: Case) -> list[Offer]:
    """The ways that are open for a case, the best first."""
    ranked = sorted(_open(version, case), key=lambda channel: _worth(case, channel))
    return [
        Offer(
            channel,
            words.CHANNELS[channel],
            time_of(version, case, channel),
            fees_of(case, channel),
            words.relief_words(case, channel),
            at == 0,
        )
        for at, channel in enumerate(ranked)
    ]


def _open(version: VersionSnapshot, case: Case) -> Sequence[Channel]:
    """Online where this portal takes it; at the desk always; by post where the procedure names it."""
    stated = {row.channel for row in case.limits} | {row.channel for row in case.fees}
    is_open = {
        Channel.ONLINE: version.level is not OnlineLevel.INFORMATION,
        Channel.COUNTER: True,
        Channel.POSTAL: Channel.POSTAL in stated,
    }
    return [channel for channel in _ORDER if is_open[channel]]


def _worth(case: Case, channel: Channel) -> tuple[Decimal, bool, int, int]:
    limit = case.limit_for(channel)
    amounts = [row.amount for row in case.fees_for(channel)]
    known = [amount for amount in amounts if amount is not None]
    return (_hours(limit), len(known) < len(amounts), sum(known), _ORDER.index(channel))


def _hours(limit: Limit | None) -> Decimal:
    return _NO_LIMIT if limit is None else limit.amount * _HOURS[limit.unit]


def time_of(version: VersionSnapshot, case: Case, channel: Channel) -> str:
    """`Trong ngày làm việc`, `15 ngày làm việc`, or that no limit is stated."""
    limit = case.limit_for(channel)
    if version.is_same_day and limit is not None and _hours(limit) <= _HOURS[LimitUnit.WORKING_DAY]:
        return gettext("Trong ngày làm việc")
    return words.limit_words(limit)


def fees_of(case: Case, channel: Channel) -> tuple[str, ...]:
    """What is asked by this way, each line once; a way of which the source says nothing is not free."""
    rows = case.fees_for(channel)
    return tuple(dict.fromkeys(words.fee_words(row) for row in rows)) or (words.fee_unknown(),)


def glance(version: VersionSnapshot) -> str:
    """`1 ngày làm việc · Miễn phí · làm trọn trên mạng`: enough to decide by in a list."""
    said = [str(words.LEVELS[version.level][1])]
    if version.cases:
        best = offers_of(version, version.cases[0])[0]
        said = [best.time, *best.fees[:1], *said]
    return " · ".join(said)
