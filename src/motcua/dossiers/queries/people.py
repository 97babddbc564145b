"""Whose records an officer may put together."""

from uuid import UUID

from django.db.models import Q, Value

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import IDS, Reach
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind


def is_within_reach(*, actor: Actor, party_id: UUID, permission: str = "person.merge") -> bool:
    """Whether this person is somebody whose record the actor works on, by `permission`: they have a dossier where the
    actor holds it, or none anywhere.

    The register of people is the province's, but what stands in it in full is for those who work on the person's matters,
    and for administrators, who may everywhere.
    """
    agencies = actor.agencies_with(permission)
    if actor.kind is ActorKind.SYSTEM or EVERYWHERE in agencies:
        return True
    if not agencies:
        return False
    records = directory.records_of([party_id])
    theirs = Dossier.objects.filter(Q(applicant_id__in=records) | Q(submitter_id__in=records))
    within = theirs.within(Reach.AGENCIES, Value(list(agencies), output_field=IDS))
    return within.exists() or not theirs.exists()
