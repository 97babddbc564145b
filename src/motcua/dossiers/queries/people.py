"""Whose records an officer may put together."""

from uuid import UUID

from django.db.models import Q, Value

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import IDS, Reach
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind


def is_within_reach(*, actor: Actor, party_id: UUID) -> bool:
    """Whether merging this person is the actor's to do: they have a dossier where the actor may merge, or none anywhere.

    The register of people is the province's, but a merge lets whoever logs in by one record see what was recorded for the
    other: only those who work on their matters put records together, and administrators, who may everywhere.
    """
    agencies = actor.agencies_with("person.merge")
    if actor.kind is ActorKind.SYSTEM or EVERYWHERE in agencies:
        return True
    if not agencies:
        return False
    records = directory.records_of([party_id])
    theirs = Dossier.objects.filter(Q(applicant_id__in=records) | Q(submitter_id__in=records))
    within = theirs.within(Reach.AGENCIES, Value(list(agencies), output_field=IDS))
    return within.exists() or not theirs.exists()
