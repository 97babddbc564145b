"""The agencies a province ever had, and what became of each: what counts of past days are folded by."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.directory.models import Agency, AgencySuccession, TerritorySuccession
from motcua.directory.queries.agencies import agency_view
from motcua.directory.queries.views import AgencyView
from motcua.directory.rules.succession import Succession


def agencies_ever(province: str) -> tuple[AgencyView, ...]:
    """Every agency of a province by code and day of opening, closed ones and coming ones too. One statement."""
    return tuple(agency_view(row) for row in _ever(province))


def agency_successions(province: str) -> tuple[Succession, ...]:
    """What became of the agencies of a province, by their codes, oldest first. Three statements.

    The decision about the agency tells; where it names no successor, the succession of its territory does, if one
    agency of the same kind stood there on that day. An agency that kept its code is no succession.
    """
    rows = list(_ever(province))
    codes = {row.pk: row.code for row in rows}
    decided = list(
        AgencySuccession.objects.filter(predecessor_id__in=codes, successor_id__in=codes).values_list(
            "predecessor_id", "successor_id", "effective_on"
        )
    )
    heirs = Counter(predecessor for predecessor, _, _ in decided)
    found = [
        Succession(codes[predecessor], codes[successor], Fraction(1, heirs[predecessor]), on)
        for predecessor, successor, on in decided
    ]
    silent = [row for row in rows if row.validity.upper is not None and row.pk not in heirs]
    found += _by_territory(silent, rows)
    return tuple(
        sorted(
            (one for one in found if one.predecessor != one.successor),
            key=lambda one: (one.effective_on, one.predecessor, one.successor),
        )
    )


def _ever(province: str) -> QuerySet[Agency]:
    mine = Q(code=province) | Q(code__startswith=f"{province}.")
    return Agency.objects.filter(mine).select_related("territory").order_by("code", "validity")


def _by_territory(silent: Iterable[Agency], rows: Iterable[Agency]) -> list[Succession]:
    closed, standing = list(silent), defaultdict[tuple[UUID, str, str], list[Agency]](list)
    for row in rows:
        standing[row.territory_id, row.kind, row.level].append(row)
    places = defaultdict[UUID, list[TerritorySuccession]](list)
    for step in TerritorySuccession.objects.filter(predecessor_id__in={row.territory_id for row in closed}):
        places[step.predecessor_id].append(step)
    found = []
    for row in closed:
        for step in places[row.territory_id]:
            there = [
                other
                for other in standing[step.successor_id, row.kind, row.level]
                if other.pk != row.pk and _in_force(other, step.effective_on)
            ]
            if len(there) == 1:
                share = Fraction(step.share_numerator, step.share_denominator)
                found.append(Succession(row.code, there[0].code, share, step.effective_on))
    return found


def _in_force(row: Agency, on: date) -> bool:
    held = row.validity
    return (held.lower is None or held.lower <= on) and (held.upper is None or on < held.upper)
