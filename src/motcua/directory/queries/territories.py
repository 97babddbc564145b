"""Territory: a unit on a day, what it became, facts folded between maps, outlines for maps."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from motcua.directory.errors import TerritoryUnknown
from motcua.directory.models import Agency, Boundary, Territory, TerritorySuccession
from motcua.directory.queries.memory import remembered
from motcua.directory.queries.views import TerritoryView
from motcua.directory.rules.gso_codes import level_of_gso_code
from motcua.directory.rules.succession import Succession, fold_backward, fold_forward
from motcua.directory.words import TerritoryLevel
from motcua.kernel import clock
from motcua.kernel.text import fold

#: A unit changes hands at most a few times; more would be a circle in the data.
_LONGEST_CHAIN = 20


def territory(which: UUID | str, on: date | None = None) -> TerritoryView:
    """One unit by id, or by GSO code as of a day (today by default). Raises TerritoryUnknown, GsoCodeInvalid."""
    day = on or clock.today()
    rows = Territory.objects.all()
    if isinstance(which, UUID):
        rows = rows.filter(pk=which)
    else:
        rows = rows.in_force(day).filter(code=which, level=level_of_gso_code(which))
    found = rows.first()
    if found is None:
        raise TerritoryUnknown(code=which, on=day.strftime("%d/%m/%Y"))
    return territory_view(found)


def find_territories(
    text: str = "",
    *,
    level: TerritoryLevel | None = None,
    parent_id: UUID | None = None,
    on: date | None = None,
    limit: int = 500,
) -> tuple[TerritoryView, ...]:
    """Units in force on a day, by code; ``text`` is looked for in names, accents and tone places forgiven."""
    rows = Territory.objects.in_force(on or clock.today())
    if level is not None:
        rows = rows.filter(level=level)
    if parent_id is not None:
        rows = rows.filter(parent_id=parent_id)
    for word in fold(text).split():
        rows = rows.filter(search_name__contains=word)
    return tuple(territory_view(row) for row in rows.order_by("code")[:limit])


def territory_names() -> frozenset[str]:
    """The names of every unit there is or was: papers speak of communes of their day. Remembered."""
    return remembered("territory names", lambda: frozenset(Territory.objects.values_list("name", flat=True)))


def served_communes() -> tuple[TerritoryView, ...]:
    """The communes that an agency of this system serves or served, each with its days, by name. Remembered."""
    return remembered("served communes", lambda: _of_level(TerritoryLevel.COMMUNE, served=True))


def provinces_known() -> tuple[TerritoryView, ...]:
    """The provinces there are or were in the directory, by name. Remembered."""
    return remembered("provinces known", lambda: _of_level(TerritoryLevel.PROVINCE, served=False))


def _of_level(level: TerritoryLevel, *, served: bool) -> tuple[TerritoryView, ...]:
    rows = Territory.objects.filter(level=level)
    if served:
        rows = rows.filter(pk__in=Agency.objects.values("territory_id"))
    return tuple(territory_view(row) for row in rows.order_by("name", "code"))


def successor_of_territory(territory_id: UUID, on: date) -> UUID:
    """The unit that a place belongs to on a day, following main successors; the same id where nothing
    happened.
    """
    place = territory_id
    for _ in range(_LONGEST_CHAIN):
        step = (
            TerritorySuccession.objects.filter(predecessor_id=place, effective_on__lte=on, is_main=True)
            .order_by("effective_on")
            .values_list("successor_id", flat=True)
            .first()
        )
        if step is None:
            break
        place = step
    return place


def successions(*, after: date, until: date) -> tuple[Succession, ...]:
    """Successions with after < effective_on ≤ until as the rules read them; units are named by the text of
    their ids.
    """
    rows = TerritorySuccession.objects.filter(effective_on__gt=after, effective_on__lte=until)
    return tuple(
        Succession(
            predecessor=str(row.predecessor_id),
            successor=str(row.successor_id),
            share=Fraction(row.share_numerator, row.share_denominator),
            effective_on=row.effective_on,
        )
        for row in rows
    )


def fold_to_map_of(
    amounts: Mapping[UUID, Fraction],
    *,
    counted_on: date,
    map_of: date,
    weights: Mapping[UUID, Fraction] | None = None,
) -> dict[UUID, Fraction]:
    """Amounts per unit counted on the map of one day, restated on the map of another; the total is unchanged.

    Backwards, a unit's amount is divided in proportion to ``weights`` of the old units (each 1 by default).
    """
    named = {str(unit): amount for unit, amount in amounts.items()}
    if counted_on <= map_of:
        folded = fold_forward(
            named, successions(after=counted_on, until=map_of), after=counted_on, until=map_of
        )
    else:
        folded = fold_backward(
            named,
            successions(after=map_of, until=counted_on),
            after=map_of,
            until=counted_on,
            weights={str(unit): weight for unit, weight in (weights or {}).items()},
        )
    return {UUID(unit): amount for unit, amount in folded.items()}


def boundaries(territory_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, dict[str, object]]:
    """GeoJSON geometries of units on a day; units without an outline are absent."""
    rows = Boundary.objects.in_force(on or clock.today()).filter(territory_id__in=set(territory_ids))
    return dict(rows.values_list("territory_id", "geometry"))


def territory_view(row: Territory) -> TerritoryView:
    return TerritoryView(
        id=row.pk,
        level=TerritoryLevel(row.level),
        code=row.code,
        name=row.name,
        full_name=row.full_name,
        full_name_en=row.full_name_en,
        parent_id=row.parent_id,
        begins_on=row.validity.lower,
        ends_on=row.validity.upper,
    )
