"""By which ways people want to be told."""

from uuid import UUID

from django.db import transaction

from motcua.channels.errors import WayNotChoosable
from motcua.channels.models import ContactChoice
from motcua.channels.queries import ways_wanted
from motcua.channels.ways.table import way_named
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope


@transaction.atomic
def choose_way(*, actor: Actor, party_id: UUID, way: str, is_wanted: bool) -> None:
    """The person's word whether to be told on a way; holds for what is told from now on. Saying it again adds nothing.

    Refuses: `OutOfScope` (not their own party, no such way), `WayNotChoosable` (the space in the portal stays).
    """
    chosen = way_named(way)
    if party_id not in actor.party_ids or chosen is None:
        raise OutOfScope
    if not is_wanted and not chosen.may_be_declined:
        raise WayNotChoosable
    if (way in ways_wanted(party_id)) == is_wanted:
        return
    ContactChoice.objects.create(
        party_id=party_id, way=way, is_wanted=is_wanted, chosen_at=clock.now(), chosen_by_id=actor.account_id
    )
