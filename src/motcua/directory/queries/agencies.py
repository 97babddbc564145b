"""Agencies: one, many, the competent one, and what became of it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.directory.errors import AgencyUnknown, CompetentAgencyUnknown
from motcua.directory.models import Agency, AgencySuccession, Territory, TerritorySuccession
from motcua.directory.queries.memory import remembered
from motcua.directory.queries.territories import successor_of_territory
from motcua.directory.queries.views import AgencyView
from motcua.directory.rules.agencies import COMMITTEE_OF_LEVEL, field_match
from motcua.directory.rules.agency_codes import parse_agency_code
from motcua.directory.words import AgencyKind, AgencyLevel
from motcua.kernel import clock
from motcua.kernel.text import fold


def agency(which: UUID | str, on: date | None = None) -> AgencyView:
    """One agency by id, or by code in either order as of a day (today by default). Raises AgencyUnknown,
    AgencyCodeInvalid.
    """
    if isinstance(which, UUID):
        return remembered(("agency", which), lambda: _one(Agency.objects.filter(pk=which), str(which)))
    code, day = str(parse_agency_code(which)), on or clock.today()
    return remembered(
        ("agency", code, day), lambda: _one(Agency.objects.in_force(day).filter(code=code), which)
    )


def agencies(agency_ids: Iterable[UUID]) -> dict[UUID, AgencyView]:
    """Many agencies by id; unknown ids raise AgencyUnknown. Remembered ones cost no query."""
    return {agency_id: agency(agency_id) for agency_id in set(agency_ids)}


def _one(rows: QuerySet[Agency], asked: str) -> AgencyView:
    found = rows.select_related("territory").first()
    if found is None:
        raise AgencyUnknown(code=asked)
    return agency_view(found)


def find_agencies(
    text: str = "",
    *,
    kind: AgencyKind | None = None,
    level: AgencyLevel | None = None,
    territory_id: UUID | None = None,
    is_one_stop: bool | None = None,
    on: date | None = None,
    limit: int = 200,
) -> tuple[AgencyView, ...]:
    """Agencies in force on a day, by code; ``text`` is looked for in names (accents forgiven) and codes."""
    rows = Agency.objects.in_force(on or clock.today()).select_related("territory")
    wanted = {"kind": kind, "level": level, "territory_id": territory_id, "is_one_stop": is_one_stop}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    for word in fold(text).split():
        rows = rows.filter(Q(search_name__contains=word) | Q(code__istartswith=word))
    return tuple(agency_view(row) for row in rows.order_by("code")[:limit])


def successors_of(agency_id: UUID) -> tuple[AgencyView, ...]:
    """The agencies that took over, by code; empty while the agency lives."""
    rows = AgencySuccession.objects.filter(predecessor_id=agency_id).select_related("successor__territory")
    return tuple(agency_view(row.successor) for row in rows.order_by("successor__code"))


def competent_agency(
    procedure_level: AgencyLevel | str,
    territory_id: UUID,
    *,
    field_code: str = "",
    on: date | None = None,
) -> AgencyView:
    """Who decides a procedure of a level at a place on a day (today by default).

    At province level the department that answers for the field (the very field before its ministry part),
    otherwise the committee; at commune level the commune's committee. A place that has been succeeded leads
    to its main successor. Raises CompetentAgencyUnknown.
    """
    level, day = AgencyLevel(procedure_level), on or clock.today()
    key = ("competent", level, territory_id, field_code, day)
    return remembered(key, lambda: _competent(level, territory_id, field_code, day))


def _competent(level: AgencyLevel, territory_id: UUID, field_code: str, on: date) -> AgencyView:
    places = _place_and_above(successor_of_territory(territory_id, on))
    # An agency opened before its unit was renamed still stands under the unit of that day.
    places += TerritorySuccession.objects.filter(successor_id__in=places, is_main=True).values_list(
        "predecessor_id", flat=True
    )
    rows = Agency.objects.in_force(on).filter(level=level, territory_id__in=places)
    candidates = list(rows.select_related("territory").order_by("code"))
    departments = [one for one in candidates if one.kind == AgencyKind.DEPARTMENT]
    best = max(departments, key=lambda one: field_match(one.field_codes, field_code), default=None)
    if best is not None and field_match(best.field_codes, field_code):
        return agency_view(best)
    committee = COMMITTEE_OF_LEVEL.get(level)
    for candidate in candidates:
        if candidate.kind == committee:
            return agency_view(candidate)
    raise CompetentAgencyUnknown(level=level.value)


def _place_and_above(territory_id: UUID) -> list[UUID]:
    row = (
        Territory.objects.filter(pk=territory_id).values_list("id", "parent_id", "parent__parent_id").first()
    )
    return [place for place in row or () if place is not None]


def agency_view(row: Agency) -> AgencyView:
    return AgencyView(
        id=row.pk,
        code=row.code,
        code_qcvn=row.code_qcvn,
        name=row.name,
        name_en=row.name_en,
        kind=AgencyKind(row.kind),
        level=AgencyLevel(row.level),
        parent_id=row.parent_id,
        territory_id=row.territory_id,
        territory_code=row.territory.code,
        territory_name=row.territory.full_name,
        field_codes=tuple(row.field_codes),
        is_one_stop=row.is_one_stop,
        address=row.address,
        phone=row.phone,
        email=row.email,
        begins_on=row.validity.lower,
        ends_on=row.validity.upper,
    )
