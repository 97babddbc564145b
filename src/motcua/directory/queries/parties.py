"""Persons and organisations: one, many, and search by number or by name with accents forgiven."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.directory.models import Party, PartyCorrection
from motcua.directory.queries.views import PartyView
from motcua.directory.rules.identity_numbers import Sex
from motcua.directory.rules.parties import PartyKind
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.text import fold


def _rows() -> QuerySet[Party]:
    return Party.objects.select_related("person", "organisation")


def party(party_id: UUID) -> PartyView:
    """One party. Raises OutOfScope where there is none. Who may see it is decided by what it is read for."""
    return party_view(in_scope(_rows().filter(pk=party_id).first()))


def parties(party_ids: Iterable[UUID]) -> dict[UUID, PartyView]:
    """Many parties in one query; unknown ids are absent."""
    return {row.pk: party_view(row) for row in _rows().filter(pk__in=set(party_ids))}


def party_by_number(number: str, kind: PartyKind | None = None) -> PartyView | None:
    """The party that a whole number names: personal number (12), old identity number (9), tax code or
    enterprise number (10, 13).
    """
    compact = re.sub(r"[\s.]", "", number)
    if not compact:
        return None
    rows = _rows().filter(_number_is(compact))
    found = (rows.filter(kind=kind) if kind else rows).order_by("registered_at").first()
    return party_view(found) if found else None


def find_parties(
    *, actor: Actor, text: str, kind: PartyKind | None = None, limit: int = 20
) -> tuple[PartyView, ...]:
    """Parties for those who receive dossiers: by whole number, phone, or words of the name in any order,
    accents forgiven.

    At least three letters of a name are asked for. Raises PermissionRefused.
    """
    _authorise_reading(actor)
    written, folded = re.sub(r"[\s.]", "", text), fold(text)
    if len(written) < 3:
        return ()
    rows = _rows().filter(kind=kind) if kind else _rows()
    if re.fullmatch(r"[0-9-]+", written):
        rows = rows.filter(_number_is(written) | Q(phone=written))
    else:
        for word in folded.split():
            rows = rows.filter(search_name__contains=word)
    return tuple(party_view(row) for row in rows.order_by("search_name", "id")[:limit])


def corrections_of(*, actor: Actor, party_id: UUID) -> tuple[PartyCorrection, ...]:
    """What was corrected of a party, newest first. For the party itself and those who may read parties."""
    if party_id not in actor.party_ids:
        _authorise_reading(actor)
    return tuple(PartyCorrection.objects.filter(party_id=party_id).order_by("-at", "detail"))


def _authorise_reading(actor: Actor) -> None:
    if not any(actor.may(permission) for permission in ("dossier.read", "directory.manage")):
        authorise(actor, "dossier.read")


def _number_is(number: str) -> Q:
    return (
        Q(person__personal_number=number)
        | Q(person__old_number=number)
        | Q(organisation__tax_code=number)
        | Q(organisation__enterprise_number=number)
    )


def party_view(row: Party) -> PartyView:
    kind = PartyKind(row.kind)
    if kind is PartyKind.PERSON:
        person = row.person
        return PartyView(
            id=row.pk,
            kind=kind,
            full_name=row.full_name,
            number=person.personal_number or person.old_number,
            phone=row.phone,
            email=row.email,
            address=row.address,
            territory_id=row.territory_id,
            birth_on=person.birth_on,
            sex=Sex(person.sex) if person.sex else None,
            old_number=person.old_number,
            nationality=person.nationality,
        )
    organisation = row.organisation
    return PartyView(
        id=row.pk,
        kind=kind,
        full_name=row.full_name,
        number=organisation.enterprise_number or organisation.tax_code,
        phone=row.phone,
        email=row.email,
        address=row.address,
        territory_id=row.territory_id,
        tax_code=organisation.tax_code,
        enterprise_number=organisation.enterprise_number,
        trade_name=organisation.trade_name,
        legal_representative_id=organisation.legal_representative_id,
    )
