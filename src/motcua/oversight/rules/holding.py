"""Who held an interlinked dossier for how long: every minute belongs to one holder, so that a dossier counts once.

While opinions are awaited, the time is theirs who are awaited, in equal parts where there are several; before the first
assignment it is the receiving agency's; the rest is the competent agency's. Pauses (waiting for the applicant) are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID


class Span(NamedTuple):
    """From a moment to a later one."""

    begin: datetime
    end: datetime


class Asked(NamedTuple):
    """An opinion asked of an agency, until it was answered."""

    agency: UUID
    begin: datetime
    end: datetime


class OfficeTime(Protocol):
    """What the rules need of a working calendar."""

    def office_time_between(self, begin: datetime, end: datetime) -> timedelta: ...


@dataclass(frozen=True, slots=True)
class Shared:
    """A dossier several agencies took part in, from reception to its end (or now)."""

    receiving: UUID
    competent: UUID
    span: Span
    assigned_at: datetime | None
    asked: Sequence[Asked]
    pauses: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Held:
    """What one agency held: in how many of the dossiers, for how many minutes of office time in all."""

    dossiers: int
    minutes: float


_K = TypeVar("_K")


def holding_of(one: Shared, calendar: OfficeTime) -> dict[UUID, float]:
    """Minutes of office time by agency; their sum is the time of the dossier without its pauses."""
    edges = sorted(
        {
            one.span.begin,
            one.span.end,
            *((one.assigned_at,) if one.assigned_at else ()),
            *(edge for asked in one.asked for edge in (asked.begin, asked.end)),
            *(edge for pause in one.pauses for edge in pause),
        }
    )
    edges = [edge for edge in edges if one.span.begin <= edge <= one.span.end]
    held: dict[UUID, float] = {}
    for begin, end in pairwise(edges):
        if any(pause.begin <= begin < pause.end for pause in one.pauses):
            continue
        holders = _holders(one, begin)
        minutes = calendar.office_time_between(begin, end).total_seconds() / 60
        for holder in holders:
            held[holder] = held.get(holder, 0.0) + minutes / len(holders)
    return held


def _holders(one: Shared, at: datetime) -> list[UUID]:
    awaited = list(dict.fromkeys(asked.agency for asked in one.asked if asked.begin <= at < asked.end))
    if awaited:
        return awaited
    if one.assigned_at is not None and at < one.assigned_at:
        return [one.receiving]
    return [one.competent]


def add_up(holdings: Iterable[Mapping[_K, float]]) -> dict[_K, Held]:
    """Totals by agency over many dossiers, the longest first."""
    dossiers: dict[_K, int] = {}
    minutes: dict[_K, float] = {}
    for holding in holdings:
        for agency, amount in holding.items():
            dossiers[agency] = dossiers.get(agency, 0) + 1
            minutes[agency] = minutes.get(agency, 0.0) + amount
    ordered = sorted(minutes, key=lambda agency: -minutes[agency])
    return {agency: Held(dossiers[agency], minutes[agency]) for agency in ordered}
