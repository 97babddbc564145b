"""Territory: open units, let them be succeeded, keep their outlines."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory.errors import TerritoryUnknown
from motcua.directory.events import TerritorySucceeded
from motcua.directory.models import Boundary, Territory, TerritorySuccession
from motcua.directory.models.validity import days
from motcua.directory.rules.gso_codes import parse_gso_code
from motcua.directory.rules.parties import check_name
from motcua.directory.rules.succession import Succession, check_shares
from motcua.directory.services.revision import directory_changed
from motcua.directory.words import TerritoryLevel
from motcua.kernel import events
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.text import composed


@transaction.atomic
def open_territory(
    *,
    actor: Actor,
    level: TerritoryLevel,
    code: str,
    full_name: str,
    name: str = "",
    full_name_en: str = "",
    parent_id: UUID | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
    decree: str = "",
    source: str = "",
) -> UUID:
    """Record a unit with its GSO code, valid from a day (None: since always) to the day before another.

    Raises GsoCodeInvalid, NameMissing, PermissionRefused. A second unit with the code on the same day is
    refused by the database.
    """
    authorise(actor, "directory.manage")
    full = composed(check_name(full_name))
    row = Territory.objects.create(
        level=level,
        code=parse_gso_code(code, level),
        name=composed(name) or full,
        full_name=full,
        full_name_en=full_name_en,
        parent_id=parent_id,
        validity=days(begins_on, ends_on),
        decree=decree,
        source=source,
    )
    directory_changed()
    return row.pk


@transaction.atomic
def succeed_territory(
    *,
    actor: Actor,
    predecessor_id: UUID,
    shares: Mapping[UUID, Fraction],
    main_successor_id: UUID,
    decree: str,
    effective_on: date,
) -> None:
    """Let a unit give way to others, in shares that add up to one; it ends the day before.

    The main successor is where people and papers without an exact place are looked for. Raises
    SuccessionSharesUnbalanced, TerritoryUnknown, PermissionRefused. Announces TerritorySucceeded per
    successor.
    """
    authorise(actor, "directory.manage")
    check_shares(
        Succession(str(predecessor_id), str(successor), share, effective_on)
        for successor, share in shares.items()
    )
    predecessor = Territory.objects.select_for_update().filter(pk=predecessor_id).first()
    if predecessor is None or main_successor_id not in shares:
        raise TerritoryUnknown(code=predecessor_id, on=effective_on.strftime("%d/%m/%Y"))
    predecessor.validity = days(predecessor.validity.lower, effective_on)
    predecessor.save(update_fields=["validity"])
    TerritorySuccession.objects.bulk_create(
        TerritorySuccession(
            predecessor=predecessor,
            successor_id=successor,
            share_numerator=share.numerator,
            share_denominator=share.denominator,
            is_main=successor == main_successor_id,
            decree=decree,
            effective_on=effective_on,
        )
        for successor, share in shares.items()
    )
    for successor in shares:
        events.announce(
            TerritorySucceeded(
                predecessor_id=predecessor_id, successor_id=successor, effective_on=effective_on
            )
        )
    directory_changed()


@transaction.atomic
def keep_boundary(
    *, actor: Actor, territory_id: UUID, geometry: Mapping[str, Any], source: str, begins_on: date | None
) -> None:
    """Keep an outline (GeoJSON Polygon or MultiPolygon) of a unit from a day on; the one before ends there.

    The same outline again changes nothing. Raises PermissionRefused.
    """
    authorise(actor, "directory.manage")
    before: Sequence[Boundary] = list(
        Boundary.objects.select_for_update().filter(territory_id=territory_id, validity__endswith=None)
    )
    for old in before:
        if old.geometry == geometry:
            return
        if old.validity.lower == begins_on:
            old.delete()
        else:
            old.validity = days(old.validity.lower, begins_on)
            old.save(update_fields=["validity"])
    Boundary.objects.create(
        territory_id=territory_id, geometry=dict(geometry), source=source, validity=days(begins_on)
    )
