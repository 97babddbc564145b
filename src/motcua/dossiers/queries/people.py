"""Whose records an officer works on."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, Value

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import IDS, DossierQuerySet, Reach
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind

#: Whoever holds one of these works with what is recorded of people, and has their pages.
AT_PEOPLE = ("dossier.receive", "directory.manage")


def is_within_reach(*, actor: Actor, party_id: UUID, permissions: Collection[str]) -> bool:
    """Whether this person is somebody whose record the actor works on, by one of the permissions: they have a dossier where
    the actor holds it, or none anywhere.

    The register of people is the province's, but what stands in it in full is for those who work on the person's matters,
    and for administrators, who may everywhere.
    """
    agencies = _agencies(actor, permissions)
    if EVERYWHERE in agencies:
        return True
    if not agencies:
        return False
    theirs = _of(directory.records_of([party_id]))
    return _at(theirs, agencies).exists() or not theirs.exists()


def people_within_reach(
    *, actor: Actor, party_ids: Collection[UUID], permissions: Collection[str]
) -> frozenset[UUID]:
    """Those of a list of people for whom `is_within_reach` holds; nobody is nobody's. Four statements, however many they are."""
    wanted, agencies = frozenset(party_ids), _agencies(actor, permissions)
    if EVERYWHERE in agencies or not wanted:
        return wanted
    if not agencies:
        return frozenset()
    standing = {asked: one.id for asked, one in directory.parties(directory.records_of(wanted)).items()}

    def named(rows: DossierQuerySet) -> set[UUID]:
        sides = rows.order_by().values_list("applicant_id").union(rows.order_by().values_list("submitter_id"))
        return {standing[party_id] for (party_id,) in sides if party_id in standing}

    theirs = _of(standing)
    near, somewhere = named(_at(theirs, agencies)), named(theirs)
    return frozenset(
        one
        for one, person in standing.items()
        if one in wanted and (person in near or person not in somewhere)
    )


def identity_conflicts(*, actor: Actor) -> tuple[directory.ConflictView, ...]:
    """Electronic identities to compare with people within the actor's reach, oldest first. Refuses: `PermissionRefused`."""
    found = directory.identity_conflicts(actor=actor)
    near = people_within_reach(
        actor=actor, party_ids=[one.recorded.id for one in found], permissions=("person.merge",)
    )
    return tuple(one for one in found if one.recorded.id in near)


def _agencies(actor: Actor, permissions: Collection[str]) -> frozenset[UUID]:
    if actor.kind is ActorKind.SYSTEM:
        return frozenset([EVERYWHERE])
    return frozenset().union(*(actor.agencies_with(permission) for permission in permissions))


def _of(records: Collection[UUID]) -> DossierQuerySet:
    return Dossier.objects.filter(Q(applicant_id__in=records) | Q(submitter_id__in=records))


def _at(theirs: DossierQuerySet, agencies: frozenset[UUID]) -> DossierQuerySet:
    return theirs.within(Reach.AGENCIES, Value(list(agencies), output_field=IDS))
